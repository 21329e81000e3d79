import {setTimeout as sleep} from 'node:timers/promises';
import type {Kind, Strike} from './catalogue.ts';

/** A fault of one order, and how far it has got. */
export interface Armed extends Strike {
  /** its place among the faults of its cell */
  index: number;
  /** the one run of the step that it strikes, all attempts of it */
  invocation: string | null;
  entries: number;
  fired: boolean;
  done: boolean;
  /** the fault waits for 25 hours to pass */
  parked: boolean;
  second: Latch;
  secondDone: Latch;
}

interface Latch {
  reached: Promise<void>;
  reach: () => void;
}

export interface StruckCell {
  id: string;
  order_id?: string;
}

export interface Hooks {
  /** kills this very process once the word of it is kept */
  die: (cell: StruckCell, fault: Armed) => never | Promise<never>;
  /** have 25 hours passed since the fault was parked? */
  dayPassed: (fault: Armed) => boolean;
  /** the customer cancels; resolves once there is an answer */
  cancel: (cell: StruckCell) => Promise<void>;
  /** a second attempt must come even where nothing times out */
  provoke?: (fault: Armed) => Promise<void>;
  /** told the moment a fault strikes */
  onFire?: (cell: StruckCell, fault: Armed) => void;
}

export class InjectedFault extends Error {}

/** Real milliseconds: how long an attempt waits for the one that overlaps it, and for a cancellation to get under way. */
const OVERLAP_PATIENCE = 60_000;
const CANCEL_LEAD = 400;

export function arm({boundary, kind}: Strike, index: number): Armed {
  const fresh = {index, invocation: null, entries: 0, fired: false, done: false, parked: false};
  return {boundary, kind, ...fresh, second: latch(), secondDone: latch()};
}

function latch(): Latch {
  let reach: Latch['reach'] = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return {reached, reach: () => reach()};
}

type Act = <T>(fault: Armed, cell: StruckCell, entry: number, run: () => Promise<T>, hooks: Hooks) => Promise<T>;

export const strike: Act = (fault, cell, entry, run, hooks) => ACTS[fault.kind](fault, cell, entry, run, hooks);

/** Faults under whose hands the process is about to die, from before their effect on. */
export const doomed = new Set<Armed>();

const fail = (fault: Armed, what: string): never => {
  throw new InjectedFault(`${fault.boundary}:${fault.kind} ${what}`);
};
const fire = (fault: Armed, cell: StruckCell, hooks: Hooks) => {
  fault.fired = true;
  fault.done = true;
  hooks.onFire?.(cell, fault);
};

const ACTS: Record<Kind, Act> = {
  F1: async (fault, cell, _entry, _run, hooks) => {
    fire(fault, cell, hooks);
    return fail(fault, 'nothing was done');
  },
  F2: async (fault, cell, _entry, run, hooks) => {
    await run();
    fire(fault, cell, hooks);
    return fail(fault, 'is done, but nobody hears of it');
  },
  F3: async (fault, cell, _entry, run, hooks) => {
    fault.parked = true;
    doomed.add(fault);
    await run().catch((error: unknown) => {
      fault.parked = false;
      doomed.delete(fault);
      throw error;
    });
    return hooks.die(cell, fault);
  },
  F4: (fault, cell, entry, run, hooks) => (entry === 1 ? slow(fault, cell, run, hooks) : overtaking(fault, run)),
  F5: async (fault, _cell, _entry, run, hooks) => {
    // an attempt that fails for another reason leaves nothing behind that a day could hide
    if (!fault.parked) {
      await run();
      fault.parked = true;
      return fail(fault, 'is done, and a day passes before it is asked again');
    }
    if (!hooks.dayPassed(fault)) return fail(fault, 'cannot be reached for a day');
    fault.done = true;
    return run();
  },
  F6: async (fault, cell, _entry, run, hooks) => {
    fire(fault, cell, hooks);
    const inside = fault.boundary.includes('.');
    const result = inside ? await run() : null;
    await Promise.race([hooks.cancel(cell), sleep(CANCEL_LEAD)]);
    return inside ? (result as Awaited<ReturnType<typeof run>>) : run();
  },
};

/** Does its work while (inside an activity: after) the next attempt does; its result is late and must not count. */
async function slow<T>(fault: Armed, cell: StruckCell, run: () => Promise<T>, hooks: Hooks): Promise<T> {
  const inside = fault.boundary.includes('.');
  const overlap = inside ? fault.secondDone.reached : fault.second.reached;
  const ended = new AbortController();
  const patience = sleep(OVERLAP_PATIENCE, 'alone', {signal: ended.signal}).catch(() => 'alone');
  void hooks.provoke?.(fault);
  const how = await Promise.race([overlap.then(() => 'overlapped'), patience]);
  ended.abort();
  if (how === 'alone') return fail(fault, 'was never overtaken');
  try {
    return await run();
  } finally {
    fire(fault, cell, hooks);
  }
}

async function overtaking<T>(fault: Armed, run: () => Promise<T>): Promise<T> {
  fault.second.reach();
  try {
    return await run();
  } finally {
    fault.secondDone.reach();
  }
}
