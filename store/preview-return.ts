import type {ReturnDecision} from '../domain/returns/decide.ts';
import {type Refused, refusals} from '../domain/returns/eligibility.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {feeFor, judgeReturn, type WantedLine} from './request-return.ts';
import {readReturnable, returnPolicyOf} from './return-facts.ts';

export interface ReturnPreview {
  refused: Refused[];
  /** what comes back if all of it is as new, after the fee; minor units */
  value: number;
  fee: number;
  decision: ReturnDecision | null;
  refund_on: 'scan' | 'inspection';
  /** days in which it has to be on its way */
  send_within_days: number;
}

/** What would become of a return that is not asked for yet, by the rules that judge one that is. */
export async function previewReturn(
  context: StoreContext,
  order: orders,
  wanted: readonly WantedLine[],
): Promise<ReturnPreview> {
  const tx = context.prisma as Tx;
  const policy = await returnPolicyOf(tx, order);
  const refused = refusals(await readReturnable(tx, order, policy), wanted, context.now().getTime());
  const terms = {refund_on: policy.refund_on, send_within_days: Math.floor(policy.send_within / 86_400_000)};
  if (refused.length > 0) return {refused, value: 0, fee: 0, decision: null, ...terms};
  const {value, decision} = await judgeReturn(context, tx, order, wanted, policy);
  return {refused, value, fee: feeFor(policy, wanted), decision, ...terms};
}
