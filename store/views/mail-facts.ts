import type {MailFacts, MailPart} from '../../domain/messages/mail-text.ts';
import type {DelayReason} from '../../domain/messages/mail-words.ts';
import type {Choice} from '../../domain/messages/preferences.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {orders} from '../generated/client.ts';
import {messageLink} from '../message-link.ts';
import type {OutboxEvent} from '../outbox.ts';
import {readProfile, readResendTo, readShipTo} from '../personal-data.ts';
import {RESENT} from '../resend-message.ts';
import {readChoices} from './message-choices.ts';

export interface MailSource extends Omit<MailFacts, 'shop' | 'zone' | 'tracking_url' | 'pay_url' | 'choose_url'> {
  to: string;
  /** what the customer wants to be told */
  choices: Choice[];
  /** where the goods go; null where that is erased */
  door: {lat: number; lng: number} | null;
  tracking_token: string;
  /** of the link behind which its reader chooses what they are told */
  choose_token: string;
}

/** What a mail about an event says; null when another mail says it, or the customer's data is erased. */
export async function readMailFacts(context: StoreContext, event: OutboxEvent): Promise<MailSource | null> {
  return event.type === RESENT ? factsOfResend(context, event) : factsOf(context, event);
}

/** A mail that is sent again tells what the first told, as it is now, and goes where somebody said. */
async function factsOfResend(context: StoreContext, {data}: OutboxEvent): Promise<MailSource | null> {
  const {about, resend_id} = data as {about: string; resend_id: string};
  const tx = context.prisma as Tx;
  const first = (await tx.events.findUniqueOrThrow({where: {id: about}})) as OutboxEvent;
  const facts = await factsOf(context, first);
  const to = await readResendTo(context, tx, resend_id);
  return facts && to !== null ? {...facts, to} : facts;
}

async function factsOf(context: StoreContext, event: OutboxEvent): Promise<MailSource | null> {
  const tx = context.prisma as Tx;
  if (await isToldOtherwise(tx, event)) return null;
  const order = await tx.orders.findUniqueOrThrow({where: {id: event.order_id}});
  const profile = await readProfile(context, tx, order.customer_id);
  if (!profile) return null;
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
  return {
    to: profile.email,
    choices: await readChoices(tx, order.customer_id),
    customer_name: profile.name,
    locale: profile.locale ?? null,
    door: await readShipTo(context, tx, order.id),
    number: order.number,
    tracking_token: order.tracking_token,
    choose_token: await messageLink(tx, order.customer_id, context.now()),
    parts: [await partOf(tx, event, lines)],
    shipments: await tx.sub_orders.count({where: {order_id: order.id}}),
    to_come: await toCome(tx, order.id, lines),
    totals: totalsOf(order),
    charged: await chargedFor(tx, event, order.currency),
    refund: refundOf(event, order.currency),
    delay: delayOf(event),
  };
}

async function partOf(tx: Tx, event: OutboxEvent, lines: {id: string; name: string; qty: number}[]): Promise<MailPart> {
  const parcel = event.sub_order_id
    ? await tx.parcels.findFirst({
        where: {sub_order_id: event.sub_order_id, state: {not: 'cancelled'}},
        orderBy: {position: 'asc'},
      })
    : null;
  const sub = event.sub_order_id && (await tx.sub_orders.findUniqueOrThrow({where: {id: event.sub_order_id}}));
  const told = event.data['until'];
  return {
    position: sub ? sub.position : null,
    lines: await linesOf(tx, event, lines),
    carrier: parcel?.carrier ?? null,
    tracking_number: parcel?.tracking_number ?? null,
    // what the event itself says of it counts: the estimate may have moved on
    eta: typeof told === 'string' ? new Date(told) : (parcel?.eta_to ?? null),
  };
}

const totalsOf = (order: orders): MailFacts['totals'] => ({
  currency: order.currency,
  items: Number(order.items_amount),
  discount: Number(order.discount_amount),
  shipping: Number(order.shipping_amount),
  tax: Number(order.tax_amount),
  total: Number(order.total_amount),
});

