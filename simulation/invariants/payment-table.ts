import {groupBy} from './group-by.ts';
import {amountText, type Hold, type PaymentRow} from './money-books.ts';
import {refundsOneByOne, unexpectedRefunds} from './refund-table.ts';
import {withoutLink} from './stripe-keys.ts';
import type {Finding, World} from './types.ts';
import {words} from './words.ts';

const STATE_OF: Readonly<Record<string, string>> = {
  requires_capture: 'authorized',
  succeeded: 'captured',
  canceled: 'canceled',
  requires_payment_method: 'declined',
  requires_action: 'requires_action',
};
/** What a row may say for which the provider has no hold. */
const NEVER_MADE: readonly string[] = ['declined', 'canceled'];
const MINUTE = 60_000;

/** A key of ours for a hold; a stored failure is followed by `:2`, `:3` ... */
const OUR_HOLD = /:hold:\d+(:\d)?$/;

/** Made by a shop that authorises by itself, and not (yet) taken for an order: it names the shop's order, no payment of ours. */
const isTheShops = ({asked, metadata, idempotency_key: key}: Hold): boolean =>
  asked === null &&
  metadata['order_reference'] !== undefined &&
  metadata['payment_id'] === undefined &&
  !OUR_HOLD.test(key ?? '');

/**
 * M6, always: what the provider has and we lack is recorded as begun, its outcome not known yet, and is younger than 10
 * virtual minutes and what passes in one real minute.
 */
export async function newHoldsAreExpected(world: World): Promise<Finding[]> {
  const begun = await world.sql<{key: string}>(`SELECT key FROM provider_calls WHERE state = 'started'`);
  const open = new Set(begun.map((call) => call.key));
  const booked = await world.sql<{key: string}>('SELECT idempotency_key AS key FROM captures');
  const known = new Set(booked.map((capture) => capture.key));
  const holds = new Map(world.money.holds.map((hold) => [hold.id, hold]));
  return [
    ...world.money.holds
      .filter((hold) => hold.payment === null && !isTheShops(hold))
      .flatMap((hold) => {
        const why = whyUnexpected(world, hold.idempotency_key, hold.created, open);
        return why ? [orphan(world, hold, why)] : [];
      }),
    ...world.money.captures.flatMap(({payment_intent, amount, idempotency_key, at}) => {
      const hold = holds.get(payment_intent);
      if (!hold || known.has(withoutLink(idempotency_key))) return [];
      const why = whyUnexpected(world, idempotency_key, at, open);
      if (!why) return [];
      const subject = hold.order_id === null ? hold.id : world.nameOf(hold.order_id);
      const sentence = `Stripe took ${amountText(amount, hold.currency)} for order ${subject} from hold ${hold.id}, ${why}.`;
      return [{subject, sentence}];
    }),
    ...(await unexpectedRefunds(world)),
  ];
}

function whyUnexpected(world: World, key: string | null, at: string, open: ReadonlySet<string>): string | null {
  const age = world.now - Date.parse(at);
  const since = `${Math.round(age / MINUTE)} minutes ago`;
  if (!open.has(key ?? '') && !open.has(withoutLink(key)))
    return `${since}, which we have no row of and no open call for`;
  if (age <= (10 + world.speed) * MINUTE) return null;
  return `${since}, and we still do not know what became of it`;
}

/** M6 at rest: our payments and the provider's holds are the same, row for row, and no call is without an answer. */
export async function paymentsAreTheLedger(world: World): Promise<Finding[]> {
  const known = new Set(world.money.holds.map((hold) => hold.id));
  return [
    ...world.money.holds
      .filter((hold) => hold.payment === null && !isTheShops(hold))
      .map((hold) => orphan(world, hold, 'which we have no row of')),
    ...world.money.holds.flatMap((hold) => (hold.payment ? compare(world, hold, hold.payment) : [])),
    ...world.money.payments
      .filter((row) => !known.has(row.provider_ref ?? ''))
      .flatMap((row) => withoutHold(world, row)),
    ...(await captureRows(world)),
    ...(await capturesOneByOne(world)),
    ...(await refundsOneByOne(world)),
    ...(await unansweredCalls(world)),
  ];
}

function orphan(world: World, hold: Hold, why: string): Finding {
  const subject = hold.order_id === null ? hold.id : world.nameOf(hold.order_id);
  const sentence = `Stripe has a hold ${hold.id} over ${amountText(hold.amount, hold.currency)} for order ${subject}, ${why}.`;
  return {subject, sentence};
}

