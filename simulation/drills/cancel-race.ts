import {isTerminal, type OrderStatus} from '../../domain/order/status.ts';
import type {OrderBody, OrderView, Problem, ScanAnswer, TaskView} from '../api-types.ts';
import {checkWhenQuiet} from '../check.ts';
import type {Client} from '../client.ts';
import {randomStream} from '../random.ts';
import type {Crew} from '../world/crew.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {inParallel, layOut} from '../world/lay-out.ts';
import {deliveredValue} from '../world/value.ts';
import type {DrillResult} from './main.ts';
import {advance} from '../world/move-along.ts';
import {countBy, crewOn, type Ground, liveHolds, numberOf, onOwnGround, settled, shopWith} from './support.ts';

const PATIENCE = 120_000;
const SKUS = ['SIM-001', 'SIM-002'] as const;

interface Shape {
  name: 'order' | 'line' | 'quantity';
  /** units of each line that is ordered */
  units: number[];
  /** units of the first line that the picker takes with one scan */
  takes: number;
  /** units of each line that are left where the cancellation wins */
  left: number[];
  ask(client: Client, order: OrderView, key: string): Promise<Asked>;
}
type Asked = {refused: true; problem: Problem} | {refused: false; answer: {refused: {code: string}[]}};

const reason = 'the customer called';
const SHAPES: readonly Shape[] = [
  {
    ...{name: 'order', units: [1], takes: 1, left: [0]},
    ask: (client, {order_id}, key) => client.cancel(order_id, {reason}, key),
  },
  {
    ...{name: 'line', units: [1, 1], takes: 1, left: [0, 1]},
    ask: (client, order, key) => client.cancel(order.order_id, {lines: [{...firstLine(order), qty: 1}], reason}, key),
  },
  {
    ...{name: 'quantity', units: [2], takes: 2, left: [1]},
    ask: (client, order, key) => {
      const lines = [{...firstLine(order), qty: 1}];
      return client.change(order.order_id, {kind: 'quantity', lines, reason}, key);
    },
  },
];

/** The line of the product that both want. */
function firstLine({lines}: OrderView): {line_id: string} {
  const line = lines.find(({sku}) => sku === SKUS[0]);
  if (!line) throw new Error(`no line of ${SKUS[0]} was ordered`);
  return {line_id: line.line_id};
}

interface Race {
  shape: Shape;
  orderId: string;
  body: OrderBody;
  wonBy: 'cancel' | 'pick' | 'both' | 'nobody';
  /** what the loser was told */
  told: string;
  failures: string[];
}

/**
 * Support cancels (an order, a line, a unit) in the very moment in which a picker takes the units from their shelf, both
 * over HTTP: exactly one of them gets them, the other is told so, and in the end the customer has paid for what came.
 */
export function cancelRace(args: readonly string[]): Promise<DrillResult> {
  const [races, atOnce] = [numberOf(args, 'races', 200), numberOf(args, 'at-once', 4)];
  const seed = numberOf(args, 'seed', 1);
  return onOwnGround(async (ground) => {
    const layout = shopWith([]);
    await layOut(ground.client, layout, 'drill', () => undefined);
    const crew = crewOn(ground, layout, {seed, tag: 'race'});
    const starts = new Map(SHAPES.map(({name}) => [name, new HeadStart()]));
    const run: Race[] = [];
    ground.progress.say(`  ${races} races, ${atOnce} at a time`);
    await inParallel([...Array(races).keys()], atOnce, async (i) => {
      const shape = SHAPES[i % SHAPES.length] as Shape;
      const one = await race(crew, shape, i, seed, starts.get(shape.name) as HeadStart);
      run.push(one);
      if (run.length % 50 === 0) ground.progress.say(`  ${run.length} of ${races}`);
    });
    ground.progress.say('  what is left is delivered');
    const wrong: string[] = [];
    await inParallel(run, atOnce, async (one) => void wrong.push(...(await moneyOf(crew, one))));
    return judge(ground, run, wrong);
  });
}

/** By how much the cancellation, which takes longer, may begin earlier, so that each side wins about half of the races. */
class HeadStart {
  ms = 20;
  learn(wonBy: Race['wonBy']): void {
    this.ms += wonBy === 'pick' ? 3 : wonBy === 'cancel' ? -3 : 0;
  }
}

