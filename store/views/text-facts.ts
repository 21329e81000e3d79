import type {Standing} from '../../domain/messages/overtaken.ts';
import type {Choice} from '../../domain/messages/preferences.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {OutboxEvent} from '../outbox.ts';
import {readProfile, readShipTo} from '../personal-data.ts';
import {readChoices} from './message-choices.ts';

export interface TextSource {
  customer_id: string;
  number: string;
  /** as it was given; null: none was */
  phone: string | null;
  country: string;
  locale: string | null;
  /** where the goods go; null where that is erased */
  door: {lat: number; lng: number} | null;
  choices: Choice[];
  /** how things stand now */
  standing: Standing;
  /** when it is expected, of a delay */
  until: Date | null;
}

/** What a text about an event needs; null when the customer's data is erased. */
export async function readTextFacts(context: StoreContext, event: OutboxEvent): Promise<TextSource | null> {
  const tx = context.prisma as Tx;
  const order = await tx.orders.findUniqueOrThrow({where: {id: event.order_id}});
  const profile = await readProfile(context, tx, order.customer_id);
  if (!profile) return null;
  const door = await readShipTo(context, tx, order.id);
  const until = event.data['until'];
  return {
    customer_id: order.customer_id,
    number: order.number,
    phone: profile.phone ?? null,
    country: door?.country ?? '',
    locale: profile.locale ?? null,
    door,
    choices: await readChoices(tx, order.customer_id),
    standing: {status: order.status, waiting_on: order.waiting_on, ...(await shipment(tx, event))},
    until: typeof until === 'string' && event.data['reason'] !== 'unknown' ? new Date(until) : null,
  };
}

async function shipment(tx: Tx, event: OutboxEvent): Promise<Pick<Standing, 'stage' | 'newer_delay'>> {
  const {order_id, sub_order_id, type, seq} = event;
  if (sub_order_id === null) return {stage: null, newer_delay: false};
  const {stage} = await tx.sub_orders.findUniqueOrThrow({where: {id: sub_order_id}});
  const newer =
    type === 'sub_order.delayed' &&
    (await tx.events.count({where: {order_id, sub_order_id, type, seq: {gt: seq}}})) > 0;
  return {stage, newer_delay: newer};
}
