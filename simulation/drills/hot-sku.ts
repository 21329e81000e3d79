import type {OrderBody} from '../api-types.ts';
import {randomStream} from '../random.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {layOut} from '../world/lay-out.ts';
import type {DrillResult} from './main.ts';
import {
  countBy,
  type Ground,
  liveHolds,
  numberOf,
  onOwnGround,
  ORDINARY,
  p50,
  p99,
  settled,
  shopWith,
} from './support.ts';

const WARM_UP = 20;
/** Seconds for which the ordinary orders are watched before each rush. */
const CALM = 10;
/** Bar R6: how much slower than without the rush those may be served who buy something else. */
const RATIO = 2;

interface Answer {
  /** e.g. `201` or `409 out_of_stock` */
  name: string;
  /** refused only after the money had been held, which was let go again */
  held: boolean;
  ms: number;
}

interface Round {
  hot: Answer[];
  calm: Answer[];
  beside: Answer[];
  seconds: number;
}

interface Wanted {
  buyers: number;
  units: number;
  rounds: number;
  /** orders of something else a second, before and during the rush */
  rate: number;
  seed: number;
}

/**
 * Many buyers at once, few units, not to be backordered: exactly the units are sold, everybody else is told at once,
 * nobody is served an error, and those who buy something else meanwhile do not notice much. Each round has a product
 * of its own; what the others notice is the 99th percentile of their answers against the same stream without the rush.
 */
export function hotSku(args: readonly string[]): Promise<DrillResult> {
  const wanted: Wanted = {
    buyers: numberOf(args, 'buyers', 500),
    units: numberOf(args, 'units', 50),
    rounds: numberOf(args, 'rounds', 5),
    rate: numberOf(args, 'rate', 2),
    seed: numberOf(args, 'seed', 1),
  };
  return onOwnGround(async (ground) => {
    const {buyers, units, rounds, rate} = wanted;
    ground.progress.say(`  ${rounds} rounds of ${buyers} buyers for ${units} units, ${rate} other orders a second`);
    const layout = shopWith(Array.from({length: rounds}, (_, i) => ({sku: hotName(i), units})));
    await layOut(ground.client, layout, 'drill', () => undefined);
    await steady(ground, wanted, 'warm', () => false, WARM_UP / rate);
    const played: Round[] = [];
    for (let i = 0; i < rounds; i += 1) {
      played.push(await playRound(ground, wanted, i));
      ground.progress.say(`  round ${i + 1}: ${JSON.stringify(countBy(played[i]?.hot.map(({name}) => name) ?? []))}`);
    }
    return judge(ground, wanted, played);
  });
}

const hotName = (round: number) => `SIM-HOT-${round + 1}`;

async function playRound(ground: Ground, wanted: Wanted, index: number): Promise<Round> {
  const calm = await steady(ground, wanted, `calm-${index}`, () => false, CALM);
  const began = Date.now();
  let over = false;
  const [hot, beside] = await Promise.all([
    rush(ground, wanted, index).finally(() => {
      over = true;
    }),
    steady(ground, wanted, `beside-${index}`, () => over, 120),
  ]);
  return {hot, calm, beside, seconds: (Date.now() - began) / 1000};
}

async function rush(ground: Ground, {buyers, seed}: Wanted, round: number): Promise<Answer[]> {
  // made before, so that what is timed is the service and not this
  const orders = Array.from({length: buyers}, (_, i) => {
    const key = `hot-${round}-${i}`;
    return {key, body: orderOf(seed, key, 1_000 * (round + 1) + i, hotName(round))};
  });
  return Promise.all(orders.map(({key, body}) => buy(ground, key, body)));
}

/** Orders of ordinary products at an even rate, whoever answers how slowly, until `over` or so many seconds. */
async function steady(
  ground: Ground,
  {rate, seed}: Wanted,
  name: string,
  over: () => boolean,
  seconds: number,
): Promise<Answer[]> {
  const began = Date.now();
  const answers: Promise<Answer>[] = [];
  for (let i = 0; !over() && i < seconds * rate; i += 1) {
    await ground.clock.pause(Math.max(0, began + (i * 1_000) / rate - Date.now()));
    const sku = ORDINARY[i % ORDINARY.length] ?? 'SIM-001';
    const key = `${name}-${i}`;
    answers.push(buy(ground, key, orderOf(seed, key, 100_000 + i, sku)));
  }
  return Promise.all(answers);
}

