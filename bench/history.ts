import type {SubOrderView} from '../simulation/api-types.ts';
import type {System} from '../simulation/system.ts';
import type {TrackerEvent} from '../simulation/world/carrier.ts';
import type {Crew} from '../simulation/world/crew.ts';
import {layOut} from '../simulation/world/lay-out.ts';
import {dispatch, pack, parcelsWithLabel} from '../simulation/world/packer.ts';
import {pick} from '../simulation/world/picker.ts';
import {bigOrder} from './big-order.ts';
import type {Benchmark} from './main.ts';
import {KIB, type RunSize, sizesOf} from './run-sizes.ts';
import {crewOf, layoutOf, orderBody, PATIENCE, seen, skusOf, type Spot} from './stage.ts';

/** Bar R13: what an order that leaves from two places may write down, over all its runs. */
const EVENTS = 130;
const BYTES = 200 * KIB;
const PAYLOAD = 64 * KIB;
/** Real milliseconds between two things that happen to an order: so far apart that none share a workflow task. */
const APART = 1_100;

const EAST: Spot = {name: 'east', lat: 40.72, lng: -74, products: 1};
const WEST: Spot = {name: 'west', lat: 34.06, lng: -118.24, products: 1};

/** Plays an order from one place and an order from two to the door, then a big one, and counts what Temporal keeps. */
export async function history(system: System): Promise<Benchmark> {
  const tag = `bench-${Date.now().toString(36)}`;
  const layout = layoutOf(tag, [EAST, WEST], 10);
  const crew = crewOf(system, layout, tag);
  await layOut(crew.client, layout, tag, () => undefined);
  const one = await playOrder(crew, system, [EAST]);
  const two = await playOrder(crew, system, [EAST, WEST]);
  const big = await bigOrder();
  const [value, baseline] = [sum(two, 'events'), sum(one, 'events')];
  const ratio = Math.round((value / baseline) * 1_000) / 1_000;
  const failures = [
    ...(value > EVENTS ? [`${value} events are more than ${EVENTS}`] : []),
    ...(sum(two, 'bytes') > BYTES ? [`${sum(two, 'bytes')} bytes are more than ${BYTES}`] : []),
    ...two.filter(({payload}) => payload > PAYLOAD).map(({name, payload}) => `${name}: a payload of ${payload} bytes`),
    ...big.failures,
  ];
  return {
    figure: {name: 'history-2-way-split', value, unit: 'events', baseline, ratio},
    lines: [
      ...['one parcel', ...table(one), 'two places', ...table(two)],
      `two places are ${ratio} times one parcel; at most ${EVENTS} events, ${BYTES / KIB} KiB, payloads of ${PAYLOAD / KIB} KiB`,
      ...[big.title, ...table(big.runs)],
    ],
    ...(failures.length > 0 ? {failure: failures.join('\n')} : {}),
  };
}

const sum = (runs: readonly RunSize[], what: 'events' | 'bytes') => runs.reduce((total, run) => total + run[what], 0);

function table(runs: readonly RunSize[]): string[] {
  const row = (name: string, events: number, bytes: number, payload: number, status: string) =>
    `  ${name.padEnd(16)} ${String(events).padStart(5)} events ${String(bytes).padStart(8)} bytes, largest payload ${String(payload).padStart(6)}  ${status}`;
  const all = row('all', sum(runs, 'events'), sum(runs, 'bytes'), Math.max(...runs.map((run) => run.payload)), '');
  return [...runs.map((run) => row(run.name, run.events, run.bytes, run.payload, run.status.toLowerCase())), all];
}

async function playOrder(crew: Crew, system: System, spots: readonly Spot[]): Promise<RunSize[]> {
  const lines = spots.flatMap((spot) => skusOf(crew.tag, spot)).map((sku) => ({sku, qty: 1}));
  const placed = await crew.client.placeOrder(orderBody(crew.tag, lines), `${crew.tag}:${lines.length}`);
  if (placed.kind === 'refused') throw new Error(`the order was refused: ${placed.problem.detail ?? placed.status}`);
  const id = placed.order.order_id;
  const order = await seen(crew, id, (view) => view.sub_orders.length === spots.length);
  for (const sub of order.sub_orders) await playPart(crew, id, sub);
  return sizesOf(
    system,
    id,
    order.sub_orders.map((sub) => sub.sub_order_id),
  );
}

async function playPart(crew: Crew, orderId: string, sub: SubOrderView): Promise<void> {
  const warehouse = sub.source.id ?? '';
  for (const [kind, work] of [
    ['pick', pick],
    ['pack', pack],
  ] as const) {
    await crew.clock.pause(APART);
    const task = await crew.floor.task(warehouse, sub.sub_order_id, kind, PATIENCE);
    if (!task) throw new Error(`no ${kind} task at ${warehouse}`);
    await work(crew, task, {warehouse, wrongItem: false, short: 0});
  }
  for (const parcel of (await parcelsWithLabel(crew, orderId, sub.sub_order_id)) ?? []) {
    await crew.clock.pause(APART);
    await dispatch(crew, parcel);
    for (const status of ['in_transit', 'out_for_delivery', 'delivered'] as const) {
      await crew.clock.pause(APART);
      const event: TrackerEvent = {status, at: crew.clock.now()};
      await crew.carrier.plan(parcel.tracking_number ?? '', [event]);
    }
  }
  await seen(crew, orderId, (view) =>
    view.sub_orders.some((s) => s.sub_order_id === sub.sub_order_id && s.stage === 'DELIVERED'),
  );
  await crew.clock.pause(APART);
}
