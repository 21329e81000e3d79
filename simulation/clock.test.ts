import {Stopped, worldClock} from './clock.ts';

describe('worldClock', () => {
  it('wakes up once the shared clock shows the moment', async () => {
    const clock = worldClock({t0: 5_000, real0: Date.now(), speed: 10_000});
    await clock.until(105_000);
    expect(clock.now()).toBeGreaterThanOrEqual(105_000);
  });

  it('does not wait for what is past', async () => {
    await worldClock({t0: 0, real0: 0, speed: 1}).until(1);
  });

  it('wakes all sleepers with Stopped when the run is stopped, and lets nobody sleep afterwards', async () => {
    const stop = new AbortController();
    const clock = worldClock({t0: 0, real0: Date.now(), speed: 1}, stop.signal);
    const sleeping = Promise.allSettled([clock.pause(60_000), clock.until(1e12)]);
    stop.abort();
    for (const result of await sleeping)
      expect(result).toMatchObject({status: 'rejected', reason: expect.any(Stopped)});
    await expect(clock.pause(1)).rejects.toThrow(Stopped);
  });
});
