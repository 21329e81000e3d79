import {COLLECTION, type CollectionTerms} from '../domain/shipping/collection.ts';
import {wantAnew} from './ask-pickup.ts';
import type {StoreContext} from './context.ts';
import {logDecision} from './log-decision.ts';
import {lock, NOBODY} from './pickups.ts';
import {transact} from './transact.ts';

/** A driver who was booked, by the platform's name. */
export interface BookedDriver {
  id: string;
  booked_ref: string;
}

/** Takes the next driver to ask after, who is to come still; nobody else does so for a while. Null when none is due. */
export async function driverToAskAfter(
  {prisma, now}: StoreContext,
  {pickup_look = COLLECTION.pickup_look}: CollectionTerms,
): Promise<BookedDriver | null> {
  const at = now();
  const before = new Date(at.getTime() - (pickup_look ?? 0));
  const [found] = await prisma.$queryRaw<BookedDriver[]>`UPDATE pickups SET due_at = ${at}
    WHERE id = (SELECT id FROM pickups WHERE state = 'booked' AND due_at <= ${before} AND window_until > ${at}
                 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, booked_ref`;
  return found ?? null;
}

/** The carrier called the driver off: another one is wanted. False when it is another driver, or none, by now. */
export function replaceDriver(context: StoreContext, {id, booked_ref}: BookedDriver): Promise<boolean> {
  return transact(context, async (tx) => {
    const pickup = await lock(tx, id);
    if (pickup?.state !== 'booked' || pickup.booked_ref !== booked_ref) return false;
    await wantAnew(context, tx, pickup, {...NOBODY, asked_by: 'waybill'});
    const inputs = {pickup_id: id, was: 'booked', called_off_by: pickup.carrier};
    await logDecision(context, tx, {kind: 'pickup', inputs, output: {state: 'wanted', anew: true}});
    return true;
  });
}
