import {corners, pointOf, type Stand} from '../../domain/picking/distance.ts';
import type {Layout, Point} from '../../domain/picking/layout.ts';
import {lengthInOrder, readyForWalks, shortestWalk} from '../../domain/picking/shortest-walk.ts';
import {spotOf} from '../../domain/picking/visit-order.ts';
import type {StoreContext, Tx} from '../context.ts';
import {binDepths} from '../order-stops.ts';
import {type KnownLayout, readLayout} from '../read-layout.ts';

/** A walk over the floor, in millimetres. */
export interface DrawnWalk {
  path: Point[];
  stops: (Point & {bin: string})[];
  length: number;
  /** whether no walk is shorter */
  exact: boolean;
}

/** The floor of a warehouse; null when there is no such warehouse, or nothing is known of its floor. */
export async function viewLayout(context: StoreContext, warehouse: string): Promise<KnownLayout | null> {
  const {prisma} = context;
  if ((await prisma.warehouses.count({where: {id: warehouse}})) === 0) return null;
  return readLayout(prisma as Tx, warehouse);
}

/** The walk of one pick task in the order of its stops; null when there is no such task at the warehouse. */
export async function drawTask(
  context: StoreContext,
  {warehouse, task, layout}: {warehouse: string; task: string; layout: Layout},
): Promise<DrawnWalk | null> {
  const {prisma} = context;
  if ((await prisma.tasks.count({where: {id: task, warehouse_id: warehouse, kind: 'pick'}})) === 0) return null;
  const stops = await prisma.task_stops.findMany({where: {task_id: task}, orderBy: {position: 'asc'}});
  return drawStops(prisma as Tx, {warehouse, layout, stops});
}

/** How somebody walks who goes to the stops in this order; those whose place is not known are left out. */
export async function drawStops(
  tx: Tx,
  {warehouse, layout, stops}: {warehouse: string; layout: Layout; stops: readonly {bin: string; aisle: string}[]},
): Promise<DrawnWalk> {
  const ways = readyForWalks(layout);
  const bins = stops.map(({bin}) => bin);
  const depths = await binDepths(tx, warehouse, bins);
  const placed = stops.flatMap(({bin, aisle}) => {
    const spot = spotOf(ways, aisle, depths.get(bin) ?? null);
    return spot ? [{bin, spot}] : [];
  });
  const spots = placed.map(({spot}) => spot);
  const path: Point[] = [];
  let from: Stand = 'depot';
  for (const to of [...spots, 'depot'] as Stand[]) {
    path.push(...corners(ways, from, to));
    from = to;
  }
  const length = lengthInOrder(ways, spots);
  const shortest = shortestWalk(ways, spots);
  return {
    path,
    length,
    exact: shortest.exact && length === shortest.length,
    stops: placed.map(({bin, spot}) => ({bin, ...pointOf(layout, spot)})),
  };
}
