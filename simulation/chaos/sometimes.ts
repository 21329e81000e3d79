import {Client, Connection} from '@temporalio/client';
import pg from 'pg';
import {send} from '../http.ts';
import type {Report} from '../report.ts';
import type {System} from '../system.ts';
import type {Done} from './director.ts';
import {FORGED_ID} from './forge.ts';
import {WEATHERS} from './proxy.ts';
import {FAULT_NAMES} from './provider-faults.ts';
import {EMULATORS, FORGERIES, OURS, PLACES} from './schedule.ts';

/** How often each thing that must happen in a run happened: without it the run proves nothing about it. */
export interface Sometimes {
  /** each kind of fault fired and was seen at its target */
  X1: Record<string, number>;
  /** each branch of recovery was reached */
  X2: Record<string, number>;
  /** orders in each terminal state */
  X3: Record<string, number>;
  /** lost races that were answered out of stock */
  X4: Record<string, number>;
}

/** Branches that the product does not have yet: their absence makes no run void. */
const OPTIONAL: ReadonlySet<string> = new Set(['continued_as_new', 'dead_letter']);
const TERMINAL = ['delivered', 'cancelled', 'refunded'];

/** Counts it from Stripe's books, the database, Temporal and what the disturbance saw itself. */
export async function countSometimes(system: System, done: Done): Promise<Sometimes> {
  const stripe = await readStripe(`${system.urls.stripe}/_control/ledger?requests=1`);
  return withDatabase(system.urls.database ?? '', async (one) => ({
    X1: {...happened(done), mismatch_seen: await one(MISMATCHES), forged_stored: await one(FORGED_STORED)},
    X2: {
      look_up: lookUps(stripe),
      key_rotation: rotations(stripe),
      void: stripe.cancels.filter(({idempotency_key}) => idempotency_key !== null).length,
      renewal: await one(RENEWALS),
      ...(await readTemporal(system, done)),
      dead_letter: 0,
    },
    X3: await byState(one),
    X4: {lost_race_out_of_stock: await one(LOST_RACES)},
  }));
}

/** What should have happened at least once, but did not. */
export function missing({X1, X2, X3, X4}: Sometimes): string[] {
  return Object.entries({X1, X2, X3, X4}).flatMap(([id, counts]) =>
    Object.entries(counts)
      .filter(([name, count]) => count === 0 && !OPTIONAL.has(name) && name !== 'forged_stored')
      .map(([name]) => `${id} ${name.replaceAll('_', ' ')}`),
  );
}

/** Sentences about what must never happen, seen on the way. */
export function neverSeen(
  report: Report,
  {X1}: Sometimes,
  {forged}: Done,
): {id: string; subject: string; sentence: string}[] {
  const defects = report.happened['retry.500'] ?? 0;
  const found = [...forged.wrong.map((sentence) => ({id: 'F24', subject: 'webhooks', sentence}))];
  if (defects > 0) {
    const sentence = `${defects} answers were 500: an outage is told as 503 with Retry-After`;
    found.push({id: 'F35', subject: 'API', sentence});
  }
  if ((X1['forged_stored'] ?? 0) > 0) {
    found.push({id: 'F24', subject: 'webhooks', sentence: 'a webhook whose signature is wrong was stored'});
  }
  return found;
}

function happened({kills, network, faults, forged}: Done): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...OURS, ...EMULATORS, 'postgres', 'temporal']) {
    counts[`kill ${name}`] = kills.filter(({victim}) => victim === name).length;
  }
  for (const place of PLACES)
    for (const kind of WEATHERS) counts[`${place} ${kind}`] = network[`${place} ${kind}`] ?? 0;
  for (const name of FAULT_NAMES) counts[name] = faults[name] ?? 0;
  for (const name of FORGERIES) counts[name] = forged.answered[name] ?? 0;
  return counts;
}

interface StripeBooks {
  cancels: {idempotency_key: string | null}[];
  requests: {method: string; path: string; idempotency_key: string | null; status: number}[];
}

async function readStripe(url: string): Promise<StripeBooks> {
  const {body} = await send({method: 'GET', url});
  return body as StripeBooks;
}

/** Lists asked for before a hold was taken again. */
function lookUps({requests}: StripeBooks): number {
  return requests.filter((r) => r.method === 'GET' && r.path === '/v1/payment_intents' && r.status === 200).length;
}

/** Keys with a number behind, where the same key without it was used before. */
function rotations({requests}: StripeBooks): number {
  const keys = new Set(requests.flatMap(({idempotency_key: key}) => key ?? []));
  return [...keys].filter((key) => /:\d+$/.test(key) && keys.has(key.replace(/:\d+$/, ''))).length;
}

const MISMATCHES = `SELECT count(*)::int AS n FROM webhook_inbox WHERE event_id LIKE '${FORGED_ID}%' AND outcome = 'mismatch'`;
/** Only the three kinds that are signed as if they were true may ever be stored. */
const FORGED_STORED = `SELECT count(*)::int AS n FROM webhook_inbox WHERE event_id LIKE '${FORGED_ID}%' AND outcome NOT IN ('mismatch', 'not_ours')`;
const RENEWALS = `SELECT count(*)::int AS n FROM payments WHERE purpose IN ('renewal', 'remainder') AND provider_ref IS NOT NULL`;
const IN_STATE = 'SELECT count(*)::int AS n FROM orders WHERE status = $1';
const LOST_RACES = `SELECT count(*)::int AS n FROM orders o JOIN idempotency_keys k ON k.subject_id = o.id
  WHERE o.cancel_reason = 'out_of_stock' AND k.response_status = 409 AND EXISTS (SELECT FROM payments p WHERE p.order_id = o.id)`;

type One = (sql: string, values?: unknown[]) => Promise<number>;

async function withDatabase<T>(url: string, work: (one: One) => Promise<T>): Promise<T> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  try {
    return await work(async (sql, values) => (await client.query<{n: number}>(sql, values)).rows[0]?.n ?? 0);
  } finally {
    await client.end();
  }
}

/** Runs that went on in another one, and runs that outlived the death of a worker. */
async function readTemporal({urls, env}: System, {kills}: Done): Promise<Record<string, number>> {
  const deaths = kills.filter(({victim}) => victim.startsWith('worker')).map(({at}) => at);
  const connection = await Connection.connect({address: urls.temporal ?? '', connectTimeout: '10s'});
  const counts = {continued_as_new: 0, replay_after_kill: 0};
  try {
    const {workflow} = new Client({connection, namespace: env.TEMPORAL_NAMESPACE ?? 'default'});
    for await (const {status, startTime, closeTime} of workflow.list({pageSize: 1_000})) {
      if (status.name === 'CONTINUED_AS_NEW') counts.continued_as_new += 1;
      const outlived = deaths.some((at) => startTime.getTime() < at && at < (closeTime?.getTime() ?? 0));
      if (outlived && status.name === 'COMPLETED') counts.replay_after_kill += 1;
    }
    return counts;
  } finally {
    await connection.close();
  }
}

async function byState(one: One): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const status of TERMINAL) counts[status] = await one(IN_STATE, [status]);
  return counts;
}