async function race(crew: Crew, shape: Shape, i: number, seed: number, start: HeadStart): Promise<Race> {
  const {client, clock} = crew;
  const body: OrderBody = {
    ...inventedShopper(randomStream(seed, `race-${i}`), i),
    lines: shape.units.map((qty, line) => ({sku: SKUS[line] ?? SKUS[0], qty})),
    payment_method: 'pm_card_visa',
    delivery_sla: 'STANDARD',
  };
  const {order, task} = await atTheShelf(crew, body, i);
  const {task_id} = task;
  const stop = task.stops.find(({sku}) => sku === SKUS[0]);
  const scan = (kind: 'bin' | 'item', code: string, qty?: number) =>
    client.scan('picker', {operation_id: `race-${i}-${kind}`, task_id, kind, code, ...(qty && {qty})});
  await scan('bin', stop?.bin ?? '');
  const later = (ms: number) => (ms > 0 ? clock.pause(ms) : Promise.resolve());
  const [asked, scanned] = await Promise.all([
    later(-start.ms).then(() => shape.ask(client, order, `race-${i}`)),
    later(start.ms).then(() => scan('item', stop?.barcode ?? '', shape.takes)),
  ]);
  const {wonBy, told} = verdict(asked, scanned);
  start.learn(wonBy);
  const name = `race ${i} (${shape.name})`;
  const failures = [
    ...(wonBy === 'cancel' || wonBy === 'pick' ? [] : [`${name} was won by ${wonBy}`]),
    ...(/^\S+: \S+/.test(told) ? [] : [`${name}: the loser was told only "${told}"`]),
  ];
  return {shape, orderId: order.order_id, body, wonBy, told, failures};
}

function verdict(asked: Asked, scanned: ScanAnswer): Pick<Race, 'wonBy' | 'told'> {
  const cancelled = !asked.refused && asked.answer.refused.length === 0;
  if (cancelled && scanned.accepted) return {wonBy: 'both', told: ''};
  if (cancelled) return {wonBy: 'cancel', told: scanned.message && `scan: ${scanned.code}`};
  const refusals = asked.refused ? (asked.problem.errors ?? []) : asked.answer.refused;
  const told = `${asked.refused ? asked.problem.code : 'in_part'}: ${refusals[0]?.code ?? ''}`;
  return {wonBy: scanned.accepted ? 'pick' : 'nobody', told};
}

/** An order whose picker stands before its shelf. */
async function atTheShelf(crew: Crew, body: OrderBody, i: number): Promise<{order: OrderView; task: TaskView}> {
  const {client, floor} = crew;
  const answer = await client.placeOrder(body, `race-${i}`);
  if (answer.kind === 'refused') throw new Error(`an order was refused: ${answer.problem.detail ?? answer.status}`);
  const order = await settled(
    () => client.order(answer.order.order_id),
    ({sub_orders}) => sub_orders.length > 0,
  );
  const [part] = order.sub_orders;
  const warehouse = part?.source.id ?? '';
  const task = await floor.task(warehouse, part?.sub_order_id ?? '', 'pick', PATIENCE);
  if (!task || order.sub_orders.length > 1) throw new Error(`order ${order.number} is not to be picked in one place`);
  await client.claim('picker', task.task_id);
  return {order, task};
}

/** Delivers what the race has left of the order; a sentence where the money does not follow what the winner took. */
async function moneyOf(crew: Crew, {shape, orderId, body, wonBy}: Race): Promise<string[]> {
  const units = wonBy === 'cancel' ? shape.left : shape.units;
  const {client, prices} = crew;
  if (units.some((qty) => qty > 0)) await advance(crew, orderId, 'delivered');
  const owed = deliveredValue(
    prices.lineTotals(body),
    body,
    (await client.order(orderId)).lines.map((line) => ({...line, delivered: units[lineAt(line.sku)] ?? 0})),
  );
  const end = await settled(
    () => client.order(orderId),
    ({status, payment}) => isTerminal(status as OrderStatus) && payment.captured.amount === owed,
    PATIENCE,
  );
  const came = end.lines.every(({sku, delivered}) => delivered === (units[lineAt(sku)] ?? 0));
  const paid = end.payment.captured.amount === owed;
  if (came && paid) return [];
  return [
    `order ${end.number} (${shape.name}, won by ${wonBy}) ended ${end.status}: ${end.payment.captured.amount} taken, ${owed} owed, ${came ? 'all' : 'not all'} delivered as raced for`,
  ];
}

const lineAt = (sku: string) => (SKUS as readonly string[]).indexOf(sku);

async function judge({system, retries}: Ground, run: readonly Race[], wrong: readonly string[]): Promise<DrillResult> {
  const {violations, checked} = await checkWhenQuiet(system);
  const held = await liveHolds(system);
  const won = countBy(run.map(({wonBy}) => wonBy));
  const by = Object.fromEntries(
    SHAPES.map(({name}) => [name, countBy(run.filter(({shape}) => shape.name === name).map(({wonBy}) => wonBy))]),
  );
  const seen = {
    races: run.length,
    won_by_cancel: won.cancel ?? 0,
    won_by_pick: won.pick ?? 0,
    won_by_both: won.both ?? 0,
    won_by_nobody: won.nobody ?? 0,
    by,
    told: countBy(run.map(({told}) => told)),
    money_wrong: wrong.length,
    holds_left: held.length,
    retries,
    checked: checked.length,
    violations: violations.length,
  };
  const idle = (['cancel', 'pick'] as const).filter((side) => !won[side]);
  return {
    seen,
    failures: [
      ...run.flatMap(({failures}) => failures),
      ...wrong,
      ...idle.map((side) => `no race was won by ${side}: nothing is proved`),
      ...held.map(({id}) => `hold ${id} still binds money`),
      ...violations.slice(0, 20).map(({id, sentence}) => `${id}: ${sentence}`),
    ],
  };
}
