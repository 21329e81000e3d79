import {staffOf} from '../../domain/floor/sign-in.ts';
import type {StoreContext} from '../context.ts';
import type {tours, waves} from '../generated/client.ts';
import {groupBy, time} from './shapes.ts';
import type {StopView} from './tasks-view.ts';

export interface TourStopView extends StopView {
  task_id: string;
  number: string;
  tote: string;
}

/** Units of a tour, and how many are picked or missing. */
interface Progress {
  orders: number;
  units: number;
  picked: number;
  short: number;
}

export interface TourView extends Progress {
  tour_id: string;
  position: number;
  zone: string | null;
  state: string;
  claimed_by: string | null;
  /** who that is, where it is a person */
  holder: string | null;
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

export interface OneTourView extends TourView {
  wave_id: string;
  warehouse: string;
  paused: boolean;
}

interface WavesAsked {
  warehouse: string;
  state: 'open' | 'closed';
  limit: number;
  /** whether the stops of each tour are wanted, not only how far it is */
  stops: boolean;
}

/** Waves of a warehouse, newest first, with their tours; null when there is no such warehouse. */
export async function listWaves(context: StoreContext, asked: WavesAsked): Promise<WaveView[] | null> {
  const {prisma} = context;
  const {warehouse, state, limit, stops} = asked;
  if ((await prisma.warehouses.count({where: {id: warehouse}})) === 0) return null;
  const rows = await prisma.waves.findMany({
    where: {warehouse_id: warehouse, state: state === 'open' ? {not: 'done'} : 'done'},
    orderBy: [{created_at: 'desc'}, {id: 'desc'}],
    take: limit,
  });
  const own = {wave_id: {in: rows.map(({id}) => id)}};
  const tours = await prisma.tours.findMany({where: own, orderBy: {position: 'asc'}});
  const views = await viewTours(context, tours, stops);
  const toursOf = groupBy(tours, ({wave_id}) => wave_id);
  return rows.map((wave) => ({
    ...waveView(wave),
    tours: (toursOf.get(wave.id) ?? []).map((tour) => views(tour)),
  }));
}

/** A tour with its stops, for who walks it; null when there is no such tour. */
export async function readTour(context: StoreContext, id: string): Promise<OneTourView | null> {
  const {prisma} = context;
  const tour = await prisma.tours.findUnique({where: {id}});
  if (!tour) return null;
  const wave = await prisma.waves.findUniqueOrThrow({where: {id: tour.wave_id}});
  const view = (await viewTours(context, [tour], true))(tour);
  return {...view, wave_id: wave.id, warehouse: wave.warehouse_id, paused: wave.state === 'paused'};
}

const waveView = ({id, warehouse_id, kind, rule, state, made_by, created_at}: waves) => ({
  wave_id: id,
  warehouse: warehouse_id,
  kind,
  rule,
  state,
  made_by,
  created_at: created_at.toISOString(),
});

async function viewTours(
  context: StoreContext,
  list: readonly tours[],
  withStops: boolean,
): Promise<(tour: tours) => TourView> {
  const ids = list.map(({id}) => id);
  const progress = await readProgress(context, ids);
  const names = await namesOf(context, list);
  const stopsOf = groupBy(withStops ? await readStops(context, ids) : [], ({tour_id}) => tour_id);
  return ({id, position, zone, state, claimed_by, lease_until, walk_mm}) => ({
    tour_id: id,
    position,
    zone,
    state,
    claimed_by,
    holder: names.get(staffOf(claimed_by ?? '') ?? '') ?? null,
    lease_until: time(lease_until),
    walk_mm: walk_mm === null ? null : Number(walk_mm),
    ...(progress.get(id) ?? {orders: 0, units: 0, picked: 0, short: 0}),
    stops: (stopsOf.get(id) ?? []).map(({tour_id: _, ...stop}) => stop),
  });
}

async function readProgress({prisma}: StoreContext, ids: string[]): Promise<Map<string, Progress>> {
  const rows = await prisma.$queryRaw<(Progress & {tour_id: string})[]>`
    SELECT s.tour_id, count(DISTINCT s.task_id)::int AS orders, sum(s.qty)::int AS units, sum(s.picked)::int AS picked,
           sum(s.short)::int AS short
      FROM task_stops s JOIN tasks t ON t.id = s.task_id
     WHERE s.tour_id = ANY(${ids}::text[]) AND s.qty > 0 AND t.state <> 'cancelled' GROUP BY s.tour_id`;
  return new Map(rows.map(({tour_id, ...progress}) => [tour_id, progress]));
}

function readStops({prisma}: StoreContext, ids: string[]): Promise<(TourStopView & {tour_id: string})[]> {
  return prisma.$queryRaw`
    SELECT s.tour_id, s.task_id, o.number, s.tote, s.bin, s.aisle, s.rack, s.shelf, s.sku, s.barcode, s.name, s.qty,
           s.picked, s.short, s.opened
      FROM task_stops s JOIN tasks t ON t.id = s.task_id JOIN orders o ON o.id = t.order_id
     WHERE s.tour_id = ANY(${ids}::text[]) AND s.qty > 0 AND t.state <> 'cancelled' ORDER BY s.tour_position, s.id`;
}

async function namesOf({prisma}: StoreContext, list: readonly tours[]): Promise<Map<string, string>> {
  const ids = list.flatMap(({claimed_by}) => staffOf(claimed_by ?? '') ?? []);
  const people = await prisma.staff.findMany({where: {id: {in: ids}}, select: {id: true, name: true}});
  return new Map(people.map(({id, name}) => [id, name]));
}
