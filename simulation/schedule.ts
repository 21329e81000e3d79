import type {OrderPlan} from './world/plan.ts';

const DAY = 86_400_000;

/** Half a day a second: holds live 14 s, a silent parcel is given up after a minute. */
export const FASTEST = 43_200;
/** Below it nobody could wait for the 30 silent days after which a parcel is declared lost. */
export const SLOWEST_WITH_LOSS = 20_000;
/** Below it journeys of days are played in seconds instead. */
export const SLOWEST_WITH_DAYS = 2_000;
/** What the longest journey is pressed into on a slow clock, real milliseconds. */
const PRESSED_MS = 15_000;

export interface Pace {
  speed: number;
  /** arrivals are multiplied by it (1 = at the recorded distances) */
  squeeze: number;
}

/**
 * Chooses the clock for arrivals that span `spanMs` virtual milliseconds so that `orders` come at `rate` a (real)
 * second on average. Faster than FASTEST the clock does not go: then the distances between arrivals are squeezed.
 */
export function paceFor(given: {spanMs: number; orders: number; rate: number; speed?: number | undefined}): Pace {
  const {spanMs, orders, rate} = given;
  const realMs = (orders / rate) * 1_000;
  const wanted = spanMs / Math.max(1, realMs);
  const speed = given.speed ?? Math.min(FASTEST, Math.max(SLOWEST_WITH_LOSS, Math.round(wanted)));
  return {speed, squeeze: Math.min(1, (realMs * speed) / Math.max(1, spanMs))};
}

/** The same arrivals at `squeeze` times the distances; what happens to an order keeps its own times. */
export function squeezeArrivals(plans: readonly OrderPlan[], squeeze: number): OrderPlan[] {
  return squeeze === 1 ? [...plans] : plans.map((plan) => ({...plan, at: Math.round(plan.at * squeeze)}));
}

/** On a slow clock all journeys are shortened alike, so that the longest fits into a few real seconds. */
export function pressJourneys(plans: readonly OrderPlan[], speed: number): OrderPlan[] {
  if (speed >= SLOWEST_WITH_DAYS) return [...plans];
  const longest = plans.reduce((max, plan) => Math.max(max, plan.journey.arrive), 0);
  const press = Math.min(1, (PRESSED_MS * speed) / Math.max(1, longest));
  const times = (ms: number) => Math.round(ms * press);
  return plans.map((plan) => ({
    ...plan,
    journey: {
      ...plan.journey,
      pick: times(plan.journey.pick),
      hand_over: times(plan.journey.hand_over),
      arrive: times(plan.journey.arrive),
    },
    ...(plan.cancel && {cancel: {...plan.cancel, after: times(plan.cancel.after)}}),
    ...(plan.restock && {restock: {...plan.restock, after: times(plan.restock.after)}}),
  }));
}

export function paceSentence(pace: Pace, orders: number, spanMs: number): string {
  const days = (ms: number) => (ms / DAY).toFixed(ms < 10 * DAY ? 1 : 0);
  const squeezed =
    pace.squeeze < 1 ? `, arrivals squeezed to ${(pace.squeeze * 100).toPrecision(2)} % of their distances` : '';
  const seconds = (spanMs * pace.squeeze) / pace.speed / 1_000;
  const rate = seconds > 0 ? (orders / seconds).toFixed(1) : String(orders);
  return (
    `clock ${pace.speed} times as fast: ${days(spanMs)} days of arrivals in ${Math.round(seconds)} s, ` +
    `${rate} orders/s on average${squeezed}`
  );
}
