import {useState} from 'react';
import {Card} from '../../ui/card.tsx';
import {LIVE, useRead} from '../../ui/data.ts';
import {useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {Link} from '../../ui/router.tsx';
import {Empty, Shown} from '../../ui/states.tsx';
import {Status} from '../../ui/status.tsx';
import {type Column, Table} from '../../ui/table.tsx';
import {When} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {orderWords} from '../../words/order/index.ts';
import type {RoomProps} from '../rooms.ts';
import {OrderLink} from './order-link.tsx';
import {PAGE, Pager} from './pager.tsx';
import type {StageOrders} from './types.ts';

type Row = StageOrders['items'][number];

/** What stands in one stage of the flow, whatever is there longest first. */
export function StageOrdersPage({rest: stage}: RoomProps) {
  const say = useWords(opsWords);
  const [from, goFrom] = useState(0);
  const path = `/v1/ops/flow/${encodeURIComponent(stage)}/orders?limit=${PAGE}&from=${from}`;
  const list = useRead<StageOrders>(path, {every: LIVE});
  return (
    <>
      <p>
        <Link href="/desk/ops">{say('back_today')}</Link>
      </p>
      <h1>{say.maybe(`place_${stage}`) ?? stage}</h1>
      <Shown query={list} lines={8}>
        {({items, total, next}) =>
          items.length === 0 ? (
            <Empty title={say('stage_none')}>
              <p>{say('stage_none_how')}</p>
            </Empty>
          ) : (
            <Card>
              <Rows rows={items} />
              <Pager {...{from, next}} shown={items.length} of={total} onFrom={goFrom} />
            </Card>
          )
        }
      </Shown>
    </>
  );
}

function Rows({rows}: {rows: readonly Row[]}) {
  const say = useWords(opsWords);
  const order = useWords(orderWords);
  const columns: Column<Row>[] = [
    {key: 'order', head: say('order'), cell: ({order_id, number}) => <OrderLink id={order_id} number={number} />},
    {
      key: 'since',
      head: say('here_for'),
      cell: ({since, over}) => (
        <span className="row">
          <When at={since} />
          {over && <Status tone="wait">{say('here_long')}</Status>}
        </span>
      ),
    },
    {
      key: 'waits',
      head: say('waits_for'),
      cell: ({waiting_on}) => (waiting_on === null ? '–' : (order.maybe(`waiting_${waiting_on}`) ?? waiting_on)),
    },
    {key: 'place', head: say('place'), cell: ({warehouse}) => <bdi>{warehouse ?? '–'}</bdi>},
    {key: 'carrier', head: say('carrier'), cell: ({carrier}) => <bdi>{carrier ?? '–'}</bdi>},
    {key: 'value', head: say('value'), cell: ({value}) => <Money of={value} />, end: true},
  ];
  return (
    <Table
      caption={say('flow')}
      columns={columns}
      rows={rows}
      id={({order_id, sub_order_id}) => sub_order_id ?? order_id}
    />
  );
}
