import {type FloorStop, type FloorTask, isAtOpenBin, judge, left, type PickScan, type Verdict} from './task-state.ts';

/** A stop of a tour: whose order it is of, and the tote of that order on the cart. */
export interface TourStop extends FloorStop {
  task_id: string;
  number: string;
  tote: string;
}

/** A tour as `GET /v1/tours/{id}` gives it. */
export interface FloorTour {
  tour_id: string;
  zone: string | null;
  state: string;
  paused: boolean;
  claimed_by: string | null;
  stops: TourStop[];
}

/** A tour, and the bin its picker stands at. */
export interface Walk {
  tour: FloorTour;
  at: string | null;
}

/** A scan as the server judges it: of one task, whichever of the tour. */
export interface TourScan extends PickScan {
  task_id: string;
}

/** Where a walk goes on that somebody has begun: at the bin that is open. */
export const walkOf = (tour: FloorTour): Walk => ({
  tour,
  at: tour.stops.find((stop) => stop.opened && left(stop) > 0)?.bin ?? null,
});

export const isWalked = ({tour}: Walk): boolean => tour.stops.every((stop) => left(stop) === 0);

/** What is left at the bin one stands at, else the next of the walk; null when all is picked. The order is the server's. */
export function nextTourStop({tour, at}: Walk): TourStop | null {
  const open = tour.stops.filter((stop) => left(stop) > 0);
  return open.find((stop) => stop.bin === at) ?? open[0] ?? null;
}

export const isHere = (walk: Walk, stop: TourStop): boolean => walk.at === stop.bin;

/** The part of the tour that is of one task, as its rules see it. */
function taskOf({tour}: Walk, task_id: string): FloorTask {
  const stops = tour.stops.filter((stop) => stop.task_id === task_id);
  const rest = {number: '', sub_order_id: '', state: 'open', claimed_by: null, lease_until: null, parcels: []};
  return {task_id, kind: 'pick', stops, ...rest};
}

/**
 * What a scanned code means here: a bin of the walk is a bin, anything else an item of the stop one is led to. One bin may
 * hold units for several totes; each order's task wants it opened, the picker scans it once.
 */
export function scansOf(walk: Walk, code: string, qty?: number): TourScan[] {
  const next = nextTourStop(walk);
  if (!next) return [];
  const {stops} = walk.tour;
  const known = stops.some((stop) => stop.barcode === code || stop.sku === code);
  if (stops.some((stop) => stop.bin === code) || !(known || isHere(walk, next))) {
    const there = next.bin === code ? next : stops.find((stop) => stop.bin === code && left(stop) > 0);
    return [{task_id: (there ?? next).task_id, kind: 'bin', code}];
  }
  return [...opening(walk, next), {task_id: next.task_id, kind: 'item', code, ...(qty === undefined ? {} : {qty})}];
}

/** Units of the stop one is led to that are not there. */
export function missingOf(walk: Walk, qty: number): TourScan[] {
  const next = nextTourStop(walk);
  return next ? [...opening(walk, next), {task_id: next.task_id, kind: 'short', code: next.sku, qty}] : [];
}

/** The bin one stands at was scanned for another tote: it is open for this one too. */
function opening(walk: Walk, next: TourStop): TourScan[] {
  const open = !isHere(walk, next) || isAtOpenBin(taskOf(walk, next.task_id), next);
  return open ? [] : [{task_id: next.task_id, kind: 'bin', code: next.bin}];
}

/** The verdict of the rules the server has too, and the walk after it. */
export function judgeWalk(walk: Walk, {task_id, ...scan}: TourScan): {verdict: Verdict; walk: Walk} {
  const {verdict, task} = judge(taskOf(walk, task_id), scan);
  if (!verdict.accepted) return {verdict, walk};
  const after = [...task.stops];
  const stops = walk.tour.stops.map((stop) => {
    return stop.task_id === task_id ? {...stop, ...after.shift()} : stop;
  });
  return {verdict, walk: {tour: {...walk.tour, stops}, at: scan.kind === 'bin' ? scan.code : walk.at}};
}

/** The walk as it will be when everything that waits has been sent. */
export const walkWith = (walk: Walk, waiting: readonly TourScan[]): Walk =>
  waiting.reduce((view, scan) => judgeWalk(view, scan).walk, walk);
