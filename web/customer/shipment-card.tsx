import type {Tracking} from '../../api/contract/track.ts';
import {Card} from '../ui/card.tsx';
import {useWords} from '../ui/look.tsx';
import {Status} from '../ui/status.tsx';
import {customerWords} from '../words/customer/index.ts';
import {type Clock, momentOf, windowOf} from './days.ts';
import {Late} from './late.tsx';
import {MoneyRows} from './money-rows.tsx';
import {type Shipment, stageOf, stepsOf, toneOf} from './story.ts';

type Parcel = Shipment['parcels'][number];
type Item = Shipment['items'][number];

const STEPS = ['confirmed', 'picked', 'packed', 'way', 'delivered'] as const;
/** so many items are listed before the rest is folded away */
const SHOWN = 6;

interface Props {
  shipment: Shipment;
  view: Tracking;
  clock: Clock;
}

export function ShipmentCard({shipment, view, clock}: Props) {
  const say = useWords(customerWords);
  const stage = stageOf(shipment);
  const {position} = shipment;
  const {length: n} = view.shipments;
  const done = stepsOf(stage);
  return (
    <Card
      title={n > 1 ? say('shipment_of', {position, n}) : say('shipment')}
      aside={<Status tone={toneOf(stage)}>{say.maybe(`s_${stage}`) ?? stage}</Status>}
    >
      {done !== null && <Steps done={done} />}
      <Arrival shipment={shipment} stage={stage} clock={clock} />
      {shipment.delay && stage !== 'DELIVERED' && <Late shipment={shipment} view={view} clock={clock} />}
      <Items items={shipment.items} />
      {shipment.parcels.map((parcel) => (
        <ParcelNews key={parcel.tracking_number ?? parcel.status} parcel={parcel} clock={clock} />
      ))}
      <ShipmentMoney money={shipment.money} />
    </Card>
  );
}

/** The line from confirmed to delivered; each step says in words whether it is behind, here or ahead. */
function Steps({done}: {done: number}) {
  const say = useWords(customerWords);
  return (
    <ol className="steps">
      {STEPS.map((step, i) => {
        const state = i < done ? 'done' : i === done ? 'now' : 'ahead';
        return (
          <li key={step} className={state} aria-current={state === 'now' ? 'step' : undefined}>
            <i aria-hidden="true" />
            <span>{say(`step_${step}`)}</span>
            <span className="spoken">: {say(`step_${state}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** When it comes, or came, and where that is known from. */
function Arrival({shipment: {window}, stage, clock}: {shipment: Shipment; stage: string; clock: Clock}) {
  const say = useWords(customerWords);
  if (stage === 'BACKORDERED') return <Eta label={say('arrives')} when={say('in_stock')} />;
  if (!window) return null;
  const {from, to, basis, late} = window;
  if (basis === 'arrived') return <Eta label={say('arrived')} when={windowOf(clock, from, to)} />;
  const today = basis === 'out_for_delivery';
  const when = today ? say('today') : windowOf(clock, from, to);
  const why = today ? say('b_out') : say(basis === 'promise' ? 'b_promise' : 'b_carrier');
  return <Eta label={say('arrives')} when={when} why={why} late={late ? say('late') : null} />;
}

function Eta({label, when, why, late}: {label: string; when: string; why?: string; late?: string | null}) {
  return (
    <div className="eta">
      <p className="soft">{label}</p>
      <p className="when" suppressHydrationWarning>
        {when} {late && <Status tone="wait">{late}</Status>}
      </p>
      {why && <p className="soft small">{why}</p>}
    </div>
  );
}

export function Items({items}: {items: readonly Item[]}) {
  const say = useWords(customerWords);
  const rest = items.slice(SHOWN);
  return (
    <>
      <ItemList items={items.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details className="more">
          <summary>{say('show_all', {n: rest.length})}</summary>
          <ItemList items={rest} />
        </details>
      )}
    </>
  );
}

function ItemList({items}: {items: readonly Item[]}) {
  return (
    <ul className="items">
      {items.map(({sku, name, qty}, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same product may be on two lines
        <li key={`${sku} ${i}`}>
          <span className="qty">{qty} ×</span> <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}

function ParcelNews({parcel, clock}: {parcel: Parcel; clock: Clock}) {
  const say = useWords(customerWords);
  const {carrier, service, tracking_number, events} = parcel;
  if (tracking_number === null) return null;
  return (
    <div className="parcel">
      <p className="soft">
        {say('with', {carrier: [carrier, service].filter(Boolean).join(' · ')})} · {say('number')}{' '}
        <code dir="ltr">{tracking_number}</code>
      </p>
      {events.length > 0 && (
        <details className="more">
          <summary>{say('what_happened')}</summary>
          <ol className="events">
            {events.map(({at, status, city, country}) => (
              <li key={`${at} ${status}`}>
                <time dateTime={at} suppressHydrationWarning>
                  {momentOf(clock, at)}
                </time>
                <span>{say.maybe(`e_${status}`) ?? say('e_unknown')}</span>
                {(city || country) && <bdi className="soft">{[city, country].filter(Boolean).join(', ')}</bdi>}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

function ShipmentMoney({money: {held, charged, to_be_charged}}: Pick<Shipment, 'money'>) {
  const say = useWords(customerWords);
  const rows = [
    ...(charged.amount > 0 ? [[say('charged'), charged] as const] : []),
    ...(to_be_charged.amount > 0
      ? [[say(held.amount >= to_be_charged.amount ? 'held' : 'to_charge'), to_be_charged] as const]
      : []),
  ];
  if (rows.length === 0) return null;
  return <MoneyRows rows={rows} />;
}
