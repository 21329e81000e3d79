import {Card} from '../../ui/card.tsx';
import {useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {Status} from '../../ui/status.tsx';
import {When} from '../../ui/when.tsx';
import {orderWords} from '../../words/order/index.ts';
import {supportWords} from '../../words/support/index.ts';
import {type Dossier, toneOf} from './types.ts';

type Part = Dossier['sub_orders'][number];

/** Each shipment with what is in it, its parcels, its stock and its money. */
export function Shipments({order}: {order: Dossier}) {
  const say = useWords(supportWords);
  return (
    <Card title={say('shipments')}>
      {order.sub_orders.length === 0 && <p className="soft">{say('no_shipment')}</p>}
      {order.sub_orders.map((part, i) => (
        <Shipment key={part.sub_order_id} part={part} n={i + 1} order={order} />
      ))}
    </Card>
  );
}

function Shipment({part, n, order}: {part: Part; n: number; order: Dossier}) {
  const say = useWords(supportWords);
  const words = useWords(orderWords);
  const {stage, source, parcels, estimated_delivery} = part;
  return (
    <section className="support-part">
      <div className="row apart">
        <h3>
          {say('shipment', {n})}{' '}
          <span className="soft">{source.id ? say('from', {place: source.id}) : say('from_nowhere')}</span>
        </h3>
        <Status tone={toneOf(stage)}>{words.maybe(`stage_${stage}`) ?? stage}</Status>
      </div>
      <ul className="support-parcels">
        {parcels.map((parcel) => (
          <li key={parcel.parcel_id}>
            <bdi>{[parcel.carrier, parcel.service].filter(Boolean).join(' ') || parcel.parcel_id}</bdi>
            {parcel.tracking_number && (
              <>
                {' '}
                <code>{parcel.tracking_number}</code>
              </>
            )}{' '}
            <span className="soft">{words.maybe(`parcel_${parcel.status}`) ?? parcel.status.replaceAll('_', ' ')}</span>
          </li>
        ))}
      </ul>
      <p className="soft">
        {estimated_delivery && stage !== 'DELIVERED' && (
          <>
            {say('arrives')} <When at={estimated_delivery} exact />
            {' · '}
          </>
        )}
        <PartMoney part={part} order={order} />
      </p>
      <PartStock part={part} order={order} />
    </section>
  );
}

function PartMoney({part, order}: {part: Part; order: Dossier}) {
  const say = useWords(supportWords);
  const money = order.money.sub_orders.find(({sub_order_id}) => sub_order_id === part.sub_order_id);
  if (!money) return null;
  const names = (['held', 'charged', 'to_be_charged', 'refunded'] as const).filter((name) => money[name].amount > 0);
  return names.map((name, i) => (
    <span key={name}>
      {i > 0 && ' · '}
      {say(name)} <Money of={money[name]} />
    </span>
  ));
}

const MOST = 6;

function PartStock({part, order}: {part: Part; order: Dossier}) {
  const say = useWords(supportWords);
  const promised = order.stock.filter(({sub_order_id}) => sub_order_id === part.sub_order_id);
  if (promised.length === 0) return null;
  return (
    <p className="soft">
      {say('stock')}:{' '}
      {promised
        .slice(0, MOST)
        .map(({qty, sku, warehouse}) => say('stock_of', {n: qty, sku, place: warehouse}))
        .join(' · ')}
      {promised.length > MOST && ' …'}
    </p>
  );
}
