import {Button} from '../../ui/button.tsx';
import {Card, Facts} from '../../ui/card.tsx';
import {useRead} from '../../ui/data.ts';
import {useLook, useWords} from '../../ui/look.tsx';
import {Money, moneyIn} from '../../ui/money.tsx';
import {Shown} from '../../ui/states.tsx';
import {Status} from '../../ui/status.tsx';
import {momentIn, When} from '../../ui/when.tsx';
import {orderWords} from '../../words/order/index.ts';
import {supportWords} from '../../words/support/index.ts';
import {useStepWords} from './step-words.ts';
import {type Dossier, type Past, toneOf} from './types.ts';

interface Props {
  order: Dossier;
  seq: number;
  onNow: () => void;
}

/** The order as it was after one of its steps; nobody can take it for the present. */
export function PastView({order, seq, onNow}: Props) {
  const say = useWords(supportWords);
  const past = useRead<Past>(`/v1/orders/${order.order_id}/at?seq=${seq}`);
  return (
    <>
      <div className="support-past" role="status">
        <div>
          <p className="title">{say('past')}</p>
          <p>{say('past_how', {n: seq})}</p>
        </div>
        <Button kind="go" onClick={onNow}>
          {say('now')}
        </Button>
      </div>
      <Shown query={past} lines={8}>
        {(then) => <Then then={then} order={order} />}
      </Shown>
    </>
  );
}

function Then({then, order}: {then: Past; order: Dossier}) {
  const say = useWords(supportWords);
  const words = useWords(orderWords);
  const {locale} = useLook();
  const {titleOf, changesOf} = useStepWords(order);
  const {status, waiting_on, total_amount, waiting_deadline} = then.order;
  const changes = changesOf(then.step);
  const {currency} = order.total;
  return (
    <>
      <Card title={titleOf(then.step)} aside={<When at={then.at} exact />}>
        <h3>{say('changed_here')}</h3>
        {changes.length === 0 && <p className="soft">{say('nothing_changed')}</p>}
        <ul className="support-list">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </Card>
      <Card
        title={say('state')}
        aside={<Status tone={toneOf(status)}>{words.maybe(`status_${status}`) ?? status}</Status>}
      >
        <Facts
          facts={[
            [say('what_waiting_on'), waiting_on === null ? '–' : (words.maybe(`waiting_${waiting_on}`) ?? waiting_on)],
            ...(typeof waiting_deadline === 'string'
              ? [[say('until'), momentIn(locale, waiting_deadline)] as const]
              : []),
            [say('total'), moneyIn(locale, {amount: total_amount, currency})],
            [say('held'), <Money key="held" of={then.money.held} />],
            [say('charged'), <Money key="charged" of={then.money.captured} />],
            [say('refunded'), <Money key="refunded" of={then.money.refunded} />],
          ]}
        />
      </Card>
      <Card title={say('shipments')}>
        {then.sub_orders.length === 0 && <p className="soft">{say('no_shipment')}</p>}
        {then.sub_orders.map(({sub_order_id, stage}, i) => (
          <div key={sub_order_id} className="row apart">
            <span>{say('shipment', {n: i + 1})}</span>
            <Status tone={toneOf(stage)}>{words.maybe(`stage_${stage}`) ?? stage}</Status>
          </div>
        ))}
      </Card>
      <Card title={say('lines')}>
        <Facts
          facts={then.lines
            .slice(0, 50)
            .map(({line_id, sku, qty, cancelled}) => [
              order.lines.find((line) => line.line_id === line_id)?.name ?? sku,
              <span key={line_id}>{cancelled > 0 ? `${qty} (${say('units_cancelled', {n: cancelled})})` : qty}</span>,
            ])}
        />
      </Card>
    </>
  );
}
