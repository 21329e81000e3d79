import {groupBy} from './group-by.ts';
import {amountText, type StripeRefund} from './money-books.ts';
import {withoutLink} from './stripe-keys.ts';
import type {Finding, World} from './types.ts';

const MINUTE = 60_000;

/** M6, always: every refund of the provider's is one of ours, was asked for a moment ago, or was made by hand and adopted. */
export async function unexpectedRefunds(world: World): Promise<Finding[]> {
  const calls = await world.sql<{key: string; state: string}>(
    `SELECT key, state FROM provider_calls WHERE operation = 'refund'`,
  );
  const states = new Map(calls.map(({key, state}) => [key, state]));
  const adopted = await world.sql<{ref: string}>(`SELECT provider_ref AS ref FROM refunds WHERE kind = 'provider'`);
  const known = new Set(adopted.map(({ref}) => ref));
  return world.money.refunds.flatMap((refund) => {
    const state = states.get(withoutLink(refund.idempotency_key)) ?? states.get(refund.idempotency_key ?? '');
    const minutes = Math.round((world.now - Date.parse(refund.at)) / MINUTE);
    const late = minutes > 10 + world.speed;
    const unanswered = state === 'started' && late;
    const byHand = refund.idempotency_key === null;
    if (byHand ? known.has(refund.id) || !late : state !== undefined && !unanswered) return [];
    const subject = subjectOf(world, refund.payment_intent);
    const why = unanswered ? 'and we still do not know what became of it' : 'which we never asked for';
    const amount = amountText(refund.amount, refund.currency);
    return [{subject, sentence: `Order ${subject}: Stripe gave back ${amount} ${minutes} minutes ago, ${why}.`}];
  });
}

function subjectOf(world: World, intent: string): string {
  const hold = world.money.holds.find(({id}) => id === intent);
  return hold?.order_id == null ? intent : world.nameOf(hold.order_id);
}

interface RefundRow {
  id: string;
  order_id: string;
  amount: number;
  currency: string;
  state: string;
  provider_ref: string | null;
  payment_ref: string | null;
}

/** M6 at rest: every refund of ours stands in the provider's books as it stands in ours, and no other does. */
export async function refundsOneByOne(world: World): Promise<Finding[]> {
  const rows = await world.sql<RefundRow>(
    `SELECT r.id, r.order_id, r.amount, r.currency, r.state, r.provider_ref, p.provider_ref AS payment_ref
       FROM refunds r JOIN payments p ON p.id = r.payment_id ORDER BY r.order_id, r.id`,
  );
  const theirs = groupBy(world.money.refunds, (refund) => refund.metadata['refund_id'] ?? '');
  const byHand = world.money.refunds.filter(({metadata}) => metadata['refund_id'] === undefined);
  return [
    ...rows.flatMap((row) =>
      compare(world, row, [...(theirs.get(row.id) ?? []), ...byHand.filter(({id}) => id === row.provider_ref)]),
    ),
    ...byHand.filter(({id}) => !rows.some((row) => row.provider_ref === id)).map((refund) => unadopted(world, refund)),
    ...(await sumsOfPayments(world)),
    ...(await disputesOneByOne(world)),
  ];
}

function unadopted(world: World, {payment_intent, amount, currency}: StripeRefund): Finding {
  const subject = subjectOf(world, payment_intent);
  const given = amountText(amount, currency);
  return {subject, sentence: `Order ${subject}: ${given} was given back by hand at Stripe, and we have no row of it.`};
}

/** States of ours for which the provider keeps nothing that has gone to the customer. */
const NOTHING: readonly string[] = ['awaiting_approval', 'requested', 'failed', 'rejected'];

function compare(world: World, row: RefundRow, theirs: readonly StripeRefund[]): Finding[] {
  const live = theirs.filter(({status}) => status !== 'failed');
  const [one] = live;
  const told = theirs.find(({id}) => id === row.provider_ref);
  const wrong = [
    ...(live.length > 1 ? [`Stripe gave it back ${live.length} times`] : []),
    ...(NOTHING.includes(row.state) && one ? [`Stripe has it as ${one.status}`] : []),
    ...(row.provider_ref !== null && !told ? [`Stripe has no refund ${row.provider_ref}`] : []),
    ...(told && !NOTHING.includes(row.state) && told.status !== row.state ? [`Stripe says it is ${told.status}`] : []),
    ...theirs
      .filter(({payment_intent}) => payment_intent !== row.payment_ref)
      .map(({id}) => `Stripe took ${id} from another hold`),
    ...theirs
      .filter(({amount, currency}) => amount !== row.amount || currency.toUpperCase() !== row.currency)
      .map(({amount, currency}) => `Stripe gave back ${amountText(amount, currency)}`),
    ...(row.state === 'succeeded' && live.length === 0 ? ['Stripe gave nothing back'] : []),
  ];
  const subject = world.nameOf(row.order_id);
  const ours = `refund ${row.id} over ${amountText(row.amount, row.currency)} is ${row.state} by our books`;
  return wrong.map((text) => ({subject, sentence: `Order ${subject}: ${ours}, ${text}.`}));
}

/** What a payment counts as given back is what its refunds add up to. */
async function sumsOfPayments(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; id: string; currency: string; counted: number; booked: number}>(
    `SELECT p.order_id, p.id, p.currency, p.refunded_amount AS counted,
            coalesce(sum(r.amount) FILTER (WHERE r.state = 'succeeded'), 0) AS booked
       FROM payments p LEFT JOIN refunds r ON r.payment_id = p.id
      GROUP BY p.id HAVING p.refunded_amount <> coalesce(sum(r.amount) FILTER (WHERE r.state = 'succeeded'), 0)`,
  );
  return rows.map(({order_id, id, currency, counted, booked}) => {
    const subject = world.nameOf(order_id);
    const [ours, sum] = [counted, booked].map((amount) => amountText(amount, currency));
    return {
      subject,
      sentence: `Order ${subject}: payment ${id} counts ${ours} as given back, its refunds add up to ${sum}.`,
    };
  });
}

const STATE_OF: Readonly<Record<string, string>> = {
  needs_response: 'open',
  under_review: 'submitted',
  won: 'won',
  lost: 'lost',
};

async function disputesOneByOne(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; ref: string; amount: number; currency: string; state: string}>(
    `SELECT order_id, provider_ref AS ref, amount, currency, state FROM disputes ORDER BY order_id, id`,
  );
  const ours = new Map(rows.map((row) => [row.ref, row]));
  const theirs = new Set(world.money.disputes.map(({id}) => id));
  const invented = rows
    .filter(({ref}) => !theirs.has(ref))
    .map(({order_id, ref}) => {
      const subject = world.nameOf(order_id);
      return {subject, sentence: `Order ${subject}: Stripe knows of no dispute ${ref}.`};
    });
  const different = world.money.disputes.flatMap(({id, payment_intent, amount, currency, status}) => {
    const row = ours.get(id);
    const subject = subjectOf(world, payment_intent);
    const told = `a dispute over ${amountText(amount, currency)} is ${status.replaceAll('_', ' ')} by Stripe's books`;
    if (!row) return [{subject, sentence: `Order ${subject}: ${told}, and we have no row of it.`}];
    if (row.amount === amount && row.state === STATE_OF[status]) return [];
    const said = `over ${amountText(row.amount, row.currency)} and ${row.state} by ours`;
    return [{subject, sentence: `Order ${subject}: ${told}, ${said}.`}];
  });
  return [...invented, ...different];
}
