import type {HoldPurpose} from '../store/begin-hold.ts';
import type {Hold, PaymentGateway} from './ports.ts';
import {giveUp, type HoldOutcome, outcomeOf, settle} from './settle.ts';
import {ProviderError} from '../domain/provider-error.ts';
import type {Store} from '../store/index.ts';

export type {HoldOutcome} from './settle.ts';

export interface AuthorizeInput {
  order_id: string;
  purpose: HoldPurpose;
  attempt: number;
  except_sub_order?: string;
  /** the order waits for its customer: a bank that asks them is no decline, and a decline not the end */
  waits?: boolean;
  /** the customer is there: they have just given the method, or are asked to come */
  present?: boolean;
  change_id?: string;
}

/** The provider may forget a key after 24 hours: from here on a repeat could be a new charge. */
export const KEY_SAFE = 20 * 3_600_000;

export function paymentActivities(store: Store, gateway: PaymentGateway, now: () => number) {
  return {
    /** Takes a hold: recorded before it is asked for, looked up before it is asked for again. */
    async authorize(input: AuthorizeInput): Promise<HoldOutcome> {
      const begun = now();
      const terms = await store.beginHold(input);
      if (!terms) return {outcome: 'nothing_to_hold'};
      if (terms.state !== 'unknown') return outcomeOf(terms.payment_id, terms);
      const customer = terms.customer_ref ?? (await register(store, gateway, terms.customer_id));
      // an attempt that was held up may have been overtaken by a later one, under a key that is forgotten by now
      const repeated = terms.seen_before || now() - begun > KEY_SAFE;
      const found = repeated ? await gateway.findHold(customer, terms.payment_id) : null;
      const hold =
        found ??
        (await gateway.authorize({
          key: terms.key,
          payment_id: terms.payment_id,
          order_id: input.order_id,
          customer_ref: customer,
          amount: terms.amount,
          currency: terms.currency,
          method: terms.method,
          off_session: input.purpose !== 'initial' && !input.present,
        }));
      const waits = input.waits ?? false;
      // where nobody waits for the customer, an intent that asks for them is let go and counts as declined
      const asked = hold.state === 'requires_action' && !waits;
      const settled = asked ? await giveUp(gateway, hold, terms.key, 'authentication_required') : hold;
      return await settle(store, gateway, terms, settled, waits);
    },

    /** Lets every live hold of the order go, except `keep`. */
    async releaseHolds(input: {order_id: string; keep?: string}): Promise<void> {
      for (const payment of await store.findLiveHolds(input)) {
        const ref = payment.provider_ref ?? (await lookUp(store, gateway, payment));
        if (ref === null) {
          await store.settleRelease({payment_id: payment.id, ref: null, reason: 'never_made'});
          continue;
        }
        const begun = await store.beginRelease({payment_id: payment.id});
        if (!begun) continue;
        const hold = await gateway.cancel(ref, begun.key);
        if (hold.state !== 'captured') await store.settleRelease({payment_id: payment.id, ref, reason: 'released'});
      }
    },

    /** Takes the money for one delivered sub-order from the order's live hold. */
    async capture(input: {order_id: string; sub_order_id: string; last: boolean}): Promise<{
      outcome: 'captured' | 'nothing_due' | 'no_hold';
    }> {
      const begun = now();
      const terms = await store.beginCapture(input);
      if (terms.state !== 'due') return {outcome: terms.state === 'done' ? 'captured' : terms.state};
      const {ref, amount, key, final} = terms;
      const repeated = terms.seen_before || now() - begun > KEY_SAFE;
      const expected = terms.captured_before + amount;
      const done = repeated && (await gateway.retrieve(ref)).captured >= expected;
      const result = done ? null : await gateway.capture(ref, amount, final, key);
      const gone = result?.outcome === 'expired';
      // of a hold that is gone an attempt before this one may have taken the money all the same
      const taken = !gone || result.hold.captured >= expected;
      if (taken) {
        if (result) assertCaptured(result.hold, expected);
        await store.settleCapture({capture_id: terms.capture_id, key, ref, final});
      }
      if (gone) await store.settleRelease({payment_id: terms.payment_id, ref, reason: 'expired'});
      return {outcome: taken ? 'captured' : 'no_hold'};
    },
  };
}

async function register(store: Store, gateway: PaymentGateway, customerId: string): Promise<string> {
  const ref = await gateway.ensureCustomer(customerId, `customer:${customerId}`);
  // where two attempts registered two, all look-ups go to the one that is kept
  return store.keepCustomerRef({customer_id: customerId, ref});
}

async function lookUp(
  store: Store,
  gateway: PaymentGateway,
  payment: {id: string; order_id: string},
): Promise<string | null> {
  const customer = await store.customerRefOf({order_id: payment.order_id});
  const hold = customer === null ? null : await gateway.findHold(customer, payment.id);
  return hold?.ref ?? null;
}

/** The money taken must be the money asked for: anything else stops here for a person, never silently. */
function assertCaptured(hold: Hold, expected: number): void {
  if (hold.captured === expected) return;
  throw new ProviderError('capture_mismatch', `captured ${hold.captured}, expected ${expected}`, {
    retryable: true,
    unknown: true,
  });
}
