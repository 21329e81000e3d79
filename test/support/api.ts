import {randomBytes} from 'node:crypto';
import type {Server} from 'node:http';
import type {Client} from '@temporalio/client';
import supertest from 'supertest';
import {buildApp} from '../../api/app.ts';
import {hashKey} from '../../api/auth.ts';
import type {ApiDeps} from '../../api/deps.ts';
import {createMetrics} from '../../api/metrics.ts';
import {ROLES, type Role} from '../../api/permissions.ts';
import {createHttpServer, listen} from '../../api/serve.ts';
import {createTurns} from '../../api/turns.ts';
import type {Policy} from '../../domain/policy/policy.ts';
import {REAL_TIME, sharedTime} from '../../domain/time/shared-clock.ts';
import {closeStore, openStore, type StoreContext} from '../../store/context.ts';
import {policyInForce} from '../../store/ops/switches.ts';
import {currentPolicy, keepPolicy} from '../../store/policies.ts';
import {registerApiKeys} from '../../store/register-api-keys.ts';
import {createVault} from '../../store/vault.ts';
import {createTestDatabase} from './database.ts';
import {acceptsAll, type FakeRuns, fakeTemporal} from './fake-temporal.ts';

export const TEST_KEYS = {masterKey: randomBytes(32).toString('hex'), indexKey: randomBytes(32).toString('hex')};
export const STRIPE_SECRET = 'whsec_test_0123456789abcdef';
export const EASYPOST_SECRET = 'easypost_test_0123456789';
export const TWILIO_TOKEN = 'twilio_test_0123456789abcdef';

export interface TestApi {
  store: StoreContext;
  databaseUrl: string;
  deps: ApiDeps;
  runs: FakeRuns;
  port: number;
  keys: Record<Role, string>;
  /** log lines, as far as they are fields */
  logged: object[];
  /** calls as a role, with a fresh Idempotency-Key on every POST unless the test sets one */
  as: (role: Role) => Caller;
  anonymous: ReturnType<typeof supertest>;
  close: () => Promise<void>;
}

export interface Caller {
  get: (path: string) => supertest.Test;
  put: (path: string, body: object) => supertest.Test;
  post: (path: string, body?: object | string, key?: string) => supertest.Test;
}

let count = 0;
export const freshKey = () => `test-${process.pid}-${(count += 1)}`;

/** The edge on a database of its own, listening on a free port. */
export async function startTestApi(
  change: Partial<ApiDeps> & {temporal?: Client} = {},
  chosen?: Policy,
): Promise<TestApi> {
  const database = await createTestDatabase();
  const clock = change.clock ?? REAL_TIME;
  const now = () => new Date(sharedTime(clock, Date.now()));
  const store = openStore({databaseUrl: database.url, vault: createVault(TEST_KEYS), now});
  const runs = acceptsAll();
  const logged: object[] = [];
  const log = (fields: object) => void logged.push(fields);
  const policy = chosen ? await keepPolicy(store, chosen) : await currentPolicy(store, 'open');
  const deps: ApiDeps = {
    store,
    temporal: fakeTemporal(runs),
    taskQueue: 'test',
    clock,
    logger: {info: log, warn: log, error: log},
    metrics: createMetrics({process: false, store}),
    publicUrl: 'http://shop.test',
    shopPaymentUrl: 'http://shop.test/pay?shop=1',
    timezone: 'UTC',
    stripeWebhookSecrets: [STRIPE_SECRET],
    easypostWebhookSecrets: [EASYPOST_SECRET],
    twilioAuthTokens: [TWILIO_TOKEN],
    checkoutLimit: null,
    turns: createTurns(),
    verdictWait: 5_000,
    policy: () => policyInForce(store, policy),
    draining: () => false,
    temporalUi: 'http://127.0.0.1:8233/namespaces/default',
    development: {temporalUi: 'http://127.0.0.1:8233', mail: null},
    ...change,
  };
  const keys = await giveKeys(store);
  const server = createHttpServer(buildApp(deps));
  const port = await listen(server, 0, '127.0.0.1');
  return {
    store,
    databaseUrl: database.url,
    deps,
    runs,
    port,
    keys,
    logged,
    as: (role) => callerOf(server, keys[role]),
    anonymous: supertest(server),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await closeStore(store);
      await database.drop();
    },
  };
}

async function giveKeys(store: StoreContext): Promise<Record<Role, string>> {
  const keys = Object.fromEntries(ROLES.map((role) => [role, `key-of-${role}-${randomBytes(12).toString('hex')}`]));
  const rows = Object.entries(keys).map(([role, key]) => ({role, client_id: `dev-${role}`, key_hash: hashKey(key)}));
  await registerApiKeys(store, rows);
  return keys as Record<Role, string>;
}

export function callerOf(server: Server, key: string): Caller {
  const agent = supertest(server);
  const bearer = {Authorization: `Bearer ${key}`};
  return {
    get: (path) => agent.get(path).set(bearer),
    put: (path, body) => agent.put(path).set(bearer).send(body),
    post: (path, body, key = freshKey()) => {
      const request = agent.post(path).set({...bearer, 'Idempotency-Key': key});
      if (body === undefined) return request;
      return typeof body === 'string' ? request.type('application/json').send(body) : request.send(body);
    },
  };
}

/** How many rows there are, by table: what was refused must not change it. */
export async function countRows(store: StoreContext): Promise<Record<string, number>> {
  const tables = await store.pool.query<{name: string}>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
  );
  const counts = tables.rows.map(async ({name}) => {
    const {rows} = await store.pool.query<{n: number}>(`SELECT count(*)::int AS n FROM "${name}"`);
    return [name, rows[0]?.n ?? 0] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}
