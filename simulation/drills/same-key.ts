import type {OrderBody} from '../api-types.ts';
import type {Reply} from '../http.ts';
import {randomStream} from '../random.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {layOut} from '../world/lay-out.ts';
import {type Killing, killInTurns} from './killing.ts';
import {withTemporal} from './look-inside.ts';
import type {DrillResult} from './main.ts';
import {allHolds, countBy, type Ground, numberOf, onOwnGround, ORDINARY, settled, shopWith} from './support.ts';

interface Wanted {
  times: number;
  keys: number;
  /** seconds of service after which the API is killed; 0 is never */
  killApi: number;
  /** keys that are under way at the same time */
  atOnce: number;
  seed: number;
}

/**
 * The same order many times at once under one key is one order, one run, one hold and one answer, also while the API
 * is killed again and again; the key with another order is refused.
 */
export function sameKey(args: readonly string[]): Promise<DrillResult> {
  const wanted: Wanted = {
    times: numberOf(args, 'times', 50),
    keys: numberOf(args, 'keys', 100),
    killApi: numberOf(args, 'kill-api', 2, 0),
    atOnce: numberOf(args, 'at-once', 5),
    seed: numberOf(args, 'seed', 1),
  };
  return onOwnGround(async (ground) => {
    const {client, progress} = ground;
    const {keys, times, killApi} = wanted;
    const kills = killApi > 0 ? `, the API is killed after each ${killApi} s of service` : '';
    progress.say(`  ${keys} orders, each sent ${times} times at once under its key${kills}`);
    await layOut(client, shopWith([]), 'drill', () => undefined);
    const killing = killApi > 0 ? killInTurns(ground.system, ['api'], killApi) : undefined;
    const rounds = await playAll(ground, wanted).finally(() => killing?.stop());
    return judge(ground, wanted, rounds, killing);
  });
}

async function playAll(ground: Ground, wanted: Wanted): Promise<Round[]> {
  const rounds: Round[] = [];
  let next = 0;
  const hand = async () => {
    while (next < wanted.keys) {
      next += 1;
      rounds.push(await oneKey(ground, wanted, next));
      if (rounds.length % 10 === 0) ground.progress.say(`  ${rounds.length} of ${wanted.keys}`);
    }
  };
  await Promise.all(Array.from({length: wanted.atOnce}, hand));
  return rounds;
}

async function judge(ground: Ground, wanted: Wanted, rounds: Round[], killing?: Killing): Promise<DrillResult> {
  const {system, client, retries} = ground;
  const {keys} = wanted;
  const holds = await settled(
    () => allHolds(system),
    (all) => all.length >= keys,
  );
  const orders = await client.orders();
  const runs = await runsOf(ground);
  const seen = {
    keys,
    kills: killing?.kills ?? 0,
    seconds: Math.round(killing?.seconds() ?? 0),
    orders: orders.length,
    workflows: runs.length,
    holds: holds.length,
    answers: countBy(rounds.flatMap(({statuses}) => statuses)),
    retries,
    other_body: countBy(rounds.map(({otherBody}) => otherBody)),
    repeated_later: countBy(rounds.map(({later}) => later)),
  };
  const failures = rounds.flatMap((round) => round.failures);
  const counts = {orders: orders.length, workflows: new Set(runs).size, runs: runs.length, holds: holds.length};
  for (const [what, n] of Object.entries(counts)) if (n !== keys) failures.push(`${n} ${what} instead of ${keys}`);
  if (wanted.killApi > 0 && seen.kills === 0) failures.push('the API was never killed');
  return {seen, failures};
}

/** Workflow ids of all runs of orders. */
function runsOf({system}: Ground): Promise<string[]> {
  return withTemporal(system, async ({workflow}) => {
    const ids: string[] = [];
    for await (const {workflowId} of workflow.list({query: 'WorkflowType = "orderWorkflow"'})) ids.push(workflowId);
    return ids;
  });
}

interface Round {
  statuses: string[];
  otherBody: string;
  later: string;
  failures: string[];
}

async function oneKey({client}: Ground, {seed, times}: Wanted, index: number): Promise<Round> {
  const key = `drill-same-${index}`;
  const sku = ORDINARY[index % ORDINARY.length] ?? 'SIM-001';
  const body: OrderBody = {
    ...inventedShopper(randomStream(seed, key), index),
    lines: [{sku, qty: 1}],
    payment_method: 'pm_card_visa',
    delivery_sla: 'STANDARD',
  };
  const replies = await Promise.all(Array.from({length: times}, () => client.placeOrderRaw(body, key)));
  const other = await client.placeOrderRaw({...body, lines: [{sku, qty: 2}]}, key);
  const later = await client.placeOrderRaw(body, key);
  const taken = [...replies, later].filter(({status}) => status >= 200 && status < 300);
  const kinds = new Set(taken.map((reply) => JSON.stringify([reply.status, reply.body])));
  const stray = replies.filter(({status}) => status !== 201 && status !== 202);
  return {
    statuses: replies.map(nameOf),
    otherBody: nameOf(other),
    later: nameOf(later),
    failures: [
      ...(kinds.size === 1 ? [] : [`the answers to key ${key} are of ${kinds.size} kinds`]),
      ...(stray.length === 0 ? [] : [`key ${key} was answered ${JSON.stringify(countBy(stray.map(nameOf)))}`]),
      ...(other.status === 422 ? [] : [`another order under key ${key} was answered ${nameOf(other)} instead of 422`]),
      ...(later.headers['idempotent-replayed'] === 'true' ? [] : [`a later repeat of key ${key} was ${nameOf(later)}`]),
    ],
  };
}

function nameOf(reply: Reply): string {
  const {code} = (reply.body ?? {}) as {code?: string};
  const replayed = reply.headers['idempotent-replayed'] === 'true' ? ' replayed' : '';
  return `${reply.status}${code ? ` ${code}` : ''}${replayed}`;
}
