import {createHash} from 'node:crypto';
import {PIN_TRIES, readBadge, waitAfter} from '../domain/floor/sign-in.ts';
import type {StoreContext} from './context.ts';
import type {staff} from './generated/client.ts';
import {newToken} from './ids.ts';
import {isSecret} from './staff-secret.ts';
import {transact} from './transact.ts';

export type Credential = {badge: string} | {staff_id: string; pin: string};

export interface Device {
  client_id: string;
  warehouse_id: string | null;
}

export type NotKnown = {outcome: 'refused' | 'elsewhere' | 'pin_spent'} | {outcome: 'wait'; until: Date};
export type SignIn = {outcome: 'in'; person: staff; token: string} | NotKnown;

export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * Lets a person in on a shared device. The try is counted before it is judged, so that a hundred at once are a hundred;
 * a right one clears the device's count, and only that person's own wrong PINs.
 */
export async function signIn(context: StoreContext, device: Device, credential: Credential): Promise<SignIn> {
  const known = await identify(context, device, credential);
  if (known.outcome !== 'known') return known;
  const token = newToken();
  if (!(await beginSession(context, device.client_id, known.person, token))) return {outcome: 'refused'};
  return {outcome: 'in', person: known.person, token};
}

/** Who shows a badge or types a PIN on a device; nobody is signed in or out by it. Tries count as for signing in. */
export async function identify(
  context: StoreContext,
  device: Device,
  credential: Credential,
): Promise<{outcome: 'known'; person: staff} | NotKnown> {
  const until = await countTry(context, device.client_id);
  if (until) return {outcome: 'wait', until};
  const judged = 'badge' in credential ? await byBadge(context, credential.badge) : await byPin(context, credential);
  if (typeof judged === 'string') return {outcome: judged};
  if (device.warehouse_id !== null && judged.warehouse_id !== device.warehouse_id) return {outcome: 'elsewhere'};
  await forgetTries(context, device.client_id);
  return {outcome: 'known', person: judged};
}

export async function forgetTries(context: StoreContext, subject: string): Promise<void> {
  await context.prisma.sign_in_tries.update({where: {subject}, data: {failures: 0, locked_until: null}});
}

/** Counts the try, unless the device, or the login of the office, has to wait: until when. */
export async function countTry(context: StoreContext, subject: string): Promise<Date | null> {
  const now = context.now();
  return transact(context, async (tx) => {
    await tx.$executeRaw`INSERT INTO sign_in_tries (subject) VALUES (${subject}) ON CONFLICT DO NOTHING`;
    const [row] = await tx.$queryRaw<{failures: number; locked_until: Date | null}[]>`
      SELECT failures, locked_until FROM sign_in_tries WHERE subject = ${subject} FOR UPDATE`;
    if (row?.locked_until && row.locked_until > now) return row.locked_until;
    const failures = (row?.failures ?? 0) + 1;
    const wait = waitAfter(failures);
    const locked_until = wait === 0 ? null : new Date(now.getTime() + wait);
    await tx.sign_in_tries.update({where: {subject}, data: {failures, locked_until, tried_at: now}});
    return null;
  });
}

async function byBadge({prisma}: StoreContext, code: string): Promise<staff | 'refused'> {
  const badge = readBadge(code);
  const person = badge && (await prisma.staff.findUnique({where: {id: badge.staff_id}}));
  const right = await isSecret(badge?.secret ?? '', person?.badge_hash ?? null);
  return right && person?.active ? person : 'refused';
}

async function byPin(
  {prisma}: StoreContext,
  {staff_id, pin}: {staff_id: string; pin: string},
): Promise<staff | 'refused' | 'pin_spent'> {
  const counted = await prisma.$executeRaw`UPDATE staff SET pin_failures = pin_failures + 1
    WHERE id = ${staff_id} AND pin_failures < ${PIN_TRIES}`;
  const person = await prisma.staff.findUnique({where: {id: staff_id}});
  if (person && counted === 0) return 'pin_spent';
  const right = await isSecret(pin, person?.pin_hash ?? null);
  if (!right || !person?.active) return 'refused';
  await prisma.staff.update({where: {id: staff_id}, data: {pin_failures: 0}});
  return person;
}

/** False where badge, PIN or password were replaced while they were looked at. A device has one session, a person at a desk may have several. */
export function beginSession(
  context: StoreContext,
  device: string | null,
  person: staff,
  token: string,
): Promise<boolean> {
  const at = context.now();
  return transact(context, async (tx) => {
    const {id, badge_hash, pin_hash, password_hash} = person;
    const same = await tx.$queryRaw<unknown[]>`SELECT 1 FROM staff WHERE id = ${id} AND active
      AND badge_hash IS NOT DISTINCT FROM ${badge_hash} AND pin_hash IS NOT DISTINCT FROM ${pin_hash}
      AND password_hash IS NOT DISTINCT FROM ${password_hash} FOR SHARE`;
    if (same.length === 0) return false;
    if (device !== null) await tx.sessions.updateMany({where: {device, ended_at: null}, data: {ended_at: at}});
    await tx.sessions.create({
      data: {token_hash: hashToken(token), staff_id: person.id, device, started_at: at, seen_at: at},
    });
    return true;
  });
}
