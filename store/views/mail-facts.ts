import type {StoreContext, Tx} from '../context.ts';
import type {OutboxEvent} from '../outbox.ts';
import {readProfile} from '../personal-data.ts';

export interface MailSource {
  to: string;
  customer_name: string;
  locale: string | null;
  number: string;
  tracking_token: string;
  lines: {name: string; qty: number}[];
  to_come: {name: string; qty: number; when: Date | null}[];
  carrier: string | null;
  tracking_number: string | null;
  eta: Date | null;
  refund: {amount: number; currency: string; credit_note: string} | null;
}

/** What a mail about an event says; null when another mail says it, or the customer's data is erased. */
export async function readMailFacts(context: StoreContext, event: OutboxEvent): Promise<MailSource | null> {
  const tx = context.prisma as Tx;
  if (await isToldOtherwise(tx, event)) return null;
  const order = await tx.orders.findUniqueOrThrow({where: {id: event.order_id}});
  const profile = await readProfile(context, tx, order.customer_id);
  if (!profile) return null;
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
  const parcel = event.sub_order_id
    ? await tx.parcels.findFirst({
        where: {sub_order_id: event.sub_order_id, state: {not: 'cancelled'}},
        orderBy: {position: 'asc'},
      })
    : null;
  return {
    to: profile.email,
    customer_name: profile.name,
    locale: profile.locale ?? null,
    number: order.number,
    tracking_token: order.tracking_token,
    lines: await linesOf(tx, event, lines),
    to_come: await toCome(tx, order.id, lines),
    carrier: parcel?.carrier ?? null,
    tracking_number: parcel?.tracking_number ?? null,
    eta: parcel?.eta_to ?? null,
    refund: refundOf(event, order.currency),
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
