import {useState} from 'react';
import {Button} from '../../../ui/button.tsx';
import {Card, Tabs} from '../../../ui/card.tsx';
import {LIVE, useRead} from '../../../ui/data.ts';
import {useLook, useWords} from '../../../ui/look.tsx';
import {Empty, Shown} from '../../../ui/states.tsx';
import {Status, type Tone} from '../../../ui/status.tsx';
import {Table} from '../../../ui/table.tsx';
import {manyWords} from '../../../words/many/index.ts';
import {orderWords} from '../../../words/order/index.ts';
import {OrderLink} from '../order-link.tsx';
import {type Act, type ActOrder, isOver} from './types.ts';

const STATES = ['refused', 'done', 'waiting', 'skipped'] as const;
type State = (typeof STATES)[number];
const TONES: Readonly<Record<State, Tone>> = {refused: 'bad', done: 'good', waiting: 'still', skipped: 'ended'};
const FEW = 20;
const MANY = 200;

/** The orders of an act by what became of them; first those that were refused, with why. */
export function OrdersCard({act}: {act: Act}) {
  const say = useWords(manyWords);
  const there = STATES.filter((state) => act.counts[state] > 0);
  const [chosen, choose] = useState<State | null>(null);
  const state = chosen && there.includes(chosen) ? chosen : (there[0] ?? 'refused');
  return (
    <Card title={say('orders')}>
      <Why act={act} />
      <Tabs
        tabs={there.map((key) => ({key, label: wordOf(act, key, say), count: act.counts[key]}))}
        value={state}
        label={say('became')}
        onChange={choose}
      />
      <Rows key={state} act={act} state={state} />
    </Card>
  );
}

type Said = ReturnType<typeof useWords<typeof manyWords.en>>;

/** Before it is confirmed, what waits can be done. */
const wordOf = (act: Act, state: State, say: Said): string => {
  if (act.state !== 'ready') return say(`count_${state}`);
  return say(state === 'waiting' ? 'can' : 'cannot');
};

function Why({act}: {act: Act}) {
  const say = useWords(manyWords);
  const {locale} = useLook();
  if (act.refusals.length === 0) return null;
  const numbers = new Intl.NumberFormat(locale);
  return (
    <div className="many-why">
      <h3>{say('cannot_title')}</h3>
      <ul className="many-does">
        {act.refusals.map(({code, orders}) => (
          <li key={code}>
            <strong>{numbers.format(orders)}</strong> {say.maybe(`code_${code}`) ?? code}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Rows({act, state}: {act: Act; state: State}) {
  const say = useWords(manyWords);
  const order = useWords(orderWords);
  const [limit, show] = useState(FEW);
  const path = `/v1/ops/bulk/${act.bulk_id}/orders?state=${state}&limit=${limit}`;
  const list = useRead<ActOrder[]>(path, isOver(act) ? {} : {every: LIVE});
  const why = ({code, state: is}: ActOrder) => {
    if (code === null) return '';
    const words = say.maybe(`code_${code}`) ?? code;
    return is === 'done' ? say('partly', {why: words}) : words;
  };
  return (
    <Shown query={list}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty title={say('none_here')} />
        ) : (
          <>
            <Table
              caption={say('orders')}
              rows={rows}
              id={({order_id}) => order_id}
              columns={[
                {key: 'order', head: say('order'), cell: (row) => <OrderLink id={row.order_id} number={row.number} />},
                {key: 'status', head: say('status'), cell: (row) => order.maybe(`status_${row.status}`) ?? row.status},
                {
                  key: 'state',
                  head: say('became'),
                  cell: (row) => <Status tone={TONES[row.state]}>{wordOf(act, row.state, say)}</Status>,
                },
                {key: 'why', head: say('why'), cell: why},
              ]}
            />
            {rows.length === limit && limit < MANY && act.counts[state] > limit && (
              <div className="row">
                <Button onClick={() => show(MANY)}>{say('more')}</Button>
              </div>
            )}
          </>
        )
      }
    </Shown>
  );
}
