import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Load} from '../domain/picking/batching.ts';
import type {Layout, Spot} from '../domain/picking/layout.ts';
import type {Distances} from '../domain/picking/local-search.ts';
import {Trouble} from '../simulation/options.ts';

/** Orders of one warehouse, with the best walks known. Lengths in millimetres. */
export interface Instance {
  name: string;
  layout: Layout;
  /** size: number of items */
  loads: Load[];
  capacity: number;
  optimal: number[];
  s_shape: number;
  batch_savings: number;
  batch_first_come: number;
}

interface Stored {
  name: string;
  aisle_x: number[];
  aisle_length: number;
  depot_x: number;
  capacity_items: number;
  orders: {picks: [aisle: number, side: number, y: number, item: number][]}[];
}

interface Reference {
  optimal_per_order: number[];
  s_shape_total: number;
  batch_savings_total: number;
  batch_fcfs_total: number;
}

/** Their measure is the metre, with parts of a millimetre. */
const MM = 1_000;

/** The instances in `DIR/tsp_pick`. Throws Trouble when there are none. */
export function warehouses(data: string | undefined): Instance[] {
  const folder = folderOf(data);
  const known = readJson<Record<string, Reference>>(join(folder, 'warehouse_reference.json'));
  return readdirSync(join(folder, 'warehouse'))
    .sort()
    .flatMap((file) => {
      const stored = readJson<Stored>(join(folder, 'warehouse', file));
      const reference = known[stored.name];
      return reference ? [toInstance(stored, reference)] : [];
    });
}

function toInstance(stored: Stored, reference: Reference): Instance {
  const to = stored.aisle_length * MM;
  return {
    name: stored.name,
    layout: {
      aisles: stored.aisle_x.map((x, i) => ({name: `${i + 1}`, x: x * MM, from: 0, to})),
      cross_aisles: [0, to],
      depot: {x: stored.depot_x * MM, y: 0},
    },
    loads: stored.orders.map(({picks}) => ({
      spots: picks.map(([aisle, , y]) => ({aisle, y: y * MM})),
      size: picks.length,
    })),
    capacity: stored.capacity_items,
    optimal: reference.optimal_per_order.map((metres) => metres * MM),
    s_shape: reference.s_shape_total * MM,
    batch_savings: reference.batch_savings_total * MM,
    batch_first_come: reference.batch_fcfs_total * MM,
  };
}

export interface City {
  name: string;
  distances: Distances;
  optimal: number;
}

/** The TSPLIB instances in `DIR/tsp_pick` (EUC_2D: each edge rounded to a whole number). */
export function tsplib(data: string | undefined): City[] {
  const folder = folderOf(data);
  const optima = readJson<Record<string, {optimal: number}>>(join(folder, 'tsplib_optimal.json'));
  return readdirSync(join(folder, 'tsplib'))
    .sort()
    .flatMap((file) => {
      const name = file.replace(/\.csv$/, '');
      const rows = readFileSync(join(folder, 'tsplib', file), 'utf8')
        .trim()
        .split('\n')
        .slice(1);
      const points = rows.map((row) => row.split(',').map(Number) as [id: number, x: number, y: number]);
      const between = points.flatMap(([, x, y]) => points.map(([, u, v]) => Math.round(Math.hypot(x - u, y - v))));
      const distances = {size: points.length, between: Float64Array.from(between)};
      const optimal = optima[name]?.optimal;
      return optimal === undefined ? [] : [{name, distances, optimal}];
    });
}

function folderOf(data: string | undefined): string {
  if (data === undefined) throw new Trouble('name the folder that holds tsp_pick with --data DIR');
  const folder = [join(data, 'tsp_pick'), data].find((known) => existsSync(join(known, 'warehouse_reference.json')));
  if (!folder) throw new Trouble(`there is no tsp_pick in ${data}: name its folder with --data DIR`);
  return folder;
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** A rectangular floor of so many cross aisles. */
export function plainFloor(rows: number, aisles = 20): Layout {
  const cross_aisles = Array.from({length: rows}, (_, row) => 25_000 * row);
  const to = cross_aisles.at(-1) ?? 0;
  const list = Array.from({length: aisles}, (_, i) => ({name: `${i + 1}`, x: 3_000 * i, from: 0, to}));
  return {aisles: list, cross_aisles, depot: {x: 0, y: 0}};
}

export function drawSpots(layout: Layout, count: number, random: {next(): number}): Spot[] {
  return Array.from({length: count}, () => {
    const aisle = Math.floor(random.next() * layout.aisles.length);
    return {aisle, y: Math.round(random.next() * (layout.aisles[aisle]?.to ?? 0))};
  });
}
