import type {StoreContext} from './context.ts';
import type {returns} from './generated/client.ts';
import {lockReturn} from './lock-return.ts';
import {moveReturn} from './move-return.ts';
import type {Actor} from './record-change.ts';
import {sendBy} from './request-return.ts';
import {returnPolicyOf} from './return-facts.ts';
import {transact} from './transact.ts';

export type DecisionResult = {outcome: 'decided' | 'not_in_review'; found: returns} | {outcome: 'unknown'};

/** A person's word on a return that the rules left open. */
export function decideReturnByHand(
  context: StoreContext,
  input: {return_id: string; decision: 'approve' | 'refuse'; note: string; by: Actor},
): Promise<DecisionResult> {
  return transact(context, async (tx) => {
    const locked = await lockReturn(tx, input.return_id);
    if (!locked) return {outcome: 'unknown'};
    const {order, found} = locked;
    if (found.state !== 'in_review') return {outcome: 'not_in_review', found};
    const {by, note} = input;
    const approved = input.decision === 'approve';
    const until = approved ? {send_by: sendBy(context, await returnPolicyOf(tx, order))} : {};
    const moved = await moveReturn(context, tx, order, found, {
      to: approved ? 'approved' : 'refused',
      by,
      note,
      tell: true,
      columns: {decided_by: by.actor, note, ...until},
    });
    return {outcome: 'decided', found: moved.found};
  });
}

const CANCELLABLE: readonly string[] = ['in_review', 'approved', 'label_ready', 'in_transit'];

/** Takes a return back while nothing of it has arrived. A repeat changes nothing. */
export function cancelReturn(
  context: StoreContext,
  input: {return_id: string; by: Actor},
): Promise<{outcome: 'cancelled' | 'too_late'; found: returns} | {outcome: 'unknown'}> {
  return transact(context, async (tx) => {
    const locked = await lockReturn(tx, input.return_id);
    if (!locked) return {outcome: 'unknown'};
    const {order, found} = locked;
    if (found.state === 'cancelled') return {outcome: 'cancelled', found};
    if (found.kind !== 'customer' || !CANCELLABLE.includes(found.state)) return {outcome: 'too_late', found};
    const moved = await moveReturn(context, tx, order, found, {to: 'cancelled', by: input.by, tell: true});
    return {outcome: 'cancelled', found: moved.found};
  });
}
