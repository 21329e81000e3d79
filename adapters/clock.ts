import type {Clock} from '../activities/ports.ts';
import {parseSharedClock, type SharedClock, sharedTime} from '../domain/time/shared-clock.ts';

export interface ServiceClock extends Clock {
  settings: SharedClock;
}

/** The service's clock from WAYBILL_CLOCK; without it, real time. */
export function createClock(env: Record<string, string | undefined>): ServiceClock {
  const settings = parseSharedClock(env['WAYBILL_CLOCK']);
  if (!settings) throw new Error('WAYBILL_CLOCK must be {"t0": ms, "real0": ms, "speed": number above 0}');
  return {now: () => sharedTime(settings, Date.now()), settings};
}
