import {Card} from '../../ui/card.tsx';
import {LIVE, useRead} from '../../ui/data.ts';
import {useWords} from '../../ui/look.tsx';
import {Link} from '../../ui/router.tsx';
import {Empty, Shown} from '../../ui/states.tsx';
import {Status} from '../../ui/status.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {CARRIER_TONES, stateOf} from './carrier-state.ts';
import type {Carrier, Carriers} from './types.ts';
import './carriers.css';

/** How the carriers are, at a glance. */
export function CarrierStrip() {
  const say = useWords(opsWords);
  const carriers = useRead<Carriers>('/v1/ops/carriers', {every: LIVE});
  return (
    <Card title={say('carriers')} aside={<Link href="/desk/ops/carriers">{say('show_all')}</Link>}>
      <Shown query={carriers} lines={3}>
        {({carriers: list}) =>
          list.length === 0 ? (
            <Empty title={say('carriers_none')}>
              <p>{say('carriers_none_how')}</p>
            </Empty>
          ) : (
            <ul className="ops-strip">
              {list.map((carrier) => (
                <One key={carrier.carrier} carrier={carrier} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  );
}

function One({carrier}: {carrier: Carrier}) {
  const say = useWords(opsWords);
  const state = stateOf(carrier);
  return (
    <li>
      <strong>
        <bdi>{carrier.carrier}</bdi>
      </strong>
      <Status tone={CARRIER_TONES[state]}>{say(`state_${state}`)}</Status>
      {carrier.routed_around > 0 && <span className="soft">{say('around', {n: carrier.routed_around})}</span>}
    </li>
  );
}
