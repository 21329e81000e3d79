import {recordDerived, waitingPatch} from './record-derived.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, payments} from './generated/client.ts';
import {newId} from './ids.ts';
import {lockOrder, type OrderPatch, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

export interface SettledHold {
  ref: string;
  state: 'authorized' | 'declined' | 'canceled' | 'captured' | 'requires_action';
  capture_before: number | null;
  multicapture: boolean;
  saved_method: string | null;
  card_fingerprint: string | null;
  client_secret: string | null;
  decline_code: string | null;
}

export type HoldSettled = {outcome: 'settled' | 'settled_before'} | {outcome: 'written_off'; payment_id: string};

/**
 * Writes down what the provider answered to a hold; an authorised first hold makes the order `paid`.
 * `written_off`: the answer came too late, for a hold that was taken for one never made or is not the one on record; it
 * has a row of its own now and is to be let go.
 */
export function settleHold(
  context: StoreContext,
  input: {
    payment_id: string;
    hold: SettledHold;
    /** the order waits for another method where this one is declined, and only its end is told to the customer */
    waits?: boolean;
  },
): Promise<HoldSettled> {
  return transact(context, async (tx) => {
    const {hold} = input;
    const before = await tx.payments.findUniqueOrThrow({where: {id: input.payment_id}});
    const order = await lockOrder(tx, before.order_id);
    const payment = await tx.payments.findUniqueOrThrow({where: {id: input.payment_id}});
    if (isAnother(payment, hold))
      return {outcome: 'written_off', payment_id: await bookAnother(context, tx, payment, hold)};
    const asking = payment.state === 'requires_action';
    if (payment.state !== 'unknown' && !asking) return {outcome: 'settled_before'};
    // the bank still asks the customer, as we know
    if (asking && hold.state === 'requires_action') return {outcome: 'settled_before'};
    await tx.payments.update({
      where: {id: payment.id},
      data: {
        provider_ref: hold.ref,
        state: hold.state,
        multicapture: hold.multicapture,
        capture_before: hold.capture_before === null ? null : new Date(hold.capture_before),
        saved_method: hold.saved_method,
        // kept as long as it is of use only
        client_secret: hold.state === 'requires_action' ? hold.client_secret : null,
        decline_code: hold.decline_code,
        updated_at: context.now(),
      },
    });
    await finishCall(context, tx, payment.idempotency_key, hold.ref);
    await recordOutcome(context, tx, order, payment, hold, input.waits ?? false);
    return {outcome: 'settled'};
  });
}

const GONE: ReadonlySet<string> = new Set(['declined', 'canceled']);

/** An answer that came too late: its row stands for another hold by now, or for one that was never made. */
function isAnother({state, provider_ref}: payments, hold: SettledHold): boolean {
  return provider_ref === null ? GONE.has(state) : provider_ref !== hold.ref;
}

/** Gives the money of an overtaken attempt a row of its own, so that it can be let go like any other. */
async function bookAnother(context: StoreContext, tx: Tx, overtaken: payments, hold: SettledHold): Promise<string> {
  const known = await tx.payments.findUnique({where: {provider_ref: hold.ref}});
  if (known) return known.id;
  const at = context.now();
  const {order_id, provider, purpose, amount, currency, idempotency_key} = overtaken;
  const row = await tx.payments.create({
    data: {
      id: newId('pay', at),
      order_id,
      provider,
      purpose,
      replaces: overtaken.id,
      idempotency_key: `${idempotency_key}:late:${hold.ref}`,
      provider_ref: hold.ref,
      amount,
      currency,
      state: hold.state,
      created_at: at,
      updated_at: at,
    },
  });
  return row.id;
}

export async function finishCall(context: StoreContext, tx: Tx, key: string, ref: string | null): Promise<void> {
  await tx.provider_calls.updateMany({where: {key}, data: {state: 'done', ref, last_at: context.now()}});
}

/** Only a first hold decides about the order: what the customer hears of a declined one is that it is cancelled. */
function declinedAs({purpose}: payments, waits: boolean): string {
  if (purpose !== 'initial') return 'order.hold_declined';
  return waits ? 'order.method_declined' : 'order.payment_declined';
}

async function recordOutcome(
  context: StoreContext,
  tx: Tx,
  order: orders,
  payment: payments,
  hold: SettledHold,
  waits: boolean,
): Promise<void> {
  const data = {payment_id: payment.id, amount: payment.amount, purpose: payment.purpose};
  if (hold.state === 'requires_action') {
    await recordChange(context, tx, {order, type: 'order.authentication_asked', by: SYSTEM, data});
    return;
  }
  if (hold.state !== 'authorized') {
    const declined = {...data, state: hold.state, decline_code: hold.decline_code};
    await recordChange(context, tx, {order, type: declinedAs(payment, waits), by: SYSTEM, data: declined});
    return;
  }
  if (payment.purpose === 'initial' && order.status === 'payment_processing') {
    const patch: OrderPatch = {
      status: 'paid',
      card_fingerprint: hold.card_fingerprint,
      ...(order.waiting_on === null ? {} : waitingPatch(context, order, null)),
    };
    await recordChange(context, tx, {order, type: 'order.authorized', by: SYSTEM, patch, data});
    return;
  }
  const renewed = {type: 'order.hold_renewed', by: SYSTEM, data};
  // only a wait for this very money ends here; then what else the order waits for is told instead
  if (order.waiting_on !== 'payment_renewal') await recordChange(context, tx, {...renewed, order});
  else await recordDerived(context, tx, {...order, waiting_on: null}, renewed);
}
