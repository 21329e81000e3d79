export interface StopView {
  stop_id: string;
  /** Place in the walk, ascending. */
  position: number;
  bin: string;
  sku: string;
  barcode: string | null;
  name: string;
  qty: number;
  picked: number;
  short: number;
  opened: boolean;
}

export interface TaskView {
  state: 'open' | 'done' | 'cancelled';
  kind: 'pick' | 'pack';
  claimed_by: string | null;
  /** ms epoch; null = no lease. */
  lease_until: number | null;
  stops: readonly StopView[];
}

export interface ScanInput {
  kind: 'bin' | 'item' | 'short';
  code: string;
  /** Units; left out: 1 for an item, all that remain for a short pick. */
  qty?: number | null;
}

export interface NextPick {
  bin: string;
  sku: string;
  name: string;
  remaining: number;
}

export type Refusal = 'wrong_bin' | 'wrong_item' | 'too_many' | 'not_yours' | 'cancelled' | 'done' | 'unknown_code';

export type ScanVerdict =
  | {
      accepted: true;
      effect: {stop_id: string; kind: 'open' | 'pick' | 'short'; qty: number};
      closes_stop: boolean;
      closes_task: boolean;
      next: NextPick | null;
      code: 'ok';
      message: string;
    }
  | {accepted: false; code: Refusal; message: string};

export function refused(code: Refusal, message: string): ScanVerdict {
  return {accepted: false, code, message};
}

/** The verdict for units picked or missing at a stop. */
export function counted(task: TaskView, stop: StopView, kind: 'pick' | 'short', qty: number): ScanVerdict {
  const left = remaining(stop) - qty;
  const others = unfinished(task).filter((other) => other.stop_id !== stop.stop_id);
  const next = left > 0 ? nextPick(stop, left) : nextAfter(stop, others);
  return {
    accepted: true,
    effect: {stop_id: stop.stop_id, kind, qty},
    closes_stop: left === 0,
    closes_task: left === 0 && others.length === 0,
    next,
    code: 'ok',
    message: whatNext(stop, next),
  };
}

export function remaining(stop: StopView): number {
  return Math.max(0, stop.qty - stop.picked - stop.short);
}

/** Stops with something left, in walking order. */
export function unfinished(task: TaskView): StopView[] {
  return task.stops.filter((stop) => remaining(stop) > 0).sort((a, b) => a.position - b.position);
}

/** Unfinished stops the picker stands at: opened ones first, then the others of a bin that was opened. */
export function within(task: TaskView): StopView[] {
  const opened = new Set(task.stops.filter((stop) => stop.opened).map((stop) => stop.bin));
  const here = unfinished(task).filter((stop) => opened.has(stop.bin));
  return [...here.filter((stop) => stop.opened), ...here.filter((stop) => !stop.opened)];
}

export function isItem(stop: StopView, code: string): boolean {
  return stop.barcode === code || stop.sku === code;
}

export function nextPick(stop: StopView, left: number): NextPick {
  return {bin: stop.bin, sku: stop.sku, name: stop.name, remaining: left};
}

/** What else lies in the same bin, else the first unfinished stop of the walk. */
function nextAfter(stop: StopView, others: readonly StopView[]): NextPick | null {
  const next = others.find((other) => other.bin === stop.bin) ?? others[0];
  return next ? nextPick(next, remaining(next)) : null;
}

function whatNext(stop: StopView, next: NextPick | null): string {
  if (next === null) return 'All picked. Take the tote to packing.';
  const pick = `pick ${next.remaining} × ${next.name}`;
  return next.bin === stop.bin ? `Here: ${pick}.` : `Go to bin ${next.bin}: ${pick}.`;
}
