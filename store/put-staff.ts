import type {StoreContext, Tx} from './context.ts';
import type {staff} from './generated/client.ts';
import {logDecision} from './log-decision.ts';
import {hashSecret, newBadgeSecret} from './staff-secret.ts';
import {isAsSeen, isThere, nextVersion, type Setter} from './set-up/keep.ts';
import {transact} from './transact.ts';

export interface StaffInput {
  id: string;
  name: string;
  /** null: of the office only */
  warehouse_id: string | null;
  roles: string[];
  active: boolean;
}

/**
 * A person as given; null when there is no such warehouse, 'changed' when they are not as the writer saw them.
 * One who is not active any more, or works elsewhere now, is signed out for good; who said so is kept.
 */
export function putStaff(
  context: StoreContext,
  input: StaffInput,
  {actor: by, seen}: Setter,
): Promise<staff | 'changed' | null> {
  return transact(context, async (tx) => {
    const {id, ...given} = input;
    // a file that is imported writes all of them alone
    await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended('staff', 0)),
      pg_advisory_xact_lock(hashtextextended(${`staff:${id}`}, 0))`;
    const {warehouse_id: at_site} = given;
    if (at_site !== null && (await tx.warehouses.count({where: {id: at_site}})) === 0) return null;
    const before = await tx.staff.findUnique({where: {id}});
    if (!isAsSeen(seen, before) && !isThere(given, before)) return 'changed';
    const at = nextVersion(context, before);
    const kept = await tx.staff.upsert({
      where: {id},
      create: {id, ...given, created_at: at, updated_at: at},
      update: {...given, updated_at: at},
    });
    await settleStaff(context, tx, {person: kept, before, by});
    return kept;
  });
}

/** What follows from a person that was written: it is kept who did it, and who left or works elsewhere is signed out. */
export async function settleStaff(
  context: StoreContext,
  tx: Tx,
  {person, before, by}: {person: StaffInput; before: staff | null; by: string},
): Promise<void> {
  // their number and what they may, not their name
  const {id, warehouse_id, roles, active} = person;
  await logDecision(context, tx, {
    kind: 'put_staff',
    inputs: {staff_id: id, by},
    output: {warehouse_id, roles, active},
  });
  if (before && (!active || before.warehouse_id !== warehouse_id)) await signOut(tx, id, context.now());
}

async function signOut(tx: Tx, staff_id: string, at: Date): Promise<void> {
  await tx.sessions.updateMany({where: {staff_id, ended_at: null}, data: {ended_at: at}});
}

/**
 * New badge, PIN or password; the badge's code is told this once. Whoever is signed in with the old ones is signed out,
 * and wrong PINs are forgotten; who gave them is kept.
 */
export async function giveCredentials(
  context: StoreContext,
  staffId: string,
  give: {badge: boolean; pin: string | null; password: string | null; by: string},
): Promise<{badge: string | null} | null> {
  const secret = give.badge ? newBadgeSecret() : null;
  const hashes = {
    ...(secret === null ? {} : {badge_hash: await hashSecret(secret)}),
    ...(give.pin === null ? {} : {pin_hash: await hashSecret(give.pin), pin_failures: 0}),
    ...(give.password === null ? {} : {password_hash: await hashSecret(give.password)}),
  };
  return transact(context, async (tx) => {
    const at = context.now();
    // secrets are no part of what two people may change at once: the version stays
    const {count} = await tx.staff.updateMany({where: {id: staffId}, data: hashes});
    if (count === 0) return null;
    await signOut(tx, staffId, at);
    const output = {badge: give.badge, pin: give.pin !== null, password: give.password !== null};
    await logDecision(context, tx, {kind: 'give_credentials', inputs: {staff_id: staffId, by: give.by}, output});
    return {badge: secret && `${staffId}-${secret}`};
  });
}
