import {type ExpectedHold, mismatchOf, type ShopHoldMismatch} from '../domain/payment/shop-hold.ts';
import {ProviderError} from '../domain/provider-error.ts';
import type {Store} from '../store/index.ts';
import type {ForeignHold, Hold, PaymentGateway} from './ports.ts';
import {giveUp, type HoldOutcome, outcomeOf, settle} from './settle.ts';

/** What becomes of holds that somebody outside has a hand in. */
export function payerActivities(store: Store, gateway: PaymentGateway) {
  return {
    /** Looks how a hold is that waited for its customer: the provider's own word, whoever says that it has moved. */
    async checkHold(input: {order_id: string; payment_id: string}): Promise<HoldOutcome> {
      const payment = await store.readHold(input);
      if (!payment) throw refused('unknown_hold', `there is no hold ${input.payment_id}`);
      const known = {...payment, capture_before: payment.capture_before?.getTime() ?? null};
      if (payment.state !== 'requires_action' || !payment.provider_ref) return outcomeOf(payment.id, known);
      const hold = await gateway.retrieve(payment.provider_ref);
      assertSame(hold, payment);
      const terms = {payment_id: payment.id, key: payment.idempotency_key};
      if (hold.state !== 'declined') return await settle(store, gateway, terms, hold, true);
      // whoever has its secret could still confirm it
      const ended = await giveUp(gateway, hold, terms.key, hold.decline_code ?? 'authentication_failed');
      return await settle(store, gateway, terms, ended, true);
    },

    /** Compares the intent of a shop that authorises by itself with the order, by the provider's own word. */
    async matchShopHold(input: {order_id: string; attempt: number}): Promise<ShopHoldOutcome> {
      const expected = await store.readShopHold(input);
      if (!expected || expected.state === 'refused' || expected.state === 'let_go') return {outcome: 'mismatch'};
      const told = await gateway.inspect(expected.intent);
      const {hold} = told ?? {};
      // held, and told so before: the row says the rest
      const there = hold?.state === 'authorized' || hold?.state === 'captured';
      if (hold && !there && hold.state !== 'canceled') return {outcome: 'awaited'};
      const mismatch = told && hold && there ? mismatchOf(expected, {...hold, ...told}) : gone(hold);
      if (mismatch || !told || !hold) {
        await store.settleShopHold({order_id: input.order_id, state: 'refused', mismatch: mismatch ?? gone(hold)});
        return {outcome: 'mismatch'};
      }
      const terms = await store.beginHold({...input, purpose: 'initial'});
      if (!terms) return {outcome: 'nothing_to_hold'};
      const {customer_id} = expected;
      if (told.customer_ref) await store.keepCustomerRef({customer_id, ref: told.customer_ref});
      await store.settleShopHold({order_id: input.order_id, state: 'held'});
      return await settle(store, gateway, terms, hold, true);
    },

    /** The order has ended, or is paid in another way: an intent that is this order's alone holds nothing for it. */
    async leaveShopHold(input: {order_id: string}): Promise<void> {
      const expected = await store.readShopHold(input);
      if (expected?.state !== 'awaited') return;
      const told = await gateway.inspect(expected.intent);
      const mismatch = told ? notOurs(expected, told) : gone(undefined);
      if (mismatch === null) await gateway.cancel(expected.intent, `${input.order_id}:shop-hold:release`);
      const state = mismatch === null ? 'let_go' : 'refused';
      await store.settleShopHold({order_id: input.order_id, state, ...(mismatch ? {mismatch} : {})});
    },
  };
}

export type ShopHoldOutcome = HoldOutcome | {outcome: 'awaited' | 'mismatch'};

/** Why the intent is not to be touched; what it is worth does not matter here. */
function notOurs(expected: ExpectedHold, told: ForeignHold): ShopHoldMismatch | null {
  const {amount, currency} = expected;
  return mismatchOf(expected, {...told, captured: told.hold.captured, amount, currency});
}

const gone = (hold: Hold | undefined): ShopHoldMismatch => ({
  wrong: 'gone',
  ours: 'held',
  told: hold?.state ?? 'no such intent',
});

/** A hold is over what was asked for: anything else stops here for a person. */
function assertSame(hold: Hold, {amount, currency}: {amount: bigint; currency: string}): void {
  if (BigInt(hold.amount) === amount && hold.currency === currency) return;
  const told = `${hold.amount} ${hold.currency}, not ${amount} ${currency}`;
  throw refused('hold_mismatch', `${hold.ref} is over ${told}`);
}

const refused = (code: string, message: string) => new ProviderError(code, message, {retryable: false, unknown: false});
