import type {ReturnPolicy} from './policy.ts';
import type {ReturnReason} from './terms.ts';

export interface ReturnCase {
  /** what would be paid back, minor units */
  value: number;
  reasons: readonly ReturnReason[];
  /** other returns of the customer in the policy's recent time */
  returns_before: number;
}

export interface ReturnDecision {
  outcome: 'approve' | 'review';
  /** what was decisive, each a code */
  reasons: string[];
}

/** Clear cases are approved at once; the odd ones go to a person. What is not allowed at all was refused before. */
export function decideReturn(policy: ReturnPolicy, found: ReturnCase): ReturnDecision {
  const {review} = policy;
  const odd = [
    ...(found.value > review.above ? ['high_value'] : []),
    ...(found.returns_before >= review.returns_before ? ['many_returns'] : []),
    ...[...new Set(found.reasons)].filter((reason) => review.reasons.includes(reason)).map((r) => `claims_${r}`),
  ];
  return odd.length > 0 ? {outcome: 'review', reasons: odd} : {outcome: 'approve', reasons: ['within_policy']};
}
