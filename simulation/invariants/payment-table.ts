import {amountText, type Hold, type PaymentRow} from './money-books.ts';
import type {Finding, World} from './types.ts';

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

/**
 * M6. Always: a hold that we lack is younger than 10 virtual minutes, or its call is recorded as started. Quiet: our
 * payments and the provider's holds are the same, row for row.
 */
export async function paymentsAreTheLedger(world: World): Promise<Finding[]> {
  const orphans = world.money.holds.filter((hold) => hold.payment === null);
  if (!world.quiescent) return oldOrphans(world, orphans);
  const known = new Set(world.money.holds.map((hold) => hold.id));
  return [
    ...orphans.map((hold) => orphan(world, hold, 'which we have no row of')),
    ...world.money.holds.flatMap((hold) => (hold.payment ? compare(world, hold, hold.payment) : [])),
    ...world.money.payments
      .filter((row) => !known.has(row.provider_ref ?? ''))
      .flatMap((row) => withoutHold(world, row)),
    ...(await captureRows(world)),
  ];
}

async function oldOrphans(world: World, orphans: readonly Hold[]): Promise<Finding[]> {
  const age = (hold: Hold) => world.money.now - Date.parse(hold.created);
  const old = orphans.filter((hold) => age(hold) > 10 * MINUTE);
  if (old.length === 0) return [];
  const started = await world.sql<{key: string; order_id: string}>(
    `SELECT key, order_id FROM provider_calls WHERE state = 'started'`,
  );
  const open = new Set(started.flatMap((call) => [call.key, call.order_id]));
  return old
    .filter((hold) => !open.has(hold.idempotency_key ?? '') && !open.has(hold.order_id ?? ''))
    .map((hold) =>
      orphan(
        world,
        hold,
        `made ${Math.round(age(hold) / MINUTE)} minutes ago, which we have no row of and no open call for`,
      ),
    );
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
    ...(row.state !== STATE_OF[hold.status] ? [`it is ${row.state} by our books, ${hold.status} by Stripe's`] : []),
    ...(row.captured_amount !== hold.captured
      ? [`${ours(row.captured_amount)} was captured by our books, ${theirs(hold.captured)} by Stripe's`]
      : []),
    ...(row.refunded_amount !== hold.refunded
      ? [`${ours(row.refunded_amount)} was refunded by our books, ${theirs(hold.refunded)} by Stripe's`]
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
