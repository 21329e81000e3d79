import type {events, orders, payments, sub_orders} from '../../store/generated/client.ts';
import type {World} from './world/world.ts';

/** Branches that some schedule must go through; a run that never does proves less than it says. */
export const MUST_REACH: readonly string[] = [
  ...['accepted', 'in_review', 'declined', 'out_of_stock', 'closed', 'none'].map(
    (verdict) => `checkout heard: ${verdict}`,
  ),
  ...['before', 'after', 'hang', 'hang_after', 'crash_after', 'repeated a day later'].map((fate) => `attempt: ${fate}`),
  ...['delivered', 'cancelled', 'refunded'].map((status) => `order ended: ${status}`),
  ...['DELIVERED', 'CANCELLED', 'EXCEPTION'].map((stage) => `part ended: ${stage}`),
  'a hold is looked up instead of asked for again',
  'a key is rotated after a kept 500',
  'a key forgotten after a day is used again',
  'a hold expires',
  'a hold is renewed in time',
  'a hold is taken again after it was gone',
  'the rest is held before a capture',
  'a renewal is declined',
  'postage that exists is adopted',
  'a shipment is looked up',
  'the last units went to another order',
  'units find another place',
  'a part waits for stock',
  'a parcel is declared lost',
  'a review runs out',
  'cancelled in time',
  'cancelled too late',
  'a run goes on in a fresh history',
  'a run ended by hand starts again',
  'a stuck step goes through',
];

const BY_EVENT: Readonly<Record<string, string>> = {
  'order.reallocated': 'units find another place',
  'sub_order.backordered': 'a part waits for stock',
  'order.unstuck': 'a stuck step goes through',
};

/** What one schedule went through, by name. */
export function reachedBy(world: World): Map<string, number> {
  const reached = new Map([...world.reached, ...world.faults.fired]);
  const count = (what: string, n = 1) => {
    if (n > 0) reached.set(what, (reached.get(what) ?? 0) + n);
  };
  for (const order of world.db.rows<orders>('orders')) {
    if (['delivered', 'cancelled', 'refunded'].includes(order.status)) count(`order ended: ${order.status}`);
    if (order.cancel_reason === 'fraud_review_expired') count('a review runs out');
    if (order.cancel_reason === 'out_of_stock' && paymentsOf(world, order).length > 0) {
      count('the last units went to another order');
    }
    countMoney(world, order, count);
  }
  for (const {stage, note} of world.db.rows<sub_orders>('sub_orders')) {
    if (['DELIVERED', 'CANCELLED', 'EXCEPTION'].includes(stage)) count(`part ended: ${stage}`);
    if (note === 'lost') count('a parcel is declared lost');
  }
  for (const {type} of world.db.rows<events>('events')) count(BY_EVENT[type] ?? '', BY_EVENT[type] ? 1 : 0);
  const {executions} = world.server;
  count('a run goes on in a fresh history', executions.filter((e) => e.status === 'continued').length);
  const ended = executions.filter((e) => e.status === 'terminated').map((e) => e.id);
  count('a run ended by hand starts again', executions.filter((e) => e.open && ended.includes(e.id)).length);
  return reached;
}

const paymentsOf = (world: World, order: orders) =>
  world.db.rows<payments>('payments').filter((p) => p.order_id === order.id);

function countMoney(world: World, order: orders, count: (what: string, n?: number) => void): void {
  const all = paymentsOf(world, order);
  const held = (purpose: string) =>
    all.filter((p) => p.purpose === purpose && p.provider_ref !== null && p.state !== 'declined').length;
  const gone = world.db.rows<events>('events').some((e) => e.order_id === order.id && e.type === 'order.hold_expired');
  count('a hold is renewed in time', gone ? 0 : held('renewal'));
  count('a hold is taken again after it was gone', gone ? held('renewal') : 0);
  count('the rest is held before a capture', held('remainder'));
  count('a renewal is declined', all.filter((p) => p.purpose === 'renewal' && p.state === 'declined').length);
}
