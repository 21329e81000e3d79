import type {EmulatorClock} from '../shared/clock.ts';

/** What is due when, on the virtual clock. */
export interface Schedule {
  add(due: number, id: string): void;
  /** Lets everything happen that is due by now; also after the clock was moved. */
  run(): void;
  clear(): void;
  stop(): void;
}

interface Item {
  due: number;
  /** Order of adding: things due at the same moment happen in that order. */
  rank: number;
  id: string;
}

/** Long waits are cut so that a timer never overflows. */
const LONGEST_WAIT_MS = 60_000;

export function createSchedule(clock: EmulatorClock, happen: (id: string, due: number) => void): Schedule {
  let heap: Item[] = [];
  let rank = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const arm = (): void => {
    clearTimeout(timer);
    const next = heap[0];
    if (!next || stopped) return;
    const wait = Math.ceil(clock.realDelay(Math.max(0, next.due - clock.now())));
    timer = setTimeout(run, Math.min(Math.max(1, wait), LONGEST_WAIT_MS));
    timer.unref();
  };
  const run = (): void => {
    for (let next = heap[0]; next && !stopped && next.due <= clock.now(); next = heap[0]) {
      removeFirst(heap);
      happen(next.id, next.due);
    }
    arm();
  };
  return {
    add: (due, id) => {
      rank += 1;
      insert(heap, {due, rank, id});
      if (heap[0]?.id === id) arm();
    },
    run,
    clear: () => {
      heap = [];
      clearTimeout(timer);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const before = (a: Item, b: Item): boolean => a.due < b.due || (a.due === b.due && a.rank < b.rank);

/** Binary heap, earliest first. */
function insert(heap: Item[], item: Item): void {
  let at = heap.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] as Item;
    if (!before(item, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = item;
}

function removeFirst(heap: Item[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Item, heap[child] as Item)) child += 1;
    if (!before(heap[child] as Item, last)) break;
    heap[at] = heap[child] as Item;
    at = child;
  }
  heap[at] = last;
}