function orderOf(seed: number, key: string, index: number, sku: string): OrderBody {
  return {
    ...inventedShopper(randomStream(seed, key), index),
    lines: [{sku, qty: 1}],
    payment_method: 'pm_card_visa',
    delivery_sla: 'STANDARD',
    allow_backorder: false,
  };
}

async function buy({client}: Ground, key: string, body: OrderBody): Promise<Answer> {
  const began = performance.now();
  const reply = await client.placeOrderRaw(body, `drill-${key}`);
  const ms = performance.now() - began;
  const {code, order_id} = (reply.body ?? {}) as {code?: string; order_id?: string};
  return {name: `${reply.status}${code ? ` ${code}` : ''}`, held: reply.status === 409 && order_id !== undefined, ms};
}

async function judge({client, system, retries}: Ground, wanted: Wanted, rounds: Round[]): Promise<DrillResult> {
  const {buyers, units} = wanted;
  const sold = Math.min(units, buyers);
  const others = rounds.flatMap(({calm, beside}) => [...calm, ...beside]);
  const holdsExpected = sold * rounds.length + others.filter(({name}) => name === '201').length + WARM_UP;
  const holds = await settled(
    () => liveHolds(system),
    (live) => live.length === holdsExpected,
  );
  const reserved = await Promise.all(rounds.map(async (_, i) => sum(await client.stock(hotName(i)), 'reserved')));
  const answers = rounds.map(({hot}) => countBy(hot.map(({name}) => name)));
  const [calm, beside] = [rounds.flatMap((r) => r.calm), rounds.flatMap((r) => r.beside)];
  const ratio = Math.round((100 * p99(beside)) / p99(calm)) / 100;
  const failures = answers.flatMap((count, i) => [
    ...(count['201'] === sold ? [] : [`round ${i + 1}: ${count['201'] ?? 0} orders were accepted instead of ${sold}`]),
    ...((count['409 out_of_stock'] ?? 0) === buyers - sold
      ? []
      : [`round ${i + 1}: ${count['409 out_of_stock'] ?? 0} were told out_of_stock instead of ${buyers - sold}`]),
    ...(reserved[i] === sold ? [] : [`round ${i + 1}: ${reserved[i]} units are reserved instead of ${sold}`]),
  ]);
  const errors = Object.entries(retries).filter(([status]) => Number(status) >= 500);
  if (errors.length > 0) failures.push(`server errors: ${JSON.stringify(Object.fromEntries(errors))}`);
  if (retries['0']) failures.push(`${retries['0']} requests had no answer after 30 s and were sent again`);
  const refused = others.filter(({name}) => name !== '201');
  if (refused.length > 0) failures.push(`others were answered ${JSON.stringify(countBy(refused.map((a) => a.name)))}`);
  if (holds.length !== holdsExpected) failures.push(`${holds.length} holds are alive instead of ${holdsExpected}`);
  if (ratio > RATIO) failures.push(`others were served ${ratio} times as slowly (99th percentile), at most ${RATIO}`);
  const seen = {
    ...{rounds: rounds.length, buyers, units, answers, retries, units_reserved: reserved},
    lost_after_hold: rounds.map(({hot}) => hot.filter(({held}) => held).length),
    live_holds: holds.length,
    rush_seconds: rounds.map(({seconds}) => Math.round(10 * seconds) / 10),
    others: {before: calm.length, meanwhile: beside.length},
    others_p50_ms: {before: p50(calm), meanwhile: p50(beside)},
    others_p99_ms: {before: p99(calm), meanwhile: p99(beside)},
    others_p99_ratio: ratio,
    buyers_p99_ms: p99(rounds.flatMap(({hot}) => hot)),
  };
  return {seen, failures};
}

const sum = <K extends string>(rows: readonly Record<K, number>[], name: K) =>
  rows.reduce((total, row) => total + row[name], 0);
