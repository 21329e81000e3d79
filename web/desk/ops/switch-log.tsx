import {Button} from '../../ui/button.tsx';
import {Card} from '../../ui/card.tsx';
import {useLook, useWords} from '../../ui/look.tsx';
import {type Moment, Timeline} from '../../ui/timeline.tsx';
import {momentIn} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {useSwitchName, whoOf} from './switch-words.ts';
import type {Change, Switch} from './types.ts';

interface Props {
  changes: readonly Change[];
  switches: readonly Switch[];
  /** null: the person may look only */
  onFlip: ((of: Switch) => void) | null;
}

const same = (one: Pick<Switch, 'kind' | 'subject'>) => (other: Pick<Switch, 'kind' | 'subject'>) =>
  one.kind === other.kind && one.subject === other.subject;

/** Who switched what, newest first; the last change of each switch that still holds can be taken back. */
export function SwitchLog({changes, switches, onFlip}: Props) {
  const say = useWords(opsWords);
  const nameOf = useSwitchName();
  const {locale} = useLook();
  const momentOf = (change: Change, i: number): Moment => {
    const {at, active, reason, until, actor} = change;
    const now = switches.find(same(change));
    const name = nameOf({...change, ...(now && {name: now.name})});
    const holds = now !== undefined && changes.findIndex(same(change)) === i && now.active === active;
    return {
      key: `${at} ${i}`,
      at,
      title: say(active ? 'log_on' : 'log_off', {name}),
      tone: active ? 'good' : 'wait',
      detail: (
        <>
          <p>
            <q>{reason}</q> {say('by', {who: whoOf(actor)})}
          </p>
          {until && <p className="soft">{say('until', {time: momentIn(locale, until)})}</p>}
          {holds && onFlip && (
            <Button
              kind="quiet"
              aria-label={`${say('undo_change')}: ${say(active ? 'log_on' : 'log_off', {name})}`}
              onClick={() => onFlip(now)}
            >
              {say('undo_change')}
            </Button>
          )}
        </>
      ),
    };
  };
  return (
    <Card title={say('log')}>
      {changes.length === 0 ? <p className="soft">{say('log_none')}</p> : <Timeline moments={changes.map(momentOf)} />}
    </Card>
  );
}
