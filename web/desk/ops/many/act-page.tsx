import {Card, Facts} from '../../../ui/card.tsx';
import {useRead} from '../../../ui/data.ts';
import {useWords} from '../../../ui/look.tsx';
import {Link} from '../../../ui/router.tsx';
import {Shown} from '../../../ui/states.tsx';
import {Status} from '../../../ui/status.tsx';
import {When} from '../../../ui/when.tsx';
import {manyWords} from '../../../words/many/index.ts';
import {chosenBy} from './chosen-by.ts';
import {Ended} from './ended.tsx';
import {OrdersCard} from './orders-card.tsx';
import {ShownAct} from './shown-act.tsx';
import {type Act, isOver, TONES} from './types.ts';
import {Previewing, Running} from './under-way.tsx';

/** What moves is looked at so often, milliseconds: the bar is watched. */
const WATCHED = 1_000;
const SELDOM = 10_000;

/** One act on many orders, from what it would do to what became of it. */
export function ActPage({id}: {id: string}) {
  const say = useWords(manyWords);
  const path = `/v1/ops/bulk/${encodeURIComponent(id)}`;
  const first = useRead<Act>(path);
  const act = useRead<Act>(path, {every: first.data && isOver(first.data) ? SELDOM : WATCHED});
  return (
    <>
      <p>
        <Link href="/desk/ops/many">{say('back')}</Link>
      </p>
      <Shown query={act} lines={8}>
        {(one) => (
          <>
            <Head act={one} />
            <div className="many-act">
              <Stage act={one} />
              <About act={one} />
            </div>
            {one.state !== 'previewing' && <OrdersCard act={one} />}
          </>
        )}
      </Shown>
    </>
  );
}

function Stage({act}: {act: Act}) {
  if (act.state === 'previewing') return <Previewing act={act} />;
  if (act.state === 'ready') return <ShownAct act={act} />;
  return act.state === 'running' ? <Running act={act} /> : <Ended act={act} />;
}

function Head({act}: {act: Act}) {
  const say = useWords(manyWords);
  const {kind, state, orders, reason} = act;
  return (
    <header className="many-head">
      <div className="row apart">
        <h1>{say(`name_${kind}`, {n: orders})}</h1>
        <Status tone={TONES[state]}>{say(`state_${state}`)}</Status>
      </div>
      <p className="many-reason">
        <bdi>{reason}</bdi>
      </p>
    </header>
  );
}

/** Who asked for what, and when. */
function About({act}: {act: Act}) {
  const say = useWords(manyWords);
  const {asked_by, confirmed_by, stopped_by, created_at, ended_at, until, away_from, undoes} = act;
  const chosen = chosenBy(act, say);
  return (
    <Card>
      {undoes && (
        <p>
          <Link href={`/desk/ops/many/${undoes}`}>{say('undoes')}</Link>
        </p>
      )}
      <Facts
        facts={[
          [say('chosen_by'), <bdi key="chosen">{chosen}</bdi>],
          ...(away_from ? [[say('away_from'), <bdi key="away">{away_from}</bdi>] as const] : []),
          ...(until ? [[say('until_word'), <When key="until" at={until} exact />] as const] : []),
          [say('begun'), <When key="at" at={created_at} exact />],
          [say('asked_by'), <bdi key="asked">{asked_by}</bdi>],
          ...(confirmed_by ? [[say('confirmed_by'), <bdi key="confirmed">{confirmed_by}</bdi>] as const] : []),
          ...(ended_at ? [[say('ended'), <When key="ended" at={ended_at} exact />] as const] : []),
          ...(stopped_by ? [[say('stopped_by'), <bdi key="stopped">{stopped_by}</bdi>] as const] : []),
        ]}
      />
    </Card>
  );
}
