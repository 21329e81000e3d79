import {useWords} from '../../ui/look.tsx';
import {Status} from '../../ui/status.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {TURN_TONES, turnOf, useFigure} from './figure-words.ts';
import type {Kpi} from './types.ts';

/** The same of as many days before, and whether that is better. */
export function Before({kpi, currency}: {kpi: Kpi; currency: string}) {
  const say = useWords(opsWords);
  const write = useFigure(currency);
  const turn = turnOf(kpi);
  return (
    <p className="row ops-before">
      {turn && <Status tone={TURN_TONES[turn]}>{say(`${turn}_now`)}</Status>}
      {kpi.before.value !== null && (
        <span className="soft">{say('before', {value: write(kpi.unit, kpi.before.value)})}</span>
      )}
      {kpi.p90 !== null && <span className="soft">{say('nine_of_ten', {value: write(kpi.unit, kpi.p90)})}</span>}
      {kpi.value === null && <span className="soft">{say('no_value')}</span>}
    </p>
  );
}
