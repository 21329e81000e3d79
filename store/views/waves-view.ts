import type {StoreContext} from '../context.ts';
import type {task_stops, tours} from '../generated/client.ts';
import {groupBy, time} from './shapes.ts';

export interface TourStopView {
  task_id: string;
  tote: string;
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
}

export interface TourView {
  tour_id: string;
  zone: string | null;
  state: string;
  claimed_by: string | null;
  lease_until: string | null;
  walk_mm: number | null;
  /** in walking order; those of tasks that were cancelled or given to another site are not there any more */
  stops: TourStopView[];
}

export interface WaveView {
  wave_id: string;
  warehouse: string;
  kind: string;
  rule: string;
  state: string;
  made_by: string;
  created_at: string;
  tours: TourView[];
}

/** Waves of a warehouse, newest first, with their tours; null when there is no such warehouse. */
export async function listWaves(
  context: StoreContext,
  {warehouse, state, limit}: {warehouse: string; state: 'open' | 'closed'; limit: number},
): Promise<WaveView[] | null> {
  const {prisma} = context;
  if ((await prisma.warehouses.count({where: {id: warehouse}})) === 0) return null;
  const waves = await prisma.waves.findMany({
    where: {warehouse_id: warehouse, state: state === 'open' ? {not: 'done'} : 'done'},
    orderBy: [{created_at: 'desc'}, {id: 'desc'}],
    take: limit,
  });
  const toursOf = await readTours(
    context,
    waves.map(({id}) => id),
  );
  return waves.map(({id, kind, rule, state, made_by, created_at}) => ({
    wave_id: id,
    warehouse,
    kind,
    rule,
    state,
    made_by,
    created_at: created_at.toISOString(),
    tours: toursOf.get(id) ?? [],
  }));
}

async function readTours({prisma}: StoreContext, waves: string[]): Promise<Map<string, TourView[]>> {
  const tours = await prisma.tours.findMany({where: {wave_id: {in: waves}}, orderBy: {position: 'asc'}});
  const stops = await prisma.task_stops.findMany({
    where: {tour_id: {in: tours.map(({id}) => id)}, qty: {gt: 0}},
    orderBy: [{tour_position: 'asc'}, {id: 'asc'}],
  });
  const cancelled = await prisma.tasks.findMany({
    where: {id: {in: stops.map(({task_id}) => task_id)}, state: 'cancelled'},
    select: {id: true},
  });
  const gone = new Set(cancelled.map(({id}) => id));
  const stopsOf = groupBy(
    stops.filter(({task_id}) => !gone.has(task_id)),
    ({tour_id}) => tour_id ?? '',
  );
  const views = tours.map((tour) => ({wave: tour.wave_id, view: toView(tour, stopsOf.get(tour.id) ?? [])}));
  return new Map([...groupBy(views, ({wave}) => wave)].map(([wave, own]) => [wave, own.map(({view}) => view)]));
}

function toView(tour: tours, stops: readonly task_stops[]): TourView {
  const {id, zone, state, claimed_by, lease_until, walk_mm} = tour;
  return {
    tour_id: id,
    zone,
    state,
    claimed_by,
    lease_until: time(lease_until),
    walk_mm: walk_mm === null ? null : Number(walk_mm),
    stops: stops.map(({task_id, tote, bin, aisle, rack, shelf, sku, barcode, name, qty, picked, short}) => {
      return {task_id, tote: tote ?? '', bin, aisle, rack, shelf, sku, barcode, name, qty, picked, short};
    }),
  };
}
