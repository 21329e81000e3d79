import {relativeIn} from './when.tsx';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const told = (moment: number, now: number) => relativeIn('en', moment, now);

describe('how far away a moment is', () => {
  it('is told in hours and less within a day', () => {
    expect(told(at(21, 12, 5), at(21, 12))).toBe('in 5 minutes');
    expect(told(at(21, 2), at(21, 12))).toBe('10 hours ago');
    expect(told(at(22, 11), at(21, 12))).toBe('in 23 hours');
  });

  it('goes by the calendar from a day on', () => {
    expect(told(at(22, 23, 59), at(21, 12))).toBe('tomorrow');
    expect(told(at(23, 0, 1), at(21, 23, 59))).toBe('in 2 days');
    // a minute less than two days
    expect(told(at(23, 12), at(21, 12, 1))).toBe('in 2 days');
    expect(told(at(19, 12, 1), at(21, 12))).toBe('2 days ago');
    expect(told(at(20, 1), at(21, 12))).toBe('yesterday');
  });
});
