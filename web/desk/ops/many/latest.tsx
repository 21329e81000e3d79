import {Card} from '../../../ui/card.tsx';
import {LIVE, useRead} from '../../../ui/data.ts';
import {useWords} from '../../../ui/look.tsx';
import {Link} from '../../../ui/router.tsx';
import {Empty, Shown} from '../../../ui/states.tsx';
import {Status} from '../../../ui/status.tsx';
import {When} from '../../../ui/when.tsx';
import {manyWords} from '../../../words/many/index.ts';
import {Bar} from './bar.tsx';
import {type Act, TONES} from './types.ts';

/** What was done to many orders lately, and what waits to be confirmed. */
export function Latest() {
  const say = useWords(manyWords);
  const acts = useRead<Act[]>('/v1/ops/bulk?limit=20', {every: LIVE});
  return (
    <Card title={say('latest')}>
      <Shown query={acts}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={say('latest_none')} />
          ) : (
            <ul className="many-latest">
              {rows.map((act) => (
                <One key={act.bulk_id} act={act} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  );
}

function One({act}: {act: Act}) {
  const say = useWords(manyWords);
  const {bulk_id, kind, state, orders, reason, confirmed_by, asked_by, created_at} = act;
  return (
    <li>
      <div className="many-latest-head">
        <Link className="title" href={`/desk/ops/many/${bulk_id}`} data-row>
          {say(`name_${kind}`, {n: orders})}
        </Link>
        <Status tone={TONES[state]}>{say(`state_${state}`)}</Status>
      </div>
      <p className="soft">
        <bdi>{reason}</bdi> · {say('by', {who: confirmed_by ?? asked_by})} · <When at={created_at} />
      </p>
      {state !== 'ready' && state !== 'previewing' && <Bar act={act} slim />}
    </li>
  );
}
