import {isLive, NOTE_MS} from '../domain/floor/sign-in.ts';
import type {StoreContext} from './context.ts';
import type {staff} from './generated/client.ts';
import {type Device, hashToken} from './sign-in.ts';

/** Who is signed in under this token; null when session, person or the device's key has ended, or one works elsewhere now. */
export async function findSession(context: StoreContext, token: string): Promise<staff | null> {
  const {prisma} = context;
  const session = await prisma.floor_sessions.findUnique({where: {token_hash: hashToken(token)}});
  if (!session || session.ended_at !== null) return null;
  const now = context.now();
  const [started_at, seen_at] = [session.started_at.getTime(), session.seen_at.getTime()];
  if (!isLive({started_at, seen_at}, now.getTime())) return null;
  const person = await prisma.staff.findUnique({where: {id: session.staff_id}});
  if (!person?.active) return null;
  const where = {OR: [{warehouse_id: null}, {warehouse_id: person.warehouse_id}]};
  if ((await prisma.api_keys.count({where: {client_id: session.device, disabled_at: null, ...where}})) === 0)
    return null;
  if (now.getTime() >= seen_at + NOTE_MS) {
    await prisma.floor_sessions.update({where: {token_hash: session.token_hash}, data: {seen_at: now}});
  }
  return person;
}

/** The shared device that a live session is on. */
export async function deviceOfSession({prisma}: StoreContext, token: string): Promise<Device | null> {
  const session = await prisma.floor_sessions.findUnique({where: {token_hash: hashToken(token)}});
  const key = session && (await prisma.api_keys.findFirst({where: {client_id: session.device, disabled_at: null}}));
  return key && {client_id: key.client_id, warehouse_id: key.warehouse_id};
}

export async function endSession(context: StoreContext, token: string): Promise<void> {
  const live = {token_hash: hashToken(token), ended_at: null};
  await context.prisma.floor_sessions.updateMany({where: live, data: {ended_at: context.now()}});
}
