import {ProviderError} from '../domain/provider-error.ts';
import type {BeginRefundInput, RefundTerms} from '../store/begin-refund.ts';
import type {Store} from '../store/index.ts';
import {KEY_SAFE} from './payment.ts';
import type {PaymentGateway, ProviderRefund} from './ports.ts';

export type RefundOutcome =
  | {state: 'succeeded' | 'rejected' | 'awaiting_approval' | 'frozen'}
  | {state: 'pending'; attempt: number}
  | {state: 'failed'; attempt: number; code: string};

export function refundActivities(store: Store, gateway: PaymentGateway, now: () => number) {
  return {
    /**
     * Gives money back, or sees what became of it: recorded before it is asked for, looked up before it is asked for
     * again. `attempt` is one more than the last where a failed refund is to be asked for once more.
     */
    async refund(input: BeginRefundInput): Promise<RefundOutcome> {
      const begun = now();
      const terms = await store.beginRefund(input);
      if (terms.state === 'pending') {
        return settle(store, input.refund_id, terms.attempt, await gateway.retrieveRefund(terms.ref));
      }
      if (terms.state !== 'due') return terms;
      const {attempt, key, order_id, payment_ref, amount} = terms;
      const wanted = {refund_id: input.refund_id, attempt, payment_ref};
      const repeated = terms.seen_before || now() - begun > KEY_SAFE;
      const found = repeated ? await gateway.findRefund(wanted) : null;
      const made = found ?? (await ask(() => gateway.refund({...wanted, key, order_id, amount})));
      if (made.ref !== null) assertSame(terms, made);
      return settle(store, input.refund_id, attempt, made);
    },
  };
}

type Answer = ProviderRefund | {ref: null; state: 'failed'; failure_code: string};

/** Ours to mend: asked again under the same key once it is. */
const OURS = new Set(['provider_unauthorised', 'idempotency_mismatch']);

/** A refusal is an answer, and kept with the key it was given to: only a new attempt can get another one. */
async function ask(call: () => Promise<ProviderRefund>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.retryable || error.unknown || OURS.has(error.code)) throw error;
    return {ref: null, state: 'failed', failure_code: error.code};
  }
}

async function settle(
  store: Store,
  refund_id: string,
  attempt: number,
  {ref, state, failure_code}: Answer,
): Promise<RefundOutcome> {
  await store.settleRefund({refund_id, attempt, ref, state, failure_code});
  if (state === 'failed') return {state, attempt, code: failure_code ?? 'failed'};
  return {state, attempt};
}

/** The money given back must be the money asked for: anything else stops here for a person, never silently. */
function assertSame({amount, currency}: RefundTerms & {state: 'due'}, made: ProviderRefund): void {
  if (made.amount === amount && made.currency === currency) return;
  const said = `gave back ${made.amount} ${made.currency}, expected ${amount} ${currency}`;
  throw new ProviderError('refund_mismatch', said, {retryable: false, unknown: true});
}
