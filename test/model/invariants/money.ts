import {isLive} from '../provider/intent.ts';
import {type Books, by, sum, TERMINAL} from './books.ts';

const orderOf = (intent: {metadata: Record<string, string>}) => intent.metadata['order_id'] ?? '';

/** M1: captured <= held <= what the order was ever worth. */
export function capturesStayWithinHold({intents, events}: Books): string[] {
  const worth = new Map<string, number>();
  for (const {order_id, data} of events) {
    const total = Number((data as {order?: {total_amount?: number}}).order?.total_amount ?? 0);
    worth.set(order_id, Math.max(worth.get(order_id) ?? 0, total));
  }
  return intents.flatMap((i) => [
    ...(i.captured > i.amount ? [`${i.captured} were captured of hold ${i.id} over ${i.amount}`] : []),
    ...(i.amount > (worth.get(orderOf(i)) ?? 0)
      ? [`hold ${i.id} over ${i.amount} is more than its order was worth`]
      : []),
  ]);
}

/** M2: one live hold, a second one only as a recorded replacement; never three. */
export function oneLiveHold({intents, payments}: Books): string[] {
  const live = by(intents.filter(isLive), orderOf);
  return [...live].flatMap(([order, holds]) => {
    if (holds.length === 1) return [];
    if (holds.length > 2) return [`order ${order} has ${holds.length} live holds`];
    const purposes = holds.map((h) => payments.find((p) => p.id === h.metadata['payment_id'])?.purpose);
    return purposes.some((p) => p === 'renewal' || p === 'remainder') ? [] : [`order ${order} is held twice`];
  });
}

/** M2, at rest: nothing is being replaced any more. */
export function oneHoldAtRest({intents}: Books): string[] {
  const live = by(intents.filter(isLive), orderOf);
  return [...live].filter(([, holds]) => holds.length > 1).map(([order]) => `order ${order} is still held twice`);
}

const share = (part: {amount: bigint; delivered: number; qty: number}) =>
  part.qty === 0 ? 0 : Number((part.amount * BigInt(part.delivered)) / BigInt(part.qty));

/** What the delivered units of these parts of an order are worth. */
function worthOf({parts}: Books, subs: readonly {id: string}[]): number {
  const own = new Set(subs.map((s) => s.id));
  return sum(
    parts.filter((p) => own.has(p.sub_order_id)),
    share,
  );
}

/** M3, any time: never more is captured than was delivered. */
export function neverTooMuch(books: Books): string[] {
  const captured = by(books.intents, orderOf);
  const subs = by(books.subs, (s) => s.order_id);
  return books.orders.flatMap((order) => {
    const taken = sum(captured.get(order.id), (i) => i.captured);
    const due = worthOf(books, subs.get(order.id) ?? []);
    return taken > due ? [`${order.number}: ${taken} were captured, ${due} are delivered`] : [];
  });
}

/** M3, at rest: captured is what was delivered in parts that have ended, unless the order says that money is missing. */
export function capturedIsDelivered(books: Books): string[] {
  const captured = by(books.intents, orderOf);
  const subs = by(books.subs, (s) => s.order_id);
  return books.orders.flatMap((order) => {
    const taken = sum(captured.get(order.id), (i) => i.captured);
    const own = subs.get(order.id) ?? [];
    const due = worthOf(
      books,
      own.filter((s) => s.stage === 'DELIVERED'),
    );
    const whole = books.lines.filter((l) => l.order_id === order.id).every((l) => l.delivered === l.qty);
    const named = order.waiting_on === 'payment_renewal' || order.waiting_on === 'ops';
    if (taken !== due && !(taken < due && named)) return [`${order.number}: ${taken} captured, ${due} delivered`];
    if (whole && due !== Number(order.total_amount)) {
      return [`${order.number}: all is delivered, worth ${due}, but the order costs ${order.total_amount}`];
    }
    return [];
  });
}

/** M5: what was cancelled costs nothing and holds nothing; what ended otherwise holds nothing either. */
export function endedHoldsNothing({orders, intents}: Books): string[] {
  const holds = by(intents, orderOf);
  return orders
    .filter((o) => TERMINAL.includes(o.status))
    .flatMap((o) => {
      const own = holds.get(o.id) ?? [];
      const taken = sum(own, (i) => i.captured);
      return [
        ...(o.status === 'cancelled' && taken > 0 ? [`${o.number} is cancelled, but ${taken} were captured`] : []),
        ...own.filter(isLive).map((i) => `${o.number} is ${o.status}, but hold ${i.id} is live`),
      ];
    });
}

const STATE_OF: Readonly<Record<string, string>> = {
  requires_capture: 'authorized',
  succeeded: 'captured',
  canceled: 'canceled',
  requires_payment_method: 'declined',
  requires_action: 'requires_action',
};

/** M6, at rest: our payments are the bank's holds, row for row. */
export function paymentsAreTheLedger({payments, intents, captures}: Books): string[] {
  const byRef = new Map(payments.map((p) => [p.provider_ref, p]));
  const known = new Set(intents.map((i) => i.id));
  return [
    ...intents.flatMap((i) => {
      const row = byRef.get(i.id);
      if (!row) return [`hold ${i.id} (${i.status}) is in no row of ours`];
      const wrong = [
        ...(Number(row.amount) === i.amount ? [] : [`is over ${i.amount}, our row over ${row.amount}`]),
        ...(STATE_OF[i.status] === row.state ? [] : [`is ${i.status}, our row ${row.state}`]),
        ...(Number(row.captured_amount) === i.captured ? [] : [`took ${i.captured}, our row ${row.captured_amount}`]),
      ];
      return wrong.map((text) => `hold ${i.id} ${text}`);
    }),
    ...payments
      .filter(
        (p) =>
          !known.has(p.provider_ref ?? '') && (p.provider_ref !== null || !['declined', 'canceled'].includes(p.state)),
      )
      .map((p) => `payment ${p.id} is ${p.state}, but the bank has no hold of it`),
    ...payments.flatMap((p) => {
      const booked = sum(
        captures.filter((c) => c.payment_id === p.id && c.state === 'done'),
        (c) => c.amount,
      );
      return booked === Number(p.captured_amount)
        ? []
        : [`payment ${p.id} took ${p.captured_amount}, its captures ${booked}`];
    }),
  ];
}

/** M8: a key means one request. */
export function keysMeanOneRequest({asked}: Books): string[] {
  return [...asked].filter(([, requests]) => requests.size > 1).map(([key]) => `key ${key} was used for two requests`);
}
