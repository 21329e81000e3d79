import type {OrderView, ScanBody, SubOrderView, TaskView} from '../api-types.ts';
import {checkWhenQuiet} from '../check.ts';
import {type Random, randomStream} from '../random.ts';
import {createFloor} from '../world/floor.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {layOut} from '../world/lay-out.ts';
import {cancelFlood} from './cancel-flood.ts';
import type {DrillResult} from './main.ts';
import {countBy, type Ground, numberOf, onOwnGround, p50, p99, settled, shopWith} from './support.ts';
import {failedTasks, sql} from './look-inside.ts';

const PLACES = 5;
const PRODUCTS_EACH = 4;
/** One of so many of a scanner's scans is a right one; the others are repeats and mistakes. */
const UNITS_OF = 2.5;
const PATIENCE = 120_000;
const PLACE_OF = (i: number) => i % PLACES;

type Role = 'picker' | 'packer';

interface Sent {
  body: ScanBody;
  accepted: boolean;
  code: string;
  ms: number;
}

/**
 * One order under the eyes of several scanners: many scans in a few seconds, among them repeats of an operation and
 * every kind of mistake; then many cancellations of another order at once. What was answered is in the database, the
 * counts are right, nobody is served an error, and no workflow task fails.
 */
export function scanFlood(args: readonly string[]): Promise<DrillResult> {
  const [scans, seconds] = [numberOf(args, 'scans', 1_000), numberOf(args, 'seconds', 5)];
  const [cancels, seed] = [numberOf(args, 'cancels', 50), numberOf(args, 'seed', 1)];
  const units = Math.max(1, Math.round(scans / PLACES / PRODUCTS_EACH / UNITS_OF));
  return onOwnGround(async (ground) => {
    const {client, progress} = ground;
    const skus = Array.from({length: PLACES * PRODUCTS_EACH}, (_, i) => ({sku: skuOf(i), units, place: PLACE_OF(i)}));
    await layOut(client, shopWith([...skus, {sku: 'SIM-MANY', units: cancels + 5}]), 'drill', () => undefined);
    const order = await placed(ground, seed, skus);
    progress.say(`  ${scans} scans in ${seconds} s on order ${order.number}, by ${order.sub_orders.length} scanners`);
    const perScanner = scans / order.sub_orders.length;
    const began = Date.now();
    const sent = (
      await Promise.all(
        order.sub_orders.map((sub, i) => scanner(ground, sub, {seed, i, units, scans: perScanner, seconds})),
      )
    ).flat();
    const took = (Date.now() - began) / 1_000;
    progress.say(`  ${cancels} cancellations at once of another order`);
    const flood = await cancelFlood(ground, {cancels, seed, sku: 'SIM-MANY'});
    const figures = {scans: sent.length, seconds: Math.round(took * 10) / 10, accepted: accepted(sent)};
    return judge(ground, {order, sent, units, flood, figures});
  });
}

const skuOf = (i: number) => `SIM-FLOOD-${i + 1}`;
const accepted = (sent: readonly Sent[]) => sent.filter((one) => one.accepted).length;

async function placed(
  {client}: Ground,
  seed: number,
  skus: readonly {sku: string; units: number}[],
): Promise<OrderView> {
  const body = {
    ...inventedShopper(randomStream(seed, 'flood'), 1),
    lines: skus.map(({sku, units}) => ({sku, qty: units})),
    payment_method: 'pm_card_visa',
    delivery_sla: 'STANDARD',
  };
  const answer = await client.placeOrder(body, 'drill-flood');
  if (answer.kind === 'refused') throw new Error(`the order was refused: ${answer.problem.detail ?? answer.status}`);
  const {order_id} = answer.order;
  const order = await settled(
    () => client.order(order_id),
    (one) => one.sub_orders.length === PLACES,
  );
  if (order.sub_orders.length !== PLACES) throw new Error(`the order is ${order.status} with no place to pick from`);
  return order;
}

interface Shift {
  seed: number;
  /** 0, 1, … */
  i: number;
  units: number;
  scans: number;
  seconds: number;
}

/** Opens one shelf after the other and scans what lies there, unit by unit, with all that goes wrong meanwhile. */
async function scanner(ground: Ground, sub: SubOrderView, shift: Shift): Promise<Sent[]> {
  const {client, clock} = ground;
  const role: Role = shift.i % 2 === 0 ? 'picker' : 'packer';
  const task = await createFloor(client, clock).task(sub.source.id ?? '', sub.sub_order_id, 'pick', PATIENCE);
  if (!task) throw new Error(`no pick task of ${sub.sub_order_id}`);
  const random = randomStream(shift.seed, `scanner-${shift.i}`);
  const sent: Sent[] = [];
  const scan = async (by: Role, body: ScanBody) => {
    const began = performance.now();
    const {accepted: ok, code} = await client.scan(by, body);
    sent.push({body, accepted: ok, code, ms: performance.now() - began});
  };
  await client.claim(role, task.task_id);
  const perStop = Math.max(1, Math.round(shift.scans / task.stops.length));
  for (const [position, stop] of task.stops.entries()) {
    const name = `flood:${task.task_id}:${position}`;
    await scan(role, {operation_id: `${name}:bin`, task_id: task.task_id, kind: 'bin', code: stop.bin});
    const bodies = workOf(random, task, position, name, perStop - 1);
    const gap = (shift.seconds * 1_000) / task.stops.length / perStop;
    const running: Promise<void>[] = [];
    for (const [i, {by, body}] of bodies.entries()) {
      running.push(scan(by === 'own' ? role : other(role), body));
      if (i % 4 === 3) await clock.pause(4 * gap);
    }
    await Promise.all(running);
  }
  return sent;
}

