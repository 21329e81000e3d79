import type {Store} from '../store/index.ts';
import type {PaymentGateway, ProviderDispute} from './ports.ts';

export interface DisputeOutcome {
  state: ProviderDispute['state'];
  /** an open one is looked at again by then, epoch milliseconds; null where the bank has no deadline */
  answer_by: number | null;
}

export function disputeActivities(store: Store, gateway: PaymentGateway) {
  return {
    /**
     * Sees where a dispute stands, and answers it as soon as everything is known that can be: when nothing of the order
     * is on the road any more, or the bank's deadline comes near.
     */
    async answerDispute(input: {dispute_id: string; submit_before: number}): Promise<DisputeOutcome> {
      const terms = await store.beginDisputeAnswer(input);
      const {answer_by, state, ref} = terms;
      if (state === 'won' || state === 'lost') return {state, answer_by};
      const told = await gateway.retrieveDispute(ref);
      const answer = told.state === 'open' && terms.evidence !== null;
      const now = answer ? await gateway.answerDispute(ref, terms.evidence ?? {}, terms.key) : told;
      await store.applyDisputeFact(now);
      return {state: now.state, answer_by};
    },
  };
}
