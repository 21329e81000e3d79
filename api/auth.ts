import {createHash} from 'node:crypto';
import type {Request} from 'express';
import type {StoreContext} from '../store/context.ts';
import {findApiKey} from '../store/find-api-key.ts';
import type {api_keys} from '../store/generated/client.ts';
import {Problem} from './errors.ts';
import type {Permission, Role} from './permissions.ts';

export interface Caller {
  client_id: string;
  role: Role;
  warehouse_id: string | null;
  /** whose purchase orders a supplier's key sees */
  supplier_id: string | null;
}

/** What an open call is made by. */
export const NOBODY: Caller = {client_id: 'anonymous', role: 'customer', warehouse_id: null, supplier_id: null};

const CHALLENGE = {headers: {'WWW-Authenticate': 'Bearer'}};

export const hashKey = (key: string) => createHash('sha256').update(key).digest('hex');

/** Who calls, if they may: 401 without a valid key, 403 when the role is not in the call's row. */
export async function authorize(store: StoreContext, request: Request, permission: Permission): Promise<Caller> {
  if (permission === 'public') return NOBODY;
  if (permission.local && request.headers.authorization === undefined && isLocal(request)) return NOBODY;
  const caller = await authenticate(store, request.headers.authorization);
  if (!permission.roles.includes(caller.role))
    throw new Problem('forbidden', `the role ${caller.role} may not do that`);
  return caller;
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

async function authenticate(store: StoreContext, header: string | undefined): Promise<Caller> {
  if (header === undefined) throw new Problem('unauthenticated', 'send Authorization: Bearer <key>', CHALLENGE);
  const key = /^Bearer ([\x21-\x7e]{16,500})$/i.exec(header)?.[1];
  const found = key === undefined ? null : await lookUp(store, hashKey(key));
  if (!found) throw new Problem('unauthenticated', 'this key is not known', CHALLENGE);
  const {client_id, role, warehouse_id, supplier_id} = found;
  return {client_id, role: role as Role, warehouse_id, supplier_id};
}

/** Behind a proxy every request comes from this machine: one that was passed on does not count. */
function isLocal(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  const passedOn = 'x-forwarded-for' in request.headers || 'forwarded' in request.headers;
  return !passedOn && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(address);
}
