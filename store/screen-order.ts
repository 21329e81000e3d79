import type {Policy} from '../domain/policy/policy.ts';
import {type FraudFacts, scoreOrder} from '../domain/fraud/score.ts';
import {waitingPatch} from './record-derived.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {newId} from './ids.ts';
import {readProfile, readShipTo} from './personal-data.ts';
import {lockOrder, recordChange, SYSTEM, toJson} from './record-change.ts';
import {transact} from './transact.ts';

export type ScreenResult = {verdict: 'approve' | 'reject'} | {verdict: 'review'; review_until: number};

/** Judges the order once, stores score, parts and reasons, and opens a review where a person must decide. */
export function screenOrder(
  context: StoreContext,
  input: {order_id: string; limits: Policy['fraud']; review_until: number},
): Promise<ScreenResult> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const known = await tx.fraud_assessments.findUnique({where: {order_id: order.id}});
    if (known) return answer(known.verdict, input.review_until);
    const assessment = scoreOrder(await gatherFacts(context, tx, order, input.limits), input.limits);
    await tx.fraud_assessments.create({
      data: {
        order_id: order.id,
        score: assessment.score,
        verdict: assessment.verdict,
        parts: JSON.parse(toJson(assessment.parts)),
        reasons: assessment.reasons,
        at: context.now(),
      },
    });
    const review = assessment.verdict === 'review';
    if (review) await openReview(context, tx, order, assessment, input.review_until);
    const wait = {name: 'fraud_review', owner: 'support', deadline: new Date(input.review_until)};
    const patch = {fraud_score: assessment.score, ...(review ? waitingPatch(context, order, wait) : {})};
    const data = {verdict: assessment.verdict, score: assessment.score};
    await recordChange(context, tx, {
      order,
      type: review ? 'order.in_review' : 'order.screened',
      by: SYSTEM,
      patch,
      data,
    });
    return answer(assessment.verdict, input.review_until);
  });
}

function answer(verdict: string, until: number): ScreenResult {
  return verdict === 'review'
    ? {verdict, review_until: until}
    : {verdict: verdict === 'approve' ? 'approve' : 'reject'};
}

async function openReview(
  context: StoreContext,
  tx: Tx,
  order: orders,
  assessment: {score: number; reasons: string[]},
  until: number,
): Promise<void> {
  const at = context.now();
  await tx.reviews.create({
    data: {
      id: newId('rev', at),
      order_id: order.id,
      state: 'open',
      score: assessment.score,
      reasons: assessment.reasons,
      opened_at: at,
      deadline: new Date(until),
    },
  });
}

interface History {
  delivered: number;
  cancelled: number;
  same_method: number;
}

async function gatherFacts(context: StoreContext, tx: Tx, order: orders, limits: Policy['fraud']): Promise<FraudFacts> {
  const hourAgo = new Date(order.placed_at.getTime() - 3_600_000);
  const [customer, history, recent] = await Promise.all([
    tx.customers.findUniqueOrThrow({where: {id: order.customer_id}}),
    tx.$queryRaw<History[]>`SELECT count(*) FILTER (WHERE status = 'delivered')::int AS delivered,
        count(*) FILTER (WHERE status = 'cancelled')::int AS cancelled,
        count(*) FILTER (WHERE card_fingerprint = ${order.card_fingerprint} AND status = 'delivered')::int AS same_method
      FROM orders WHERE customer_id = ${order.customer_id} AND id <> ${order.id}`,
    countRecent(tx, order, hourAgo),
  ]);
  const past = history[0] ?? {delivered: 0, cancelled: 0, same_method: 0};
  const shipTo = await readShipTo(context, tx, order.id);
  const profile = await readProfile(context, tx, order.customer_id);
  const blocked = await tx.blocklist.findUnique({where: {hash: order.address_hash}});
  return {
    customer: {
      age_days: (order.placed_at.getTime() - customer.created_at.getTime()) / 86_400_000,
      delivered_orders: past.delivered,
      chargebacks: 0,
      cancelled_orders: past.cancelled,
    },
    order_amount: Number(order.total_amount),
    typical_amount: limits.typical_amount,
    velocity: recent,
    address: {
      blocklisted: blocked !== null,
      country_mismatch: false,
      geo_mismatch: shipTo === null || profile === null,
    },
    payment_method: {known_before: past.same_method > 0},
    device: {known_before: order.device_hash === null ? null : recent.known_device},
  };
}

async function countRecent(tx: Tx, order: orders, since: Date) {
  const count = (column: {
    card_fingerprint?: string;
    device_hash?: string;
    address_hash?: string;
    customer_id?: string;
  }) => tx.orders.count({where: {...column, placed_at: {gte: since, lte: order.placed_at}}});
  const [customer, card, device, address, deviceEver] = await Promise.all([
    count({customer_id: order.customer_id}),
    order.card_fingerprint ? count({card_fingerprint: order.card_fingerprint}) : 1,
    order.device_hash ? count({device_hash: order.device_hash}) : null,
    count({address_hash: order.address_hash}),
    order.device_hash ? tx.orders.count({where: {device_hash: order.device_hash, status: 'delivered'}}) : 0,
  ]);
  return {customer, card, device, address, known_device: deviceEver > 0};
}
