import {Card} from '../../ui/card.tsx';
import {useRead} from '../../ui/data.ts';
import {useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {Empty, Shown} from '../../ui/states.tsx';
import {Status} from '../../ui/status.tsx';
import {type Column, Table} from '../../ui/table.tsx';
import {When} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {orderWords} from '../../words/order/index.ts';
import {useDay, useFigure} from './figure-words.ts';
import {OrderLink} from './order-link.tsx';
import type {Kpi, KpiOrders} from './types.ts';

type Row = KpiOrders[number];

interface Props {
  kpi: Kpi['kpi'];
  unit: Kpi['unit'];
  day: string;
  currency: string;
}

const LIMIT = 200;

/** The orders that a figure of one day is made of, with what each adds to it. */
export function FigureOrders({kpi, unit, day, currency}: Props) {
  const say = useWords(opsWords);
  const name = useDay();
  const list = useRead<KpiOrders>(`/v1/ops/kpis/${kpi}/orders?day=${day}&limit=${LIMIT}`);
  return (
    <Card title={say('orders_of', {day: name(day)})}>
      <Shown query={list} lines={6}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={say('orders_none')}>
              <p>{say('orders_none_how')}</p>
            </Empty>
          ) : (
            <Rows rows={rows} {...{kpi, unit, currency}} />
          )
        }
      </Shown>
    </Card>
  );
}

function Rows({rows, kpi, unit, currency}: {rows: readonly Row[]} & Omit<Props, 'day'>) {
  const say = useWords(opsWords);
  const order = useWords(orderWords);
  const columns: Column<Row>[] = [
    {key: 'order', head: say('order'), cell: ({order_id, number}) => <OrderLink id={order_id} number={number} />},
    {key: 'status', head: say('status'), cell: ({status}) => order.maybe(`status_${status}`) ?? status},
    {key: 'placed', head: say('placed_at'), cell: ({placed_at}) => <When at={placed_at} exact />},
    {key: 'counts', head: say('counts'), cell: (row) => <Counts {...{row, kpi, unit, currency}} />},
    {key: 'total', head: say('total'), cell: ({total}) => <Money of={total} />, end: true},
  ];
  return <Table caption={say(`kpi_${kpi}`)} columns={columns} rows={rows} id={({order_id}) => order_id} />;
}

/** What an order adds: for promises whether it was kept, else its amount or time. */
function Counts({row: {a, b}, kpi, unit, currency}: {row: Row} & Omit<Props, 'day'>) {
  const say = useWords(opsWords);
  const write = useFigure(currency);
  if (kpi === 'otif')
    return <Status tone={a > 0 ? 'good' : 'bad'}>{say(a > 0 ? 'fact_otif' : 'fact_otif_not')}</Status>;
  if (kpi === 'late')
    return <Status tone={a > 0 ? 'bad' : 'good'}>{say(a > 0 ? 'fact_late' : 'fact_late_not')}</Status>;
  if (kpi === 'refund_share') return <>{say('of_them', {a: write('money', a), b: write('money', b)})}</>;
  return <>{write(unit, unit === 'money' ? a : a / Math.max(1, b))}</>;
}
