import type {SubOrderView} from '../../simulation/api-types.ts';
import type {System} from '../../simulation/system.ts';
import type {TrackerEvent} from '../../simulation/world/carrier.ts';
import type {Crew} from '../../simulation/world/crew.ts';
import {layOut} from '../../simulation/world/lay-out.ts';
import {dispatch, pack, parcelsWithLabel} from '../../simulation/world/packer.ts';
import {pick} from '../../simulation/world/picker.ts';
import {crewOf, layoutOf, orderBody, PATIENCE, seen, skusOf, type Spot} from '../stage.ts';

const EAST: Spot = {name: 'east', lat: 40.72, lng: -74, products: 3};
const WEST: Spot = {name: 'west', lat: 34.06, lng: -118.24, products: 3};

type Point = 'placed' | 'picked' | 'packed' | 'sent' | 'delivered' | 'cancelled' | 'in review' | 'split';

/** How far each is played: of twenty, twelve are with their customers, as in a shop of some weeks. */
const POINTS: readonly Point[] = [
  ...Array.from({length: 11}, () => 'delivered' as const),
  ...(['placed', 'placed', 'picked', 'packed', 'sent', 'sent', 'cancelled', 'in review', 'split'] as const),
];

/** Plays a few orders through the public interface, each to its point; returns their ids. */
export async function playTemplates(system: System): Promise<string[]> {
  const tag = 'desk';
  const layout = layoutOf(tag, [EAST, WEST], 100_000);
  const crew = crewOf(system, layout, tag);
  await layOut(crew.client, layout, tag, () => undefined);
  const ids: string[] = [];
  for (const [i, point] of POINTS.entries()) ids.push(await playTo(crew, point, i));
  return ids;
}

async function playTo(crew: Crew, point: Point, i: number): Promise<string> {
  const east = skusOf(crew.tag, EAST).map((sku, n) => ({sku, qty: 1 + ((i + n) % 3)}));
  const west = skusOf(crew.tag, WEST).map((sku) => ({sku, qty: 1}));
  const lines = point === 'split' ? [...east, ...west] : point === 'in review' ? [{...east[0]!, qty: 900}] : east;
  const body = orderBody(`${crew.tag}-${i}`, lines);
  const placed = await crew.client.placeOrder(body, `${crew.tag}:${i}`);
  if (placed.kind === 'refused') throw new Error(`the order was refused: ${placed.problem.detail ?? placed.status}`);
  const id = placed.order.order_id;
  if (point === 'in review') {
    await seen(crew, id, ({waiting_on}) => waiting_on?.name === 'fraud_review');
    return id;
  }
  const {sub_orders} = await seen(crew, id, (view) => view.sub_orders.length > 0);
  const far = {placed: 0, cancelled: 0, picked: 1, packed: 2, sent: 3, delivered: 4, split: 4}[point];
  if (point === 'cancelled') await crew.client.cancel(id, {reason: 'changed my mind'}, `${crew.tag}:cancel:${i}`);
  for (const sub of sub_orders) await moveOn(crew, id, sub, far);
  return id;
}

async function moveOn(crew: Crew, orderId: string, sub: SubOrderView, far: number): Promise<void> {
  const warehouse = sub.source.id ?? '';
  for (const [kind, work] of (
    [
      ['pick', pick],
      ['pack', pack],
    ] as const
  ).slice(0, far)) {
    const task = await crew.floor.task(warehouse, sub.sub_order_id, kind, PATIENCE);
    if (!task) throw new Error(`no ${kind} task at ${warehouse}`);
    await work(crew, task, {warehouse, wrongItem: false, short: 0});
  }
  if (far < 3) return;
  for (const parcel of (await parcelsWithLabel(crew, orderId, sub.sub_order_id)) ?? []) {
    await dispatch(crew, parcel);
    if (far < 4) continue;
    for (const status of ['in_transit', 'out_for_delivery', 'delivered'] as const) {
      const event: TrackerEvent = {status, at: crew.clock.now()};
      await crew.carrier.plan(parcel.tracking_number ?? '', [event]);
    }
  }
  const stage = far < 4 ? 'IN_TRANSIT' : 'DELIVERED';
  await seen(crew, orderId, (view) =>
    view.sub_orders.some((one) => one.sub_order_id === sub.sub_order_id && one.stage === stage),
  );
}
