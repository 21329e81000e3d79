import type {MoneyFactOutcome} from './apply-refund-fact.ts';
import {cancelWithin} from './cancel-lines.ts';
import type {StoreContext, Tx} from './context.ts';
import type {disputes, orders, payments} from './generated/client.ts';
import {newId} from './ids.ts';
import {queueSignal} from './queue-signal.ts';
import {lockOrder, SYSTEM} from './record-change.ts';
import {recordDerived} from './record-derived.ts';
import {finishCall} from './settle-hold.ts';
import {endSideRun, queueSideRun} from './side-runs.ts';
import {tellRefund} from './settle-refund.ts';
import {transact} from './transact.ts';

/** What the provider knows of a dispute; amount in minor units, times epoch milliseconds. */
export interface DisputeFact {
  ref: string;
  /** of the hold the money was taken from */
  payment_ref: string;
  state: 'open' | 'submitted' | 'won' | 'lost';
  amount: number;
  currency: string;
  reason: string;
  /** evidence is taken until then */
  due_by: number | null;
  opened_at: number;
}

const RANK = {open: 0, submitted: 1, won: 2, lost: 2} as const;

export const disputeWorkflowId = (disputeId: string) => `dispute:${disputeId}`;

/**
 * Writes down what the provider says of a dispute: the first word opens it, which freezes the order's refunds and holds
 * back what has not left; the last one decides where the money stays. It never goes back; a sum that is not ours is
 * never believed. `early`: about money that we do not know to be taken yet.
 */
export async function applyDisputeFact(context: StoreContext, fact: DisputeFact): Promise<MoneyFactOutcome> {
  const found = await context.prisma.payments.findUnique({where: {provider_ref: fact.payment_ref}});
  if (!found) return {outcome: 'not_ours'};
  return transact(context, async (tx): Promise<MoneyFactOutcome> => {
    let order = await lockOrder(tx, found.order_id);
    const payment = await tx.payments.findUniqueOrThrow({where: {id: found.id}});
    const known = await tx.disputes.findUnique({where: {provider_ref: fact.ref}});
    const contradiction = contradictionOf(payment, known, fact);
    if (contradiction) return {outcome: 'mismatch', contradiction: {order_id: order.id, ...contradiction}};
    if (!known && Number(payment.captured_amount) < fact.amount) return {outcome: 'early'};
    const dispute = known ?? (await open(context, tx, order, payment, fact));
    if (!known) order = await recordOpened(context, tx, order, dispute);
    if (RANK[fact.state] <= RANK[dispute.state as DisputeFact['state']]) {
      return {outcome: known ? 'confirmed' : 'settled'};
    }
    if (fact.state === 'lost') order = await sendNoMore(context, tx, order, dispute);
    await advance(context, tx, order, dispute, fact.state);
    return {outcome: 'settled'};
  });
}

function contradictionOf(payment: payments, known: disputes | null, fact: DisputeFact) {
  if (payment.currency !== fact.currency)
    return {wrong: 'currency', ours: payment.currency, told: fact.currency} as const;
  const told = String(fact.amount);
  if (known && known.payment_id !== payment.id)
    return {wrong: 'hold', ours: known.payment_id, told: payment.id} as const;
  if (known && Number(known.amount) !== fact.amount)
    return {wrong: 'amount', ours: String(known.amount), told} as const;
  return fact.amount > Number(payment.amount) ? ({wrong: 'amount', ours: String(payment.amount), told} as const) : null;
}

async function open(
  context: StoreContext,
  tx: Tx,
  order: orders,
  payment: payments,
  fact: DisputeFact,
): Promise<disputes> {
  const at = context.now();
  const dispute = await tx.disputes.create({
    data: {
      id: newId('dsp', at),
      order_id: order.id,
      payment_id: payment.id,
      provider_ref: fact.ref,
      amount: BigInt(fact.amount),
      currency: fact.currency,
      reason: fact.reason,
      state: 'open',
      due_by: fact.due_by === null ? null : new Date(fact.due_by),
      opened_at: new Date(fact.opened_at),
      updated_at: at,
    },
  });
  await queueSideRun(context, tx, {
    workflow_id: disputeWorkflowId(dispute.id),
    kind: 'disputeWorkflow',
    order_id: order.id,
    subject_id: dispute.id,
    policy_version: order.policy_version,
  });
  return dispute;
}

const dataOf = ({id, payment_id, amount, reason}: disputes) => ({dispute_id: id, payment_id, amount, reason});

function recordOpened(context: StoreContext, tx: Tx, order: orders, dispute: disputes): Promise<orders> {
  return recordDerived(context, tx, order, {type: 'order.dispute_opened', by: SYSTEM, data: dataOf(dispute)});
}

/** The dispute's next state, in a transaction that holds the order's lock. */
async function advance(
  context: StoreContext,
  tx: Tx,
  order: orders,
  before: disputes,
  state: DisputeFact['state'],
): Promise<void> {
  const at = context.now();
  const closed = state === 'won' || state === 'lost';
  const dispute = await tx.disputes.update({
    where: {id: before.id},
    data: {
      state,
      updated_at: at,
      ...(closed ? {closed_at: at} : {submitted_at: before.submitted_at ?? at}),
    },
  });
  await finishCall(context, tx, `${before.id}:evidence`, before.provider_ref);
  if (closed) await close(context, tx, dispute, state);
  const type = `order.dispute_${state === 'submitted' ? 'answered' : state}`;
  await recordDerived(context, tx, order, {type, by: SYSTEM, data: dataOf(dispute)});
}

/** What is still here of an order whose money a bank took back goes to its shelf; what is sent in exchange is decided by people. */
async function sendNoMore(context: StoreContext, tx: Tx, order: orders, {id}: disputes): Promise<orders> {
  const rows = await tx.order_lines.findMany({where: {order_id: order.id, return_id: null}});
  const lines = rows.filter((l) => l.cancelled < l.qty).map((l) => ({line_id: l.id, qty: l.qty - l.cancelled}));
  const what = {order_id: order.id, lines, reason: 'dispute_lost', request_id: `dispute_lost:${id}`, unpick: true};
  return (await cancelWithin(context, tx, order, {...what, ...SYSTEM})).order;
}

/** What a bank takes back for good can never be given back as well; what waited for its decision goes on. */
async function close(context: StoreContext, tx: Tx, dispute: disputes, state: 'won' | 'lost'): Promise<void> {
  const {id, order_id, payment_id, amount, reason} = dispute;
  if (state === 'lost') {
    await tx.payments.update({where: {id: payment_id}, data: {disputed_amount: {increment: amount}}});
  }
  const label = state === 'won' ? 'legitimate' : reason === 'fraudulent' ? 'fraud' : 'chargeback';
  await tx.fraud_labels.upsert({
    where: {source_subject_id: {source: 'dispute', subject_id: id}},
    create: {source: 'dispute', subject_id: id, order_id, label, at: context.now()},
    update: {},
  });
  const workflow_id = disputeWorkflowId(id);
  const payload = {operation_id: `${id}:${state}`};
  await queueSignal(context, tx, {id: `disputeChanged:${id}:${state}`, workflow_id, name: 'disputeChanged', payload});
  await endSideRun(context, tx, workflow_id);
  // one that the provider refused because of the dispute is asked for again as well
  const frozen = await tx.refunds.findMany({where: {order_id, state: {in: ['requested', 'failed']}}});
  for (const refund of frozen) await tellRefund(context, tx, refund, `${id}:decided`);
}
