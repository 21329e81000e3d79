import {type EvidenceFacts, writeEvidence} from '../domain/payment/dispute-evidence.ts';
import {collectEvidence, readEvidencePerson} from './collect-evidence.ts';
import type {StoreContext, Tx} from './context.ts';
import type {disputes, Prisma} from './generated/client.ts';
import {lockOrder} from './record-change.ts';
import {transact} from './transact.ts';

export interface DisputeTerms {
  state: 'open' | 'submitted' | 'won' | 'lost';
  ref: string;
  key: string;
  answer_by: number | null;
  /** what is to be sent to the bank now; null while more may be known later, or when it was sent */
  evidence: Record<string, string> | null;
}

/** Puts together what the bank is told, and records that it is about to be, before it is. */
export function beginDisputeAnswer(
  context: StoreContext,
  input: {dispute_id: string; submit_before: number},
): Promise<DisputeTerms> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.disputes.findUniqueOrThrow({where: {id: input.dispute_id}});
    const order = await lockOrder(tx, order_id);
    const dispute = await tx.disputes.findUniqueOrThrow({where: {id: input.dispute_id}});
    const answer_by = dispute.due_by === null ? null : dispute.due_by.getTime() - input.submit_before;
    const terms = {
      state: dispute.state as DisputeTerms['state'],
      ref: dispute.provider_ref,
      key: `${dispute.id}:evidence`,
      answer_by,
    };
    const pressing = answer_by !== null && context.now().getTime() >= answer_by;
    if (dispute.state !== 'open' || !(pressing || (await isCarriedOut(tx, order_id))))
      return {...terms, evidence: null};
    // what a first attempt has told is told again under its key, whatever became known since
    const told = dispute.evidence as unknown as EvidenceFacts | null;
    const facts = told ?? (await collectEvidence(tx, order));
    const evidence = facts as unknown as Prisma.InputJsonValue;
    await tx.disputes.update({where: {id: dispute.id}, data: {evidence, updated_at: context.now()}});
    await recordCall(context, tx, dispute, terms.key);
    return {...terms, evidence: writeEvidence(facts, await readEvidencePerson(context, tx, order))};
  });
}

/** Something arrived and nothing is on the road: what can be proven is known. */
async function isCarriedOut(tx: Tx, orderId: string): Promise<boolean> {
  const sent = await tx.parcels.findMany({where: {order_id: orderId, handed_over_at: {not: null}}});
  return sent.length > 0 && sent.every(({ended_at}) => ended_at !== null);
}

async function recordCall(context: StoreContext, tx: Tx, dispute: disputes, key: string): Promise<void> {
  const at = context.now();
  await tx.$executeRaw`INSERT INTO provider_calls
    (key, provider, operation, order_id, params_hash, state, attempts, first_at, last_at)
    VALUES (${key}, 'stripe', 'dispute', ${dispute.order_id}, ${dispute.id}, 'started', 1, ${at}, ${at})
    ON CONFLICT (key) DO UPDATE SET attempts = provider_calls.attempts + 1, last_at = ${at}`;
}