function compare(world: World, hold: Hold, row: PaymentRow): Finding[] {
  const ours = (amount: number) => amountText(amount, row.currency);
  const theirs = (amount: number) => amountText(amount, hold.currency);
  const differences = [
    ...(ours(row.amount) !== theirs(hold.amount)
      ? [`${ours(row.amount)} is held by our books, ${theirs(hold.amount)} by Stripe's`]
      : []),
    ...(row.state !== STATE_OF[hold.status]
      ? [`it is ${words(row.state)} by our books, ${words(hold.status)} by Stripe's`]
      : []),
    ...(row.captured_amount !== hold.captured
      ? [`${ours(row.captured_amount)} was captured by our books, ${theirs(hold.captured)} by Stripe's`]
      : []),
    ...(row.refunded_amount !== hold.refunded_surely
      ? [`${ours(row.refunded_amount)} was refunded by our books, ${theirs(hold.refunded_surely)} by Stripe's`]
      : []),
    ...(row.disputed_amount !== hold.lost
      ? [`${ours(row.disputed_amount)} was lost in disputes by our books, ${theirs(hold.lost)} by Stripe's`]
      : []),
    ...((hold.metadata['order_id'] ?? row.order_id) !== row.order_id
      ? [`Stripe says it is for order ${world.nameOf(hold.metadata['order_id'] ?? null)}`]
      : []),
  ];
  const subject = world.nameOf(row.order_id);
  return differences.map((text) => ({subject, sentence: `Order ${subject}, payment ${row.id} (${hold.id}): ${text}.`}));
}

function withoutHold(world: World, row: PaymentRow): Finding[] {
  if (row.provider_ref === null && NEVER_MADE.includes(row.state)) return [];
  const subject = world.nameOf(row.order_id);
  const sentence = `Order ${subject}: payment ${row.id} over ${amountText(row.amount, row.currency)} is ${row.state} by our books, but Stripe has no hold ${row.provider_ref ?? 'for it'}.`;
  return [{subject, sentence}];
}

async function captureRows(world: World): Promise<Finding[]> {
  const rows = await world.sql<{
    order_id: string;
    id: string;
    currency: string;
    captured_amount: number;
    booked: number;
  }>(
    `SELECT p.order_id, p.id, p.currency, p.captured_amount, coalesce(sum(c.amount) FILTER (WHERE c.state <> 'failed'), 0) AS booked
       FROM payments p LEFT JOIN captures c ON c.payment_id = p.id
      GROUP BY p.id HAVING p.captured_amount <> coalesce(sum(c.amount) FILTER (WHERE c.state <> 'failed'), 0)`,
  );
  return rows.map((row) => {
    const subject = world.nameOf(row.order_id);
    const [counted, booked] = [row.captured_amount, row.booked].map((amount) => amountText(amount, row.currency));
    return {
      subject,
      sentence: `Order ${subject}: payment ${row.id} counts ${counted} as captured, its captures add up to ${booked}.`,
    };
  });
}

/** Every capture of ours stands once in the provider's books, over the same amount, and no other does. */
async function capturesOneByOne(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; key: string; amount: number; currency: string}>(
    `SELECT c.order_id, c.idempotency_key AS key, c.amount, p.currency FROM captures c JOIN payments p ON p.id = c.payment_id
      WHERE c.state = 'done' ORDER BY c.order_id, c.id`,
  );
  const taken = groupBy(world.money.captures, (capture) => withoutLink(capture.idempotency_key));
  return rows.flatMap(({order_id, key, amount, currency}) => {
    const theirs = taken.get(key) ?? [];
    if (theirs.length === 1 && theirs[0]?.amount === amount) return [];
    const subject = world.nameOf(order_id);
    const text = theirs.map((capture) => amountText(capture.amount, currency)).join(' and ') || 'nothing';
    return [
      {
        subject,
        sentence: `Order ${subject}: we took ${amountText(amount, currency)} by our books; by Stripe's it was ${text}.`,
      },
    ];
  });
}

async function unansweredCalls(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; operation: string; first_at: Date}>(
    `SELECT order_id, operation, first_at FROM provider_calls WHERE state = 'started' ORDER BY order_id, key`,
  );
  return rows.map(({order_id, operation, first_at}) => {
    const subject = world.nameOf(order_id);
    const sentence = `Order ${subject}: the provider was asked to ${operation} at ${first_at.toISOString()}, and what became of it was never written down.`;
    return {subject, sentence};
  });
}
