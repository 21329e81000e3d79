import {judgeScan} from '../../domain/warehouse/scan.ts';
import {judgeUnpick} from '../../domain/warehouse/scan-unpick.ts';
import type {TaskView} from '../../domain/warehouse/scan-verdict.ts';

/** A stop and a task as `GET /v1/warehouses/{id}/tasks` gives them. */
export interface FloorStop {
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

export interface FloorParcel {
  parcel_id: string;
  state: string;
  suggested_box: string | null;
  expected_g: number;
  items: {sku: string; name: string; qty: number}[];
  inner_mm: number[];
  placements: {sku: string; x: number; y: number; z: number; dx: number; dy: number; dz: number}[];
}

export interface FloorTask {
  task_id: string;
  number: string;
  sub_order_id: string;
  kind: 'pick' | 'pack' | 'unpick';
  state: string;
  claimed_by: string | null;
  lease_until: string | null;
  /** in which it is walked */
  tour_id?: string | null;
  stops: FloorStop[];
  parcels: FloorParcel[];
}

export type PickKind = 'bin' | 'item' | 'short';

export interface PickScan {
  kind: PickKind;
  code: string;
  qty?: number;
}

export interface Verdict {
  accepted: boolean;
  code: string;
  message: string;
}

export const left = ({qty, picked, short}: FloorStop): number => Math.max(0, qty - picked - short);
export const isDone = (task: FloorTask): boolean => task.stops.every((stop) => left(stop) === 0);

/**
 * Where the picker goes now: the stop of the bin that is open, else the first of the walk with something left; null
 * when all is picked. The order is the server's.
 */
export function nextStop(task: FloorTask): FloorStop | null {
  const open = task.stops.filter((stop) => left(stop) > 0);
  return open.find((stop) => stop.opened) ?? open.find((stop) => isAtOpenBin(task, stop)) ?? open[0] ?? null;
}

/** Whether the bin of a stop has been scanned, so that its items may follow. */
export function isAtOpenBin(task: FloorTask, stop: FloorStop): boolean {
  return task.stops.some((other) => other.opened && other.bin === stop.bin);
}

/** What a code means at this moment: a bin of the task is a bin, anything else an item once a bin is open. */
export function kindOf(task: FloorTask, code: string): 'bin' | 'item' {
  if (task.stops.some((stop) => stop.bin === code)) return 'bin';
  if (task.stops.some((stop) => stop.barcode === code || stop.sku === code)) return 'item';
  const stop = nextStop(task);
  return stop && isAtOpenBin(task, stop) ? 'item' : 'bin';
}

/** The verdict of the rules the server has too, and the task after it; the task was claimed by whoever scans. */
export function judge(task: FloorTask, scan: PickScan): {verdict: Verdict; task: FloorTask} {
  const view: TaskView = {
    state: 'open',
    kind: 'pick',
    claimed_by: null,
    lease_until: null,
    stops: task.stops.map((stop, i) => ({...stop, stop_id: String(i), position: i})),
  };
  const who = {actor: '', now: 0};
  const verdict = task.kind === 'unpick' ? judgeUnpick(view, scan, who) : judgeScan(view, scan, who);
  if (!verdict.accepted) return {verdict, task};
  return {verdict: {accepted: true, code: 'ok', message: verdict.message}, task: applied(task, verdict.effect)};
}

function applied(task: FloorTask, effect: {stop_id: string; kind: string; qty: number}): FloorTask {
  const stops = task.stops.map((stop, i) => {
    const here = String(i) === effect.stop_id;
    if (effect.kind === 'open') return {...stop, opened: here};
    if (!here) return stop;
    return effect.kind === 'short'
      ? {...stop, short: stop.short + effect.qty}
      : {...stop, picked: stop.picked + effect.qty};
  });
  return {...task, stops};
}

/** The task as it will be when everything that waits has been sent. */
export function withWaiting(task: FloorTask, waiting: readonly PickScan[]): FloorTask {
  return waiting.reduce((view, scan) => judge(view, scan).task, task);
}
