import type {Placement} from '../../domain/packing/types.ts';
import type {StoreContext, Tx} from '../context.ts';
import {Prisma, type task_stops, type tasks} from '../generated/client.ts';
import {waiting} from '../waits-for-wave.ts';
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

/** Where a unit lies, without what only the service needs to know. */
export type Place = Omit<Placement, 'line_id'>;

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
  /** in which it is walked: claim that */
  tour_id: string | null;
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
  const ids = await idsOf(context, options);
  const rows = await prisma.tasks.findMany({where: {id: {in: ids}}, orderBy: [{created_at: 'asc'}, {id: 'asc'}]});
  const view = await viewer(prisma, rows);
  return toPage(rows, options.limit, view, (task) => [task.created_at.toISOString(), task.id]);
}

/**
 * Of a page and one more. Open are what somebody may be sent to: nothing of an order on hold but what is to be put back,
 * and nothing that waits for its wave.
 */
async function idsOf(
  context: StoreContext,
  {warehouse_id, state, kind, limit, cursor}: TaskOptions,
): Promise<string[]> {
  const {prisma} = context;
  const last = readTimeCursor(cursor);
  const after = last ? Prisma.sql`(t.created_at, t.id) > (${last.at}, ${last.id})` : Prisma.sql`TRUE`;
  const ofKind = kind ? Prisma.sql`t.kind = ${kind}` : Prisma.sql`TRUE`;
  const ofState =
    state === 'open'
      ? Prisma.sql`t.state = 'open' AND (t.kind = 'unpick' OR o.held_until IS NULL)
          AND NOT ${await waiting(context, prisma, warehouse_id)}`
      : Prisma.sql`t.state <> 'open'`;
  const rows = await prisma.$queryRaw<{id: string}[]>`SELECT t.id FROM tasks t JOIN orders o ON o.id = t.order_id
    WHERE t.warehouse_id = ${warehouse_id} AND ${ofKind} AND ${ofState} AND ${after}
    ORDER BY t.created_at, t.id LIMIT ${limit + 1}`;
  return rows.map(({id}) => id);
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
  const tourOf = await openTours(tx, stops);
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
    tour_id: tourOf.get(task.id) ?? null,
    stops: (stopsOf.get(task.id) ?? []).map(stopView),
    parcels: task.kind === 'pack' ? (parcels.get(task.sub_order_id) ?? []) : [],
  });
}

/** By task, as far as they are walked in one. */
async function openTours(tx: Tx, stops: readonly task_stops[]): Promise<Map<string, string>> {
  const ids = [...new Set(stops.flatMap(({tour_id}) => tour_id ?? []))];
  if (ids.length === 0) return new Map();
  const open = await tx.tours.findMany({where: {id: {in: ids}, state: 'open'}, select: {id: true}});
  const known = new Set(open.map(({id}) => id));
  return new Map(
    stops.flatMap(({task_id, tour_id}) => (tour_id !== null && known.has(tour_id) ? [[task_id, tour_id]] : [])),
  );
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

export function placesOf(stored: unknown): Place[] {
  return ((stored ?? []) as Place[]).map(({sku, x, y, z, dx, dy, dz}) => ({sku, x, y, z, dx, dy, dz}));
}
