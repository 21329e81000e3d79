import {FASTEST, paceFor, pressJourneys, squeezeArrivals} from './schedule.ts';
import type {OrderPlan} from './world/plan.ts';

const DAY = 86_400_000;
const plan = (at: number, arrive = 10 * DAY): OrderPlan => ({
  name: 'x',
  kind: 'plain',
  at,
  ending: 'delivered',
  journey: {pick: DAY, hand_over: 2 * DAY, arrive, lost: 'none'},
  body: {} as OrderPlan['body'],
});

describe('schedule', () => {
  it('takes the speed at which the arrivals fit the rate', () => {
    const pace = paceFor({spanMs: 570 * DAY, orders: 5_705, rate: 4});
    expect(pace.squeeze).toBeCloseTo(1, 3);
    expect(pace.speed).toBeGreaterThan(34_000);
    expect(pace.speed).toBeLessThan(35_000);
  });

  it('squeezes the distances where the clock would have to be too fast', () => {
    const pace = paceFor({spanMs: 570 * DAY, orders: 100, rate: 4});
    expect(pace.speed).toBe(FASTEST);
    expect(pace.squeeze * 570 * DAY).toBeCloseTo(25_000 * FASTEST, -3);
  });

  it('keeps the distances when the asked speed makes the arrivals slower than the rate', () => {
    expect(paceFor({spanMs: 0, orders: 10, rate: 4, speed: 1})).toEqual({speed: 1, squeeze: 1});
    expect(paceFor({spanMs: 100_000, orders: 4, rate: 4, speed: 10}).squeeze).toBe(0.1);
  });

  it('squeezes arrivals, not what happens to an order', () => {
    const [first] = squeezeArrivals([plan(1_000)], 0.5);
    expect(first?.at).toBe(500);
    expect(first?.journey.arrive).toBe(10 * DAY);
  });

  it('presses the longest journey into seconds on a slow clock and keeps the order of things', () => {
    const [short, long] = pressJourneys([plan(0, 5 * DAY), plan(0, 10 * DAY)], 1);
    expect(long?.journey.arrive).toBe(15_000);
    expect(short?.journey.arrive).toBe(7_500);
    expect(short?.journey.pick).toBeLessThan(short?.journey.hand_over ?? 0);
    expect(pressJourneys([plan(0)], 5_000)[0]?.journey.arrive).toBe(10 * DAY);
  });
});
