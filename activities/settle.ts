import type {Store} from '../store/index.ts';
import type {Hold, PaymentGateway} from './ports.ts';

export type HoldOutcome =
  | {outcome: 'authorized'; payment_id: string; capture_before: number | null; multicapture: boolean}
  | {outcome: 'declined'; payment_id: string; code: string}
  /** the bank asks the customer; only where somebody waits for them */
  | {outcome: 'requires_action'; payment_id: string}
  | {outcome: 'nothing_to_hold'};

/** Writes down what the provider said of a hold, and says it. */
export async function settle(
  store: Store,
  gateway: PaymentGateway,
  {payment_id}: {payment_id: string},
  hold: Hold,
  waits: boolean,
): Promise<HoldOutcome> {
  const written = await store.settleHold({payment_id, hold, waits});
  if (written.outcome !== 'written_off') return outcomeOf(payment_id, hold);
  // an overtaken attempt: nobody waits for this money, so it is let go at once
  const late = {payment_id: written.payment_id, ref: hold.ref};
  const begun = await store.beginRelease(late);
  if (begun) {
    await gateway.cancel(hold.ref, begun.key);
    await store.settleRelease({...late, reason: 'released'});
  }
  return outcomeOf(payment_id, {...hold, state: 'canceled', decline_code: 'written_off'});
}

/** Lets go an intent that asks for its customer in vain. */
export async function giveUp(gateway: PaymentGateway, hold: Hold, key: string, code: string): Promise<Hold> {
  const released = await gateway.cancel(hold.ref, `${key}:unauthenticated`);
  return {...released, decline_code: code};
}

export function outcomeOf(
  paymentId: string,
  hold: {state: string; capture_before: number | null; multicapture: boolean; decline_code?: string | null},
): HoldOutcome {
  if (hold.state === 'authorized' || hold.state === 'captured') {
    return {
      outcome: 'authorized',
      payment_id: paymentId,
      capture_before: hold.capture_before,
      multicapture: hold.multicapture,
    };
  }
  if (hold.state === 'requires_action') return {outcome: 'requires_action', payment_id: paymentId};
  return {outcome: 'declined', payment_id: paymentId, code: hold.decline_code ?? 'declined'};
}
