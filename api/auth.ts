import {createHash} from 'node:crypto';
import type {Request} from 'express';
import {FLOOR_ROLES} from '../domain/floor/roles.ts';
import {staffClient} from '../domain/floor/sign-in.ts';
import type {StoreContext} from '../store/context.ts';
import {findApiKey} from '../store/find-api-key.ts';
import {findSession} from '../store/find-session.ts';
import type {api_keys} from '../store/generated/client.ts';
import {DEVICE_COOKIE, isIdle, readCookie, requireOwnPage, SESSION_COOKIE, whoseWork} from './cookies.ts';
import {Problem} from './errors.ts';
import type {Permission, Role} from './permissions.ts';

export interface Caller {
  client_id: string;
  /** the one that lets them make this call */
  role: Role;
  /** all of theirs: a key has one, a person may have several */
  roles: readonly Role[];
  warehouse_id: string | null;
  /** whose purchase orders a supplier's key sees */
  supplier_id: string | null;
}

/** What an open call is made by. */
export const NOBODY: Caller = {
  client_id: 'anonymous',
  role: 'customer',
  roles: ['customer'],
  warehouse_id: null,
  supplier_id: null,
};

const CHALLENGE = {headers: {'WWW-Authenticate': 'Bearer'}};

export const hashKey = (key: string) => createHash('sha256').update(key).digest('hex');

/** Who calls, if they may: 401 without a valid key or session, 403 when no role of theirs is in the call's row. */
export async function authorize(store: StoreContext, request: Request, permission: Permission): Promise<Caller> {
  if (permission === 'public') return NOBODY;
  if (permission.local && request.headers.authorization === undefined && isLocal(request)) return NOBODY;
  const caller = await authenticate(store, request, permission.roles);
  const role = permission.roles.find((allowed) => caller.roles.includes(allowed));
  if (!role) throw new Problem('forbidden', `the role ${caller.roles.join(', ')} may not do that`);
  return {...caller, role};
}

const lookups = new WeakMap<StoreContext, Map<string, Promise<api_keys | null>>>();

/** Requests that come at the same moment share one look; nothing is remembered after its answer. */
function lookUp(store: StoreContext, hash: string): Promise<api_keys | null> {
  const running = lookups.get(store) ?? new Map<string, Promise<api_keys | null>>();
  lookups.set(store, running);
  const known = running.get(hash);
  if (known) return known;
  const look = findApiKey(store, hash).finally(() => running.delete(hash));
  running.set(hash, look);
  return look;
}

/** A key in the header counts before cookies; a device's cookie only for what devices do. */
async function authenticate(store: StoreContext, request: Request, roles: readonly Role[]): Promise<Caller> {
  const {authorization} = request.headers;
  if (authorization !== undefined) return byKey(store, /^Bearer ([\x21-\x7e]{16,500})$/i.exec(authorization)?.[1]);
  const device = roles.includes('device') ? readCookie(request, DEVICE_COOKIE) : null;
  const session = readCookie(request, SESSION_COOKIE);
  if (device === null && session === null) {
    throw new Problem('unauthenticated', 'send Authorization: Bearer <key>', CHALLENGE);
  }
  requireOwnPage(request);
  return device === null ? bySession(store, String(session), request) : byKey(store, device);
}

async function byKey(store: StoreContext, key: string | undefined): Promise<Caller> {
  const found = key === undefined ? null : await lookUp(store, hashKey(key));
  if (!found) throw new Problem('unauthenticated', 'this key is not known', CHALLENGE);
  const {client_id, warehouse_id, supplier_id} = found;
  const role = found.role as Role;
  return {client_id, role, roles: [role], warehouse_id, supplier_id};
}

/** Badge and PIN are for the floor: under them nobody is of the office, whatever they are at a desk. */
async function bySession(store: StoreContext, token: string, request: Request): Promise<Caller> {
  const session = await findSession(store, token, isIdle(request));
  if (!session) throw new Problem('unauthenticated', 'you are not signed in any more', CHALLENGE);
  const {person, at_desk} = session;
  const whose = whoseWork(request);
  if (whose !== null && whose !== staffClient(person.id))
    throw new Problem('unauthenticated', 'somebody else is signed in on this device now', CHALLENGE);
  const onFloor: readonly string[] = FLOOR_ROLES;
  const roles = person.roles.filter((role) => at_desk || onFloor.includes(role)) as Role[];
  const [role = 'picker'] = roles;
  return {client_id: staffClient(person.id), role, roles, warehouse_id: person.warehouse_id, supplier_id: null};
}

/** Behind a proxy every request comes from this machine: one that was passed on does not count. */
export function isLocal(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  const passedOn = 'x-forwarded-for' in request.headers || 'forwarded' in request.headers;
  return !passedOn && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(address);
}
