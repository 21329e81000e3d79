import {cancelOrder} from '../../../api/cancel-order.ts';
import {startOrder} from '../../../api/start-order.ts';
import {priceOrder} from '../../../domain/pricing/price-order.ts';
import {acceptOrder} from '../../../store/accept-order.ts';
import {decideReview} from '../../../store/decide-review.ts';
import type {orders, parcels, products, reviews, task_stops, tasks} from '../../../store/generated/client.ts';
import {recordScan} from '../../../store/record-scan.ts';
import {resumeOrder} from '../../../store/stuck-steps.ts';
import type {ScanInput} from '../../../store/scan-answer.ts';
import {customer, POLICY, shipTo, SKUS} from './shop.ts';
import type {World} from './world.ts';

const SHIPPING = 499;
const FLOOR = {actor: 'floor', role: 'picker', warehouse_id: null};

export interface Wish {
  customer: number;
  /** units by sku */
  units: readonly number[];
  card: string;
  allowBackorder: boolean;
  taxBp: number;
}

/** A request of the API: an answer that is an error is an answer, a stumble of the code is none. */
function request(world: World, name: string, work: () => Promise<unknown>): void {
  world.scheduler.begin('request', name, () => work().catch((error: unknown) => world.stumbled(name, error)));
}

/** "Buy now": the order is stored and its run started, as api/place-order.ts does; the same key may come again. */
export function place(world: World, wish: Wish): void {
  const key = `key-${world.placed.length + 1}`;
  const again = async () => {
    const known = world.db.rows('idempotency_keys').find((row) => row['key'] === key);
    const id = known ? String(known['subject_id']) : await store(world, wish, key);
    if (id === null) return;
    if (!world.placed.some((p) => p.order_id === id)) world.placed.push({order_id: id, again});
    const verdict = await startOrder(world.api, id);
    world.count(`checkout heard: ${verdict.kind}`);
  };
  request(world, 'place an order', again);
}

async function store(world: World, wish: Wish, key: string): Promise<string | null> {
  const lines = wish.units.flatMap((qty, i) => {
    const product = world.db.rows<products>('products').find((p) => p.sku === SKUS[i]);
    return qty > 0 && product ? [{product, qty}] : [];
  });
  const tax = {rate_bp: wish.taxBp, inclusive: wish.taxBp % 2 === 1};
  const priced = lines.map(({product, qty}) => ({
    product: {...product, unit_amount: Number(product.price_amount)},
    qty,
  }));
  const order = await acceptOrder(world.store, {
    request: {client_id: 'shop', key, operation: 'orders', request_hash: key},
    by: {actor: 'shop', role: 'checkout'},
    channel: 'default',
    customer: customer(wish.customer),
    ship_to: shipTo(wish.customer),
    lines,
    price: priceOrder(priced, SHIPPING, tax),
    tax,
    currency: 'USD',
    payment_method: wish.card,
    delivery_sla: 'STANDARD',
    deadline: null,
    device_fingerprint: null,
    allow_backorder: wish.allowBackorder,
    policy_version: 1,
    timezone: 'UTC',
  });
  return order?.id ?? null;
}

/** Cancels units of one line, or everything, through the API. */
export function cancel(world: World, order: orders, lines: {line_id: string; qty: number}[] | null, key: string): void {
  const call = {
    deps: world.api,
    caller: {client_id: 'shop', role: 'checkout'},
    body: {...(lines ? {lines} : {}), reason: 'changed my mind'},
    idempotencyKey: key,
  };
  request(world, `cancel ${lines ? 'some' : 'everything'}`, async () => {
    try {
      await cancelOrder(call as never, order);
      world.count('cancelled in time');
    } catch (error) {
      if ((error as {code?: string}).code !== 'nothing_cancelled') throw error;
      world.count('cancelled too late');
    }
  });
}

export function review(world: World, {id}: reviews, decision: 'approve' | 'reject'): void {
  const by = {actor: 'sue', role: 'support'};
  request(world, decision, () => decideReview(world.store, {review_id: id, decision, note: 'looked', by}));
}

/** One scan; a dropped connection makes the handheld send it again. */
async function scan(world: World, input: Omit<ScanInput, 'operation_id' | 'by'>, id?: string): Promise<void> {
  const operation_id = id ?? `op-${world.db.nextValue('scan')}`;
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      await recordScan(world.store, {...input, operation_id, by: FLOOR}, POLICY.warehouse);
      return;
    } catch (error) {
      world.stumbled(`scan ${input.kind}`, error);
      await world.scheduler.turn('scans again');
    }
  }
}

export interface Pick {
  /** units of the stop to pick, the rest is left or missing */
  most: number;
  missing: boolean;
}

/** Walks to the first unfinished stop of a pick task and takes units from it, or says that they are not there. */
export function pick(world: World, task: tasks, {most, missing}: Pick): void {
  request(world, 'pick', async () => {
    const stop = stopsOf(world, task).find((s) => s.picked + s.short < s.qty);
    if (!stop) return;
    const left = stop.qty - stop.picked - stop.short;
    const qty = Math.min(left, most);
    await scan(world, {task_id: task.id, kind: 'bin', code: stop.bin});
    if (qty > 0) await scan(world, {task_id: task.id, kind: 'item', code: stop.sku, qty});
    if (missing && left > qty) await scan(world, {task_id: task.id, kind: 'short', code: stop.sku, qty: left - qty});
  });
}

export const stopsOf = (world: World, task: tasks) =>
  world.db
    .rows<task_stops>('task_stops')
    .filter((stop) => stop.task_id === task.id)
    .sort((a, b) => a.position - b.position);

/** Packs the next parcel of a pack task. */
export function pack(world: World, task: tasks): void {
  request(world, 'pack', async () => {
    const parcel = world.db
      .rows<parcels>('parcels')
      .find((p) => p.sub_order_id === task.sub_order_id && p.state === 'planned');
    if (!parcel) return;
    await scan(world, {task_id: task.id, kind: 'pack', code: task.id, weight_g: parcel.expected_g});
  });
}

export function dispatch(world: World, parcel: parcels): void {
  request(world, 'dispatch', () => scan(world, {kind: 'dispatch', code: parcel.tracking_number ?? parcel.id}));
}

/** An old scan of the handheld's offline queue comes once more. */
export function scanAgain(world: World, operationId: string): void {
  const row = world.db.rows('scans').find((s) => s['operation_id'] === operationId);
  if (!row) return;
  const {task_id, kind, code, qty} = row as {
    task_id: string | null;
    kind: ScanInput['kind'];
    code: string;
    qty: number | null;
  };
  const input = {kind, code, ...(task_id && {task_id}), ...(qty !== null && {qty})};
  request(world, 'an old scan again', () => scan(world, input, operationId));
}

/** Ops say that what was in the way is gone; null when nothing is stuck. */
export function resume(world: World, order: orders | undefined): string | null {
  const stuck = world.db.rows('stuck_steps').some((s) => s['order_id'] === order?.id && s['resolved_at'] === null);
  if (!order || !stuck) return null;
  const by = {actor: 'olga', role: 'ops'};
  const request_id = `resume-${world.db.nextValue('resume')}`;
  request(world, 'resume', () => resumeOrder(world.store, {order_id: order.id, note: 'mended', by, request_id}));
  return `ops resume ${order.number}`;
}

/** The carrier scans a parcel somewhere. */
export function carrierSays(world: World, parcel: parcels, status: string): void {
  const tracker = world.office.trackers.get(parcel.tracker_ref ?? '');
  if (tracker) world.office.says(tracker, status);
}