async function chargedFor(tx: Tx, event: OutboxEvent, currency: string): Promise<MailFacts['charged']> {
  if (event.type !== 'sub_order.delivered' || event.sub_order_id === null) return null;
  const {value_amount} = await tx.sub_orders.findUniqueOrThrow({where: {id: event.sub_order_id}});
  return {amount: Number(value_amount), currency};
}

function delayOf({type, data}: OutboxEvent): MailFacts['delay'] {
  if (type !== 'sub_order.delayed') return null;
  const promised = data['promised'];
  return {
    promised: typeof promised === 'string' ? new Date(promised) : null,
    reason: (data['reason'] as DelayReason | undefined) ?? 'carrier',
  };
}

/** One end, one mail: a declined payment says that the order is cancelled, a cancelled order that its lines are. */
async function isToldOtherwise(tx: Tx, event: OutboxEvent): Promise<boolean> {
  const before = (type: string) => tx.events.count({where: {order_id: event.order_id, type, seq: {lt: event.seq}}});
  if (event.type === 'order.lines_cancelled') return (await before('order.cancelled')) > 0;
  // what was paid and went back is told with the money
  if (event.type === 'order.refunded') return (await before('order.refunded_part')) > 0;
  return event.type === 'order.cancelled' && (await before('order.payment_declined')) > 0;
}

function refundOf({type, data}: OutboxEvent, currency: string): MailSource['refund'] {
  if (type !== 'order.refunded_part') return null;
  return {amount: Number(data['amount']), currency, credit_note: String(data['credit_note'])};
}

/** What has not left yet, shipment by shipment, with the day it is expected where its place knows. */
async function toCome(
  tx: Tx,
  orderId: string,
  lines: {id: string; name: string; unallocated: number}[],
): Promise<MailSource['to_come']> {
  const subs = await tx.sub_orders.findMany({where: {order_id: orderId}, orderBy: {position: 'asc'}});
  const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: {in: subs.map((sub) => sub.id)}}});
  const inParts = subs.flatMap((sub) =>
    parts.flatMap((part) => {
      const line = lines.find((l) => l.id === part.line_id);
      const qty = part.qty - part.cancelled - part.shipped;
      if (part.sub_order_id !== sub.id || !line || qty <= 0) return [];
      return [{name: line.name, qty, when: sub.source_id ? sub.estimated_delivery : null}];
    }),
  );
  const homeless = lines.filter((l) => l.unallocated > 0);
  return [...inParts, ...homeless.map((l) => ({name: l.name, qty: l.unallocated, when: null}))];
}

/** Events that say which units they are about. */
const NAMES_ITS_LINES: ReadonlySet<string> = new Set([
  'order.lines_cancelled',
  'order.lines_added',
  'order.backorder_filled',
]);

async function linesOf(
  tx: Tx,
  event: OutboxEvent,
  lines: {id: string; name: string; qty: number}[],
): Promise<{name: string; qty: number}[]> {
  const nameOf = (id: string) => lines.find((l) => l.id === id)?.name ?? '';
  const named = event.data['lines'] as {line_id: string; qty: number}[] | undefined;
  if (NAMES_ITS_LINES.has(event.type) && named) {
    return named.map((l) => ({name: nameOf(l.line_id), qty: l.qty}));
  }
  if (event.type === 'order.refunded_part') {
    const refund = await tx.refunds.findUnique({where: {id: String(event.data['refund_id'])}});
    const paid = (refund?.lines ?? []) as unknown as {line_id: string; qty: number}[];
    return paid.filter(({qty}) => qty > 0).map(({line_id, qty}) => ({name: nameOf(line_id), qty}));
  }
  if (event.type.startsWith('order.return_')) {
    const back = await tx.return_lines.findMany({where: {return_id: String(event.data['return_id'])}});
    return back.map(({line_id, qty}) => ({name: nameOf(line_id), qty}));
  }
  if (!event.sub_order_id) return lines;
  const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: event.sub_order_id}});
  return parts.filter((p) => p.qty > p.cancelled).map((p) => ({name: nameOf(p.line_id), qty: p.qty - p.cancelled}));
}
