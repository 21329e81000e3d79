/** The emulator's virtual clock: the product's shared clock plus an offset moved by the control interface. */
export interface EmulatorClock {
  /** Virtual time in milliseconds since the epoch. */
  now(): number;
  /** Moves the clock forward by `ms` virtual milliseconds. */
  advance(ms: number): void;
  /** Sets the clock to `ms` since the epoch; it runs on from there. */
  set(ms: number): void;
  /** What `advance` and `set` have added so far; the caller keeps it in its books. */
  offset(): number;
  restore(offset: number): void;
  /** Real milliseconds that pass while `virtualMs` pass here. */
  realDelay(virtualMs: number): number;
}

interface ClockSetting {
  t0: number;
  real0: number;
  speed: number;
}

function readSetting(text: string | undefined): ClockSetting {
  if (!text) return {t0: 0, real0: 0, speed: 1};
  const {t0, real0, speed} = JSON.parse(text) as Partial<ClockSetting>;
  if (![t0, real0, speed].every(Number.isFinite) || Number(speed) <= 0) {
    throw new Error('WAYBILL_CLOCK must be {"t0": ms, "real0": ms, "speed": number above 0}');
  }
  return {t0: Number(t0), real0: Number(real0), speed: Number(speed)};
}

/** Reads WAYBILL_CLOCK (`now = t0 + speed * (real - real0)`); absent means real time. */
export function createClock(env: Record<string, string | undefined>): EmulatorClock {
  const {t0, real0, speed} = readSetting(env['WAYBILL_CLOCK']);
  let offset = 0;
  const now = () => Math.floor(t0 + speed * (Date.now() - real0) + offset);
  return {
    now,
    advance: (ms) => {
      offset += ms;
    },
    set: (ms) => {
      offset += ms - now();
    },
    offset: () => offset,
    restore: (saved) => {
      offset = saved;
    },
    realDelay: (virtualMs) => virtualMs / speed,
  };
}
