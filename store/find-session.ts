import {isLive, NOTE_MS} from '../domain/floor/sign-in.ts';
import type {StoreContext} from './context.ts';
import type {sessions, staff} from './generated/client.ts';
import {type Device, hashToken} from './sign-in.ts';

export interface Session {
  person: staff;
  /** at a desk, by password; not on a shared device, by badge or PIN */
  at_desk: boolean;
}

/**
 * Who is signed in under this token; null when session, person or the device's key has ended, or one works elsewhere
 * now. `idle`: the page asks by itself, nobody is there, and the session gets no younger by it.
 */
export async function findSession(context: StoreContext, token: string, idle = false): Promise<Session | null> {
  const {prisma} = context;
  const session = await prisma.sessions.findUnique({where: {token_hash: hashToken(token)}});
  if (!session || session.ended_at !== null) return null;
  const now = context.now();
  const [started_at, seen_at] = [session.started_at.getTime(), session.seen_at.getTime()];
  if (!isLive({started_at, seen_at}, now.getTime())) return null;
  const person = await prisma.staff.findUnique({where: {id: session.staff_id}});
  if (!person?.active) return null;
  if (!(await isPlaceOpen(context, session, person))) return null;
  if (!idle && now.getTime() >= seen_at + NOTE_MS) {
    await prisma.sessions.update({where: {token_hash: session.token_hash}, data: {seen_at: now}});
  }
  return {person, at_desk: session.device === null};
}

async function isPlaceOpen({prisma}: StoreContext, {device}: sessions, {warehouse_id}: staff): Promise<boolean> {
  if (device === null) return true;
  const where = {OR: [{warehouse_id: null}, {warehouse_id}]};
  return (await prisma.api_keys.count({where: {client_id: device, disabled_at: null, ...where}})) > 0;
}

/** The shared device that a live session is on. */
export async function deviceOfSession({prisma}: StoreContext, token: string): Promise<Device | null> {
  const session = await prisma.sessions.findUnique({where: {token_hash: hashToken(token)}});
  if (!session || session.device === null) return null;
  const key = await prisma.api_keys.findFirst({where: {client_id: session.device, disabled_at: null}});
  return key && {client_id: key.client_id, warehouse_id: key.warehouse_id};
}

export async function endSession(context: StoreContext, token: string): Promise<void> {
  const live = {token_hash: hashToken(token), ended_at: null};
  await context.prisma.sessions.updateMany({where: live, data: {ended_at: context.now()}});
}
