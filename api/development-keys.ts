import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {StoreContext} from '../store/context.ts';
import {giveCredentials, putStaff} from '../store/put-staff.ts';
import {type NewApiKey, registerApiKeys} from '../store/register-api-keys.ts';
import {anyhow} from '../store/set-up/keep.ts';
import {isSecret} from '../store/staff-secret.ts';
import type {StartPeople} from '../web/start-page.ts';
import {hashKey} from './auth.ts';
import {ROLES} from './permissions.ts';

interface DeskPerson {
  login: string;
  password: string;
}

/** Takes in the file `{role: key, people}` that `npm start` writes: a client `dev-<role>` and a person for each role. */
export async function takeDevelopmentKeys(store: StoreContext, file: string): Promise<void> {
  const {people = {}, ...keys} = read(file) as Record<string, unknown>;
  const known = new Set<string>(ROLES);
  const rows = Object.entries(keys).flatMap(([role, key]): NewApiKey[] =>
    known.has(role) && typeof key === 'string' ? [{role, client_id: `dev-${role}`, key_hash: hashKey(key)}] : [],
  );
  await registerApiKeys(store, rows);
  const seated = Object.entries(people as Record<string, DeskPerson>);
  await Promise.all(seated.map(([role, person]) => seat(store, role, person)));
}

/** A person of the office, once; what was changed about them since stays, but the password is the file's. */
async function seat(store: StoreContext, role: string, {login, password}: DeskPerson): Promise<void> {
  const by = 'dev-admin';
  const found = await store.prisma.staff.findUnique({where: {id: login}});
  if (await isSecret(password, found?.password_hash ?? null)) return;
  const name = `${login.charAt(0).toUpperCase()}${login.slice(1)} (development)`;
  if (!found) await putStaff(store, {id: login, name, warehouse_id: null, roles: [role], active: true}, anyhow(by));
  await giveCredentials(store, login, {badge: false, pin: null, password, by});
}

/** Who may come in where, for the start page: people of the office, and the demo's people of the floor once it is seeded. */
export function developmentPeople(file: string): StartPeople {
  const {people = {}, device} = read(file) as {people?: Record<string, DeskPerson>; device?: string};
  const demo = join(dirname(file), 'demo.json');
  const {staff = []} = (existsSync(demo) ? read(demo) : {}) as {staff?: StartPeople['floor']};
  const office = Object.entries(people).map(([role, person]) => ({role, ...person}));
  return {office, floor: staff, device: device ?? null};
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
