import type {OrderBody} from '../api-types.ts';
import type {Reply} from '../http.ts';
import {randomStream} from '../random.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {layOut} from '../world/lay-out.ts';
import type {DrillResult} from './main.ts';
import {type Ground, liveHolds, numberOf, onOwnGround, settled, shopWith} from './support.ts';

/** The same order many times at once under one key is one order; the key with another order is refused. */
export function sameKey(args: readonly string[]): Promise<DrillResult> {
  const [times, keys, seed] = [numberOf(args, 'times', 50), numberOf(args, 'keys', 1), numberOf(args, 'seed', 1)];
  return onOwnGround(async (ground) => {
    const {client, progress, system} = ground;
    progress.say(`  ${keys} orders, each sent ${times} times at once under its key`);
    await layOut(client, shopWith('SIM-HOT', 10_000), 'drill', () => undefined);
    const rounds: Round[] = [];
    for (let i = 0; i < keys; i += 1) rounds.push(await oneKey(ground, seed, i, times));
    const holds = await settled(
      () => liveHolds(system),
      (live) => live.length === keys,
    );
    const seen = {
      orders_made: new Set(rounds.flatMap(({orderIds}) => orderIds)).size,
      answers: countBy(rounds.flatMap(({statuses}) => statuses)),
      other_body: countBy(rounds.map(({otherBody}) => otherBody)),
      repeated_later: countBy(rounds.map(({later}) => later)),
      live_holds: holds.length,
    };
    const failures = rounds.flatMap(({failures}) => failures);
    if (holds.length !== keys) failures.push(`${holds.length} holds are alive instead of ${keys}`);
    return {seen, failures};
  });
}

interface Round {
  orderIds: string[];
  statuses: string[];
  otherBody: string;
  later: string;
  failures: string[];
}

async function oneKey({client}: Ground, seed: number, index: number, times: number): Promise<Round> {
  const key = `drill-same-${index}`;
  const body: OrderBody = {
    ...inventedShopper(randomStream(seed, key), index),
    lines: [{sku: 'SIM-HOT', qty: 1}],
    payment_method: 'pm_card_visa',
    delivery_sla: 'STANDARD',
  };
  const replies = await Promise.all(Array.from({length: times}, () => client.placeOrderRaw(body, key)));
  const other = await client.placeOrderRaw({...body, lines: [{sku: 'SIM-HOT', qty: 2}]}, key);
  const later = await client.placeOrderRaw(body, key);
  const taken = replies.filter(({status}) => status === 201 || status === 202);
  const orderIds = [...new Set(taken.map(({body: answer}) => (answer as {order_id: string}).order_id))];
  const stray = replies.filter(({status}) => ![201, 202, 409].includes(status));
  const bodies = new Set(taken.filter(({status}) => status === 201).map(({body: answer}) => JSON.stringify(answer)));
  return {
    orderIds,
    statuses: replies.map(nameOf),
    otherBody: nameOf(other),
    later: nameOf(later),
    failures: [
      ...(orderIds.length === 1 ? [] : [`key ${key} made ${orderIds.length} orders`]),
      ...(bodies.size <= 1 ? [] : [`the answers to key ${key} differ: ${bodies.size} kinds`]),
      ...(stray.length === 0 ? [] : [`key ${key} was answered ${stray.map(nameOf).join(', ')}`]),
      ...(other.status === 422 ? [] : [`another order under key ${key} was answered ${nameOf(other)} instead of 422`]),
      ...(later.status === 201 ? [] : [`a later repeat of key ${key} was answered ${nameOf(later)} instead of 201`]),
    ],
  };
}

function nameOf(reply: Reply): string {
  const {code} = (reply.body ?? {}) as {code?: string};
  const replayed = reply.headers['idempotent-replayed'] === 'true' ? ' replayed' : '';
  return `${reply.status}${code ? ` ${code}` : ''}${replayed}`;
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
