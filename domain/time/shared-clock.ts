/** One clock for all processes: `now = t0 + speed * (real - real0)`; `t0`, `real0` in epoch milliseconds. */
export interface SharedClock {
  t0: number;
  real0: number;
  speed: number;
}

/** Real time. */
export const REAL_TIME: SharedClock = {t0: 0, real0: 0, speed: 1};

/** Reads `{"t0": ms, "real0": ms, "speed": F}`; empty or absent is real time, undefined means it makes no sense. */
export function parseSharedClock(text: string | undefined): SharedClock | undefined {
  if (text === undefined || text.trim() === '') return REAL_TIME;
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const {t0, real0, speed} = value as Record<string, unknown>;
  if (!isFiniteNumber(t0) || !isFiniteNumber(real0) || !isFiniteNumber(speed) || speed <= 0) return undefined;
  return {t0, real0, speed};
}

/** The shared time, in whole epoch milliseconds, when the machine's clock shows `realNow`. */
export function sharedTime({t0, real0, speed}: SharedClock, realNow: number): number {
  return Math.floor(t0 + speed * (realNow - real0));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
