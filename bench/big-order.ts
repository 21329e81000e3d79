import type {OrderView, SubOrderView} from '../simulation/api-types.ts';
import {checkWhenQuiet} from '../simulation/check.ts';
import {startOwn} from '../simulation/system.ts';
import type {TrackerEvent} from '../simulation/world/carrier.ts';
import type {Crew} from '../simulation/world/crew.ts';
import {layOut} from '../simulation/world/lay-out.ts';
import {dispatch, pack, parcelsWithLabel} from '../simulation/world/packer.ts';
import {KIB, type RunSize, sizesOf} from './run-sizes.ts';
import {crewOf, layoutOf, orderBody, PATIENCE, seen, skusOf, type Spot} from './stage.ts';

const PLACES = 10;
const LINES_EACH = 5;
const UNITS = 10;
const TRACKS_EACH = 20;
/** Bar R13 for every single run. */
const EVENTS = 4_096;
const BYTES = 4 * KIB * KIB;
const PAYLOAD = 64 * KIB;

const SPOTS = Array.from({length: PLACES}, (_, i): Spot => {
  return {name: `p${i + 1}`, lat: 30 + i, lng: -75 - 4 * i, products: LINES_EACH};
});

export interface BigOrder {
  title: string;
  runs: RunSize[];
  failures: string[];
}

/**
 * An order of 50 lines from 10 places, every unit scanned by itself, every parcel seen 20 times, in a system of its own
 * whose policy lets runs go on in fresh histories early: nothing may get lost on the way.
 */
export async function bigOrder(): Promise<BigOrder> {
  const system = await startOwn({speed: 1, policy: 'drill'});
  try {
    const tag = 'big';
    const layout = layoutOf(tag, SPOTS, UNITS);
    const crew = crewOf(system, layout, tag);
    await layOut(crew.client, layout, tag, () => undefined);
    const lines = SPOTS.flatMap((spot) => skusOf(tag, spot)).map((sku) => ({sku, qty: UNITS}));
    const placed = await crew.client.placeOrder(orderBody(tag, lines), tag);
    if (placed.kind === 'refused') throw new Error(`the order was refused: ${placed.problem.detail ?? placed.status}`);
    const id = placed.order.order_id;
    const order = await seen(crew, id, (view) => view.sub_orders.length === PLACES);
    const played = await Promise.all(order.sub_orders.map((sub) => playPart(crew, id, sub)));
    const done = await seen(crew, id, (view) => view.status === 'delivered');
    const runs = await sizesOf(
      system,
      id,
      done.sub_orders.map((sub) => sub.sub_order_id),
    );
    // its run is closed only when all is paid
    const last = await crew.client.order(id);
    const {violations} = await checkWhenQuiet(system);
    const scans = played.reduce((sum, part) => sum + part.scans, 0);
    const tracks = played.reduce((sum, part) => sum + part.tracks, 0);
    return {
      title: `${lines.length} lines, ${PLACES} places, ${scans} scans, ${tracks} tracker events`,
      runs,
      failures: [
        ...tooLarge(runs),
        ...lost(last, lines.length),
        ...violations.map((v) => `${v.id} ${v.subject}: ${v.sentence}`),
      ],
    };
  } finally {
    await system.own?.discard();
  }
}

function tooLarge(runs: readonly RunSize[]): string[] {
  return runs
    .filter(({events, bytes, payload}) => events >= EVENTS || bytes >= BYTES || payload > PAYLOAD)
    .map(({name, events, bytes, payload}) => `${name}: ${events} events, ${bytes} bytes, payload of ${payload} bytes`);
}

function lost({lines, payment, total}: OrderView, count: number): string[] {
  const missing = lines.filter((line) => line.delivered !== UNITS);
  return [
    ...(lines.length === count && missing.length === 0 ? [] : [`${missing.length} lines are not delivered in full`]),
    ...(payment.captured.amount === total.amount ? [] : [`${payment.captured.amount} taken of ${total.amount}`]),
  ];
}

async function playPart(crew: Crew, orderId: string, sub: SubOrderView): Promise<{scans: number; tracks: number}> {
  const warehouse = sub.source.id ?? '';
  const scans = await pickOneByOne(crew, warehouse, sub);
  const task = await crew.floor.task(warehouse, sub.sub_order_id, 'pack', PATIENCE);
  if (!task) throw new Error(`no pack task at ${warehouse}`);
  await pack(crew, task);
  const parcels = (await parcelsWithLabel(crew, orderId, sub.sub_order_id)) ?? [];
  let tracks = 0;
  for (const parcel of parcels) {
    await dispatch(crew, parcel);
    const now = crew.clock.now();
    const events = Array.from({length: TRACKS_EACH}, (_, i): TrackerEvent => {
      const left = TRACKS_EACH - 1 - i;
      return {status: left === 0 ? 'delivered' : left === 1 ? 'out_for_delivery' : 'in_transit', at: now + 100 * i};
    });
    await crew.carrier.plan(parcel.tracking_number ?? '', events);
    tracks += events.length;
  }
  return {scans, tracks};
}

/** Every unit is a scan of its own. */
async function pickOneByOne(crew: Crew, warehouse: string, sub: SubOrderView): Promise<number> {
  const task = await crew.floor.task(warehouse, sub.sub_order_id, 'pick', PATIENCE);
  if (!task) throw new Error(`no pick task at ${warehouse}`);
  await crew.client.claim('picker', task.task_id);
  const {task_id} = task;
  let scans = 0;
  for (const stop of task.stops) {
    const name = `${crew.tag}:${task_id}:${stop.sku}`;
    await crew.client.scan('picker', {operation_id: `${name}:bin`, task_id, kind: 'bin', code: stop.bin});
    for (let unit = 1; unit <= stop.qty; unit += 1) {
      const body = {operation_id: `${name}:${unit}`, task_id, kind: 'item', code: stop.barcode, qty: 1} as const;
      const {accepted, code} = await crew.client.scan('picker', body);
      if (!accepted) throw new Error(`a scan of ${stop.sku} was refused: ${code}`);
      scans += 1;
    }
  }
  return scans;
}
