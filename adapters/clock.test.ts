import {createClock} from './clock.ts';

describe('the service clock', () => {
  it('is the machine clock by default', () => {
    const before = Date.now();
    const now = createClock({}).now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('follows WAYBILL_CLOCK', () => {
    const real0 = Date.now();
    const clock = createClock({WAYBILL_CLOCK: JSON.stringify({t0: 1_000, real0, speed: 100})});
    const from = real0;
    const now = clock.now();
    expect(now).toBeGreaterThanOrEqual(1_000);
    expect(now).toBeLessThanOrEqual(1_000 + 100 * (Date.now() - from));
    expect(clock.settings).toEqual({t0: 1_000, real0, speed: 100});
  });

  it('refuses a clock that makes no sense', () => {
    expect(() => createClock({WAYBILL_CLOCK: '{"speed": 2}'})).toThrow('WAYBILL_CLOCK must be');
  });
});
