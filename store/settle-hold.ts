import {recordDerived} from './record-derived.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, payments} from './generated/client.ts';
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

/**
 * Writes down what the provider answered to a hold; an authorised first hold makes the order `paid`.
 * `written_off`: the answer came too late, for a hold that was taken for one never made or is gone by our own books.
 */
export function settleHold(
  context: StoreContext,
  input: {payment_id: string; hold: SettledHold},
): Promise<'settled' | 'settled_before' | 'written_off'> {
  return transact(context, async (tx) => {
    const {hold} = input;
    const before = await tx.payments.findUniqueOrThrow({where: {id: input.payment_id}});
    const order = await lockOrder(tx, before.order_id);
    const payment = await tx.payments.findUniqueOrThrow({where: {id: input.payment_id}});
    if (payment.state !== 'unknown') return GONE.has(payment.state) ? 'written_off' : 'settled_before';
    await tx.payments.update({
      where: {id: payment.id},
      data: {
        provider_ref: hold.ref,
        state: hold.state,
        multicapture: hold.multicapture,
        capture_before: hold.capture_before === null ? null : new Date(hold.capture_before),
        saved_method: hold.saved_method,
        client_secret: hold.client_secret,
        decline_code: hold.decline_code,
        updated_at: context.now(),
      },
    });
    await finishCall(context, tx, payment.idempotency_key, hold.ref);
    await recordOutcome(context, tx, order, payment, hold);
    return 'settled';
  });
}

const GONE: ReadonlySet<string> = new Set(['declined', 'canceled']);

export async function finishCall(context: StoreContext, tx: Tx, key: string, ref: string | null): Promise<void> {
  await tx.provider_calls.updateMany({where: {key}, data: {state: 'done', ref, last_at: context.now()}});
}

async function recordOutcome(
  context: StoreContext,
  tx: Tx,
  order: orders,
  payment: payments,
  hold: SettledHold,
): Promise<void> {
  const data = {payment_id: payment.id, amount: payment.amount, purpose: payment.purpose};
  if (hold.state !== 'authorized') {
    const declined = {...data, state: hold.state, decline_code: hold.decline_code};
    // only the first hold decides about the order: what the customer hears of a declined one is that it is cancelled
    const type = payment.purpose === 'initial' ? 'order.payment_declined' : 'order.hold_declined';
    await recordChange(context, tx, {order, type, by: SYSTEM, data: declined});
    return;
  }
  if (payment.purpose === 'initial' && order.status === 'payment_processing') {
    const patch: OrderPatch = {status: 'paid', card_fingerprint: hold.card_fingerprint};
    await recordChange(context, tx, {order, type: 'order.authorized', by: SYSTEM, patch, data});
    return;
  }
  const renewed = {type: 'order.hold_renewed', by: SYSTEM, data};
  // only a wait for this very money ends here; then what else the order waits for is told instead
  if (order.waiting_on !== 'payment_renewal') await recordChange(context, tx, {...renewed, order});
  else await recordDerived(context, tx, {...order, waiting_on: null}, renewed);
}
