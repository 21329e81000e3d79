import type {ClockSettings} from './messages.ts';

/** The service's time inside a workflow: the engine's deterministic clock, put on the service's scale. */
export function virtualNow(clock: ClockSettings): number {
  return clock.t0 + clock.speed * (Date.now() - clock.real0);
}

/** A wait of the service's time as the engine's timers count it, milliseconds. */
export function engineWait(clock: ClockSettings, duration: number): number {
  return Math.max(1, Math.ceil(duration / clock.speed));
}
