import type {OrderBody} from '../api-types.ts';
import {randomStream} from '../random.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {layOut} from '../world/lay-out.ts';
import type {DrillResult} from './main.ts';
import {type Ground, liveHolds, numberOf, onOwnGround, settled, shopWith} from './support.ts';

const HOT = 'SIM-HOT';

interface Answer {
  status: number;
  code: string | undefined;
  ms: number;
}

/** Many buyers at once, few units, not to be backordered: exactly the units are sold, the rest is told and let go. */
export function hotSku(args: readonly string[]): Promise<DrillResult> {
  const [buyers, units, others] = [
    numberOf(args, 'buyers', 300),
    numberOf(args, 'units', 100),
    numberOf(args, 'others', 30),
  ];
  const seed = numberOf(args, 'seed', 1);
  return onOwnGround(async (ground) => {
    const {client, progress, system} = ground;
    progress.say(`  ${buyers} buyers for ${units} units, ${others} who buy something else meanwhile`);
    await layOut(client, shopWith(HOT, units), 'drill', () => undefined);
    const calm = await all(Array.from({length: others}, (_, i) => buy(ground, seed, `calm-${i}`, i, 'SIM-001')));
    const [hot, beside] = await Promise.all([
      all(Array.from({length: buyers}, (_, i) => buy(ground, seed, `hot-${i}`, 1_000 + i, HOT))),
      all(Array.from({length: others}, (_, i) => buy(ground, seed, `beside-${i}`, 10_000 + i, 'SIM-002'))),
    ]);
    const sold = hot.filter(({status}) => status === 201).length;
    const turnedAway = hot.filter(({status, code}) => status === 409 && code === 'out_of_stock').length;
    const defects = [...hot, ...beside].filter(({status}) => status >= 500).length;
    const wanted = Math.min(units, buyers) + 2 * others;
    const holds = await settled(
      () => liveHolds(system),
      (live) => live.length === wanted,
    );
    const stock = await client.stock(HOT);
    const seen = {
      buyers,
      units,
      accepted: sold,
      out_of_stock: turnedAway,
      other_answers: hot.length - sold - turnedAway,
      server_errors: defects,
      live_holds: holds.length,
      live_holds_expected: wanted,
      stock,
      p99_ms: {others_before: p99(calm), others_meanwhile: p99(beside), buyers: p99(hot)},
    };
    return {seen, failures: judge({sold, turnedAway, defects, holds: holds.length, wanted, buyers, units})};
  });
}

function judge(
  n: Record<'sold' | 'turnedAway' | 'defects' | 'holds' | 'wanted' | 'buyers' | 'units', number>,
): string[] {
  const expected = Math.min(n.units, n.buyers);
  return [
    ...(n.sold === expected ? [] : [`${n.sold} orders were accepted instead of ${expected}`]),
    ...(n.turnedAway === n.buyers - expected
      ? []
      : [`${n.turnedAway} were told out_of_stock instead of ${n.buyers - expected}`]),
    ...(n.defects === 0 ? [] : [`${n.defects} answers were server errors`]),
    ...(n.holds === n.wanted ? [] : [`${n.holds} holds are alive instead of ${n.wanted}`]),
  ];
}

async function buy({client}: Ground, seed: number, key: string, index: number, sku: string): Promise<Answer> {
  const body: OrderBody = {
    ...inventedShopper(randomStream(seed, key), index),
    lines: [{sku, qty: 1}],
    payment_method: 'pm_card_visa',
    delivery_sla: 'STANDARD',
    allow_backorder: false,
  };
  const began = performance.now();
  const reply = await client.placeOrderRaw(body, `drill-${key}`);
  const ms = performance.now() - began;
  if (reply.status === 202) return {...(await verdict(client, reply.body)), ms};
  const {code} = (reply.body ?? {}) as {code?: string};
  return {status: reply.status, code, ms};
}

/** A 202 has no verdict yet: the order is asked until it has stock or is cancelled for the lack of it. */
async function verdict(client: Ground['client'], body: unknown): Promise<Pick<Answer, 'status' | 'code'>> {
  const {order_id} = body as {order_id: string};
  const order = await settled(
    () => client.order(order_id),
    (one) => !['pending', 'payment_processing', 'paid'].includes(one.status),
  );
  return order.status === 'cancelled' ? {status: 409, code: 'out_of_stock'} : {status: 201, code: undefined};
}

const all = <T>(promises: Promise<T>[]) => Promise.all(promises);

function p99(answers: readonly Answer[]): number {
  const sorted = answers.map(({ms}) => ms).sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0);
}
