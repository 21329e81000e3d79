import {parseSharedClock, REAL_TIME, sharedTime} from './shared-clock.ts';

describe('the shared clock', () => {
  it('is real time where nothing is set', () => {
    expect(parseSharedClock(undefined)).toEqual(REAL_TIME);
    expect(parseSharedClock('  ')).toEqual(REAL_TIME);
    expect(sharedTime(REAL_TIME, 1_700_000_000_123)).toBe(1_700_000_000_123);
  });

  it('runs from t0 at its speed', () => {
    const clock = parseSharedClock('{"t0": 1000000, "real0": 500, "speed": 60}');
    expect(clock).toEqual({t0: 1_000_000, real0: 500, speed: 60});
    expect(clock && sharedTime(clock, 1_500)).toBe(1_060_000);
  });

  it('gives whole milliseconds', () => {
    expect(sharedTime({t0: 0, real0: 0, speed: 1.5}, 3)).toBe(4);
  });

  it.each([
    '{',
    '[]',
    '{}',
    'null',
    '7',
    '{"t0":1,"real0":2}',
    '{"t0":1,"real0":2,"speed":0}',
    '{"t0":"1","real0":2,"speed":1}',
  ])('makes no sense of %s', (text) => expect(parseSharedClock(text)).toBeUndefined());
});
