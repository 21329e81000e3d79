import {worksAtDesk} from '../domain/floor/roles.ts';
import {deskTries, TRIES_KEPT_MS} from '../domain/floor/sign-in.ts';
import type {StoreContext} from './context.ts';
import type {staff} from './generated/client.ts';
import {newToken} from './ids.ts';
import {giveCredentials} from './put-staff.ts';
import {beginSession, countTry, forgetTries, type SignIn} from './sign-in.ts';
import {isSecret} from './staff-secret.ts';

/**
 * Lets a person of the office in. Tries are counted by login before they are judged, also of logins that nobody has,
 * and a wrong one takes as long: neither the answer nor its time tells who works here.
 */
export async function signInAtDesk(context: StoreContext, login: string, password: string): Promise<SignIn> {
  const subject = deskTries(login);
  const until = await countTry(context, subject);
  if (until) return {outcome: 'wait', until};
  await forgetOldTries(context);
  const person = await byPassword(context, login, password);
  if (!person || !worksAtDesk(person.roles)) return {outcome: 'refused'};
  const token = newToken();
  if (!(await beginSession(context, null, person, token))) return {outcome: 'refused'};
  await forgetTries(context, subject);
  return {outcome: 'in', person, token};
}

async function byPassword({prisma}: StoreContext, login: string, password: string): Promise<staff | null> {
  const person = await prisma.staff.findUnique({where: {id: login}});
  const right = await isSecret(password, person?.password_hash ?? null);
  return right && person?.active ? person : null;
}

/** Anybody can name a login: what was tried and forgotten about must not pile up. */
async function forgetOldTries({prisma, now}: StoreContext): Promise<void> {
  const before = new Date(now().getTime() - TRIES_KEPT_MS);
  await prisma.sign_in_tries.deleteMany({where: {subject: {startsWith: deskTries('')}, tried_at: {lt: before}}});
}

/**
 * Somebody's own new password, if they know the one before; null when they do not. They are signed out everywhere
 * else, and here again under a new token.
 */
export async function changePassword(
  context: StoreContext,
  {staffId, current, next}: {staffId: string; current: string; next: string},
): Promise<SignIn> {
  const subject = deskTries(staffId);
  const until = await countTry(context, subject);
  if (until) return {outcome: 'wait', until};
  if (!(await byPassword(context, staffId, current))) return {outcome: 'refused'};
  await giveCredentials(context, staffId, {badge: false, pin: null, password: next, by: `staff:${staffId}`});
  await forgetTries(context, subject);
  return signInAtDesk(context, staffId, next);
}
