import type {StoreContext} from './context.ts';
import type {staff} from './generated/client.ts';
import {newBadgeSecret, hashSecret} from './staff-secret.ts';

export interface StaffInput {
  id: string;
  name: string;
  warehouse_id: string;
  roles: string[];
  active: boolean;
}

/** A person of the floor as given; null when there is no such warehouse. One who is not active is signed in nowhere. */
export async function putStaff(context: StoreContext, input: StaffInput): Promise<staff | null> {
  const {prisma} = context;
  if ((await prisma.warehouses.count({where: {id: input.warehouse_id}})) === 0) return null;
  const {id, ...given} = input;
  const at = context.now();
  return prisma.staff.upsert({
    where: {id},
    create: {id, ...given, created_at: at, updated_at: at},
    update: {...given, updated_at: at},
  });
}

/**
 * New badge, new PIN or both; the badge's code is told this once. Whoever is signed in with the old ones is signed out,
 * and wrong PINs are forgotten.
 */
export async function giveCredentials(
  context: StoreContext,
  staffId: string,
  give: {badge: boolean; pin: string | null},
): Promise<{badge: string | null} | null> {
  const secret = give.badge ? newBadgeSecret() : null;
  const {count} = await context.prisma.staff.updateMany({
    where: {id: staffId},
    data: {
      ...(secret === null ? {} : {badge_hash: await hashSecret(secret)}),
      ...(give.pin === null ? {} : {pin_hash: await hashSecret(give.pin), pin_failures: 0}),
      updated_at: context.now(),
    },
  });
  if (count === 0) return null;
  const live = {staff_id: staffId, ended_at: null};
  await context.prisma.floor_sessions.updateMany({where: live, data: {ended_at: context.now()}});
  return {badge: secret && `${staffId}-${secret}`};
}
