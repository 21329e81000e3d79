import type {Request} from 'express';
import {staffClient} from '../domain/floor/sign-in.ts';
import type {FloorWorker} from '../store/claim-task.ts';
import {deviceOfSession} from '../store/find-session.ts';
import {type Credential, identify, type NotKnown} from '../store/sign-in.ts';
import type {Caller} from './auth.ts';
import {readCookie, SESSION_COOKIE} from './cookies.ts';
import type {ApiDeps} from './deps.ts';
import {Problem} from './errors.ts';
import {type Role, rolesOf} from './permissions.ts';

interface Given {
  badge?: string | undefined;
  staff_id?: string | undefined;
  pin?: string | undefined;
}

export const credentialOf = ({badge, staff_id = '', pin = ''}: Given): Credential =>
  badge === undefined ? {staff_id, pin} : {badge};

/** Why somebody is not let in. */
export function notLetIn(result: NotKnown, now: Date): Problem {
  switch (result.outcome) {
    case 'refused':
      return new Problem('sign_in_refused', 'this badge, or this number and PIN, lets nobody in');
    case 'elsewhere':
      return new Problem('sign_in_refused', 'you work in another warehouse: this device belongs to this one');
    case 'pin_spent':
      return new Problem('sign_in_refused', 'too many wrong PINs: use your badge, or ask the lead for a new PIN');
    case 'wait':
      return waitFor(result.until, now);
  }
}

/** Too many wrong tries: until when to wait. */
export function waitFor(until: Date, now: Date): Problem {
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000));
  const options = {headers: {'Retry-After': String(seconds)}, members: {until: until.toISOString()}};
  return new Problem('sign_in_locked', `too many wrong tries: try again in ${seconds} s`, options);
}

/** The second person of a call, who shows a badge or types a PIN on the caller's device and may make the call as well. */
export async function secondPerson(
  {store}: ApiDeps,
  {caller, request, operation}: {caller: Caller; request: Request; operation: string},
  given: Given,
): Promise<FloorWorker> {
  const token = readCookie(request, SESSION_COOKIE);
  const device = token === null ? null : await deviceOfSession(store, token);
  const {client_id, warehouse_id} = caller;
  const known = await identify(store, device ?? {client_id, warehouse_id}, credentialOf(given));
  if (known.outcome !== 'known') throw notLetIn(known, store.now());
  const {id, roles, warehouse_id: at} = known.person;
  const role = rolesOf(operation).find((allowed) => (roles as Role[]).includes(allowed));
  if (!role) throw new Problem('forbidden', 'this person may not do that');
  return {actor: staffClient(id), role, warehouse_id: at};
}
