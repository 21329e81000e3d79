import type {StoreContext, Tx} from '../context.ts';
import type {task_stops, tasks} from '../generated/client.ts';
import {groupBy, type Page, readTimeCursor, time, toPage} from './shapes.ts';

export interface StopView {
  bin: string;
  aisle: string;
  rack: string;
  shelf: string;
  sku: string;
  barcode: string;
  name: string;
  qty: number;
  picked: number;
  short: number;
  opened: boolean;
}

export interface PlannedParcel {
  parcel_id: string;
  state: string;
  suggested_box: string | null;
  expected_g: number;
  items: {sku: string; name: string; qty: number}[];
  /** Edges of the box inside that the places are of. */
  inner_mm: number[];
  placements: Place[];
}

/** Where a unit lies: its corner nearest to the origin and its edges as it is turned; in packing order. */
export interface Place {
  sku: string;
  x: number;
  y: number;
  z: number;
  dx: number;
  dy: number;
  dz: number;
}

export interface TaskView {
  task_id: string;
  order_id: string;
  number: string;
  sub_order_id: string;
  kind: string;
  state: string;
  claimed_by: string | null;
  lease_until: string | null;
  created_at: string;
  stops: StopView[];
  parcels: PlannedParcel[];
}

export interface TaskOptions {
  warehouse_id: string;
  state: 'open' | 'closed';
  kind?: 'pick' | 'pack' | 'unpick' | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A warehouse's tasks, oldest first: pick tasks with stops in walking order, pack tasks with their planned parcels. */
export async function listTasks(context: StoreContext, options: TaskOptions): Promise<Page<TaskView> | null> {
  const {prisma} = context;
  if ((await prisma.warehouses.count({where: {id: options.warehouse_id}})) === 0) return null;
  const last = readTimeCursor(options.cursor);
  const rows = await prisma.tasks.findMany({
    where: {
      warehouse_id: options.warehouse_id,
      state: options.state === 'open' ? 'open' : {not: 'open'},
      ...(options.kind ? {kind: options.kind} : {}),
      ...(options.state === 'open'
        ? {AND: {OR: [{kind: 'unpick'}, {order_id: {notIn: await heldAt(prisma, options.warehouse_id)}}]}}
        : {}),
      ...(last ? {OR: [{created_at: {gt: last.at}}, {created_at: last.at, id: {gt: last.id}}]} : {}),
    },
    orderBy: [{created_at: 'asc'}, {id: 'asc'}],
    take: options.limit + 1,
  });
  const view = await viewer(prisma, rows);
  return toPage(rows, options.limit, view, (task) => [task.created_at.toISOString(), task.id]);
}

/** Orders on hold with something to do here: nobody is sent to them. What is to be put back of them is shown. */
async function heldAt(tx: Tx, warehouse: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{id: string}[]>`SELECT DISTINCT o.id FROM orders o JOIN tasks t ON t.order_id = o.id
    WHERE o.held_until IS NOT NULL AND t.warehouse_id = ${warehouse} AND t.state = 'open' AND t.kind <> 'unpick'`;
  return rows.map((row) => row.id);
}

async function viewer(tx: Tx, rows: readonly tasks[]): Promise<(task: tasks) => TaskView> {
  const [stops, numbers, parcels] = await Promise.all([
    tx.task_stops.findMany({where: {task_id: {in: rows.map((t) => t.id)}}, orderBy: {position: 'asc'}}),
    tx.orders.findMany({where: {id: {in: rows.map((t) => t.order_id)}}, select: {id: true, number: true}}),
    readPlanned(
      tx,
      rows.filter((t) => t.kind === 'pack').map((t) => t.sub_order_id),
    ),
  ]);
  const stopsOf = groupBy(stops, (stop) => stop.task_id);
  const numberOf = new Map(numbers.map((order) => [order.id, order.number]));
  return (task) => ({
    task_id: task.id,
    order_id: task.order_id,
    number: numberOf.get(task.order_id) ?? '',
    sub_order_id: task.sub_order_id,
    kind: task.kind,
    state: task.state,
    claimed_by: task.claimed_by,
    lease_until: time(task.lease_until),
    created_at: task.created_at.toISOString(),
    stops: (stopsOf.get(task.id) ?? []).map(stopView),
    parcels: task.kind === 'pack' ? (parcels.get(task.sub_order_id) ?? []) : [],
  });
}

function stopView(stop: task_stops): StopView {
  const {bin, aisle, rack, shelf, sku, barcode, name, qty, picked, short, opened} = stop;
  return {bin, aisle, rack, shelf, sku, barcode, name, qty, picked, short, opened};
}

/** Parcels by sub-order, with what goes into each. */
async function readPlanned(tx: Tx, subOrderIds: string[]): Promise<Map<string, PlannedParcel[]>> {
  const parcels = await tx.parcels.findMany({
    where: {sub_order_id: {in: subOrderIds}, state: {not: 'cancelled'}},
    orderBy: {position: 'asc'},
  });
  const items = await tx.parcel_items.findMany({where: {parcel_id: {in: parcels.map((parcel) => parcel.id)}}});
  const lines = await tx.order_lines.findMany({
    where: {id: {in: items.map((item) => item.line_id)}},
    select: {id: true, name: true},
  });
  const packings = await tx.parcel_packings.findMany({where: {parcel_id: {in: parcels.map((parcel) => parcel.id)}}});
  const packingOf = new Map(packings.map((packing) => [packing.parcel_id, packing]));
  const nameOf = new Map(lines.map((line) => [line.id, line.name]));
  const itemsOf = groupBy(items, (item) => item.parcel_id);
  const planned = parcels.map((parcel) => ({
    sub_order_id: parcel.sub_order_id,
    view: {
      parcel_id: parcel.id,
      state: parcel.state,
      suggested_box: parcel.suggested_box,
      expected_g: parcel.expected_g,
      items: (itemsOf.get(parcel.id) ?? []).map(({sku, line_id, qty}) => ({
        sku,
        name: nameOf.get(line_id) ?? sku,
        qty,
      })),
      inner_mm: packingOf.get(parcel.id)?.inner_mm ?? [],
      placements: placesOf(packingOf.get(parcel.id)?.placements),
    },
  }));
  const groups = groupBy(planned, (parcel) => parcel.sub_order_id);
  return new Map([...groups].map(([id, group]) => [id, group.map((parcel) => parcel.view)]));
}

/** Without what only the service needs to know. */
export function placesOf(stored: unknown): Place[] {
  return ((stored ?? []) as Place[]).map(({sku, x, y, z, dx, dy, dz}) => ({sku, x, y, z, dx, dy, dz}));
}