const other = (role: Role): Role => (role === 'picker' ? 'packer' : 'picker');

interface Work {
  by: 'own' | 'other';
  body: ScanBody;
}

/** Every unit of a stop once, repeats of these under the same operation, and mistakes, shuffled. */
function workOf(random: Random, task: TaskView, position: number, name: string, count: number): Work[] {
  const stop = task.stops[position];
  if (!stop) return [];
  const {task_id} = task;
  const right = Array.from({length: stop.qty}, (_, unit): Work => {
    const body = {operation_id: `${name}:${unit}`, task_id, kind: 'item', code: stop.barcode, qty: 1} as const;
    return {by: 'own', body};
  });
  const rest = Array.from({length: Math.max(0, count - right.length)}, (_, i): Work => {
    const repeat = right[i % right.length];
    if (i % 2 === 0 && repeat) return repeat;
    return mistake((i - 1) / 2, `${name}:wrong-${i}`, task_id, stop.barcode);
  });
  return shuffled(random, [...right, ...rest]);
}

function mistake(i: number, operation_id: string, task_id: string, barcode: string): Work {
  const item = {operation_id, task_id, kind: 'item', code: barcode, qty: 1} as const;
  const kinds: Work[] = [
    {by: 'own', body: {...item, code: `${barcode}-NEXT-SHELF`}},
    {by: 'own', body: {...item, qty: 9_000}},
    {by: 'own', body: {...item, kind: 'bin', code: 'NO-SUCH-BIN'}},
    {by: 'other', body: item},
    {by: 'own', body: {...item, task_id: 'tsk_nobody'}},
    {by: 'own', body: {operation_id, kind: 'dispatch', code: '1Z-NOT-OURS'}},
  ];
  return kinds[i % kinds.length] as Work;
}

function shuffled<T>(random: Random, list: readonly T[]): T[] {
  return list
    .map((value) => ({value, at: random.next()}))
    .sort((a, b) => a.at - b.at)
    .map(({value}) => value);
}

interface Seen {
  order: OrderView;
  sent: Sent[];
  units: number;
  flood: DrillResult;
  figures: Record<string, unknown>;
}

async function judge(ground: Ground, {order, sent, units, flood, figures}: Seen): Promise<DrillResult> {
  const {client, system, retries} = ground;
  const stored = await sql<{operation_id: string; accepted: boolean}>(
    system,
    'SELECT operation_id, accepted FROM scans WHERE operation_id = ANY($1)',
    [sent.map(({body}) => body.operation_id)],
  );
  const kept = new Map(stored.map((row) => [row.operation_id, row.accepted]));
  const lost = sent.filter(({body, accepted: ok}) => kept.get(body.operation_id) !== ok);
  const wrong = sent.filter(({body, accepted: ok}) => ok === body.operation_id.includes(':wrong-'));
  const after = await client.order(order.order_id);
  const miscounted = after.lines.filter(({picked}) => picked !== units);
  const failed = await failedTasks(system);
  const {violations} = await checkWhenQuiet(system);
  const errors = Object.entries(retries).filter(([status]) => Number(status) === 0 || Number(status) >= 500);
  const seen = {
    ...figures,
    operations: kept.size,
    answers: countBy(sent.map(({code}) => code)),
    scan_ms: {p50: p50(sent), p99: p99(sent)},
    lost: lost.length,
    ...flood.seen,
    retries,
    failed_workflow_tasks: failed.length,
    violations: violations.length,
  };
  const failures = [
    ...(lost.length === 0 ? [] : [`${lost.length} answered scans are not in the database as answered`]),
    ...(wrong.length === 0 ? [] : [`${wrong.length} scans were judged wrongly, e.g. ${JSON.stringify(wrong[0])}`]),
    ...miscounted.map((line) => `line ${line.sku}: ${line.picked} units are picked instead of ${units}`),
    ...(errors.length === 0 ? [] : [`server errors: ${JSON.stringify(Object.fromEntries(errors))}`]),
    ...failed,
    ...flood.failures,
    ...violations.map((v) => `${v.id} ${v.subject}: ${v.sentence}`),
  ];
  return {seen, failures};
}
