import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseSharedClock, type SharedClock, sharedTime} from '../domain/time/shared-clock.ts';

/** Time as the world sees it. `at` and `now` are epoch milliseconds on the system's shared clock. */
export interface WorldClock {
  readonly speed: number;
  now(): number;
  /** Resolves once the shared clock shows `at`; rejects with Stopped when the run is stopped. */
  until(at: number): Promise<void>;
  /** Waits real milliseconds. */
  pause(realMs: number): Promise<void>;
}

/** The run was told to stop (Ctrl-C): not a failure of anything. */
export class Stopped extends Error {
  constructor() {
    super('stopped');
  }
}

const LONGEST_TIMER_MS = 60_000;

export function worldClock(shared: SharedClock, stop?: AbortSignal): WorldClock {
  const now = () => sharedTime(shared, Date.now());
  const sleepers = new Set<() => void>();
  stop?.addEventListener('abort', () => {
    for (const wake of sleepers) wake();
  });
  const pause = (ms: number) =>
    new Promise<void>((resolve, reject) => {
      if (stop?.aborted) return reject(new Stopped());
      const wake = () => {
        clearTimeout(timer);
        sleepers.delete(wake);
        if (stop?.aborted) reject(new Stopped());
        else resolve();
      };
      const timer = setTimeout(wake, ms);
      sleepers.add(wake);
    });
  return {
    speed: shared.speed,
    now,
    pause,
    until: async (at) => {
      for (let wait = at - now(); wait > 0; wait = at - now()) {
        await pause(Math.min(Math.max(1, Math.ceil(wait / shared.speed)), LONGEST_TIMER_MS));
      }
    },
  };
}

/** The clock of a data folder, else of WAYBILL_CLOCK, else real time. */
export function readClock(dataDir: string | undefined, env: Record<string, string | undefined>): SharedClock {
  const file = dataDir && join(dataDir, 'clock.json');
  const text = file && existsSync(file) ? readFileSync(file, 'utf8') : env.WAYBILL_CLOCK;
  const clock = parseSharedClock(text);
  if (!clock) throw new Error(`${file || 'WAYBILL_CLOCK'} must hold {"t0": ms, "real0": ms, "speed": number above 0}`);
  return clock;
}
