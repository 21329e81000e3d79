import {instantOf} from '../calendar/local-time.ts';
import type {SiteCalendar} from '../calendar/site.ts';
import {COLLECTION} from './collection.ts';
import {insteadOf, nextWindow, outgrown, windowOn} from './pickup.ts';

const boston: SiteCalendar = {
  timezone: 'America/New_York',
  cut_off: '17:00',
  open_weekdays: [1, 2, 3, 4, 5],
  closed_dates: ['2026-11-26'],
};
const at = (date: string, time: string) => instantOf(date, time, boston.timezone);
const TUESDAY = '2026-11-24';

describe('the window of a pickup', () => {
  it('begins at the cut-off of the day and leaves the notice', () => {
    const window = {day: TUESDAY, from: at(TUESDAY, '17:00'), until: at(TUESDAY, '20:00')};
    expect(nextWindow(boston, at(TUESDAY, '09:00'), COLLECTION)).toEqual(window);
    expect(nextWindow(boston, at(TUESDAY, '17:30'), COLLECTION)).toEqual({...window, from: at(TUESDAY, '17:30')});
    expect(nextWindow(boston, at(TUESDAY, '18:00'), COLLECTION)).toMatchObject({day: TUESDAY});
    expect(nextWindow(boston, at(TUESDAY, '18:01'), COLLECTION)).toMatchObject({day: '2026-11-25'});
  });

  it('is on the next open day where the site is closed', () => {
    const evening = at('2026-11-25', '19:00');
    expect(nextWindow(boston, evening, COLLECTION)).toMatchObject({day: '2026-11-27', from: at('2026-11-27', '17:00')});
    expect(windowOn(boston, '2026-11-26', evening, COLLECTION)).toBe('closed');
    expect(windowOn(boston, '2026-11-25', evening, COLLECTION)).toBe('too_late');
  });

  it('reaches past midnight where the cut-off is late', () => {
    const late = {...boston, cut_off: '23:00'};
    expect(nextWindow(late, at('2026-11-25', '00:00'), COLLECTION)).toMatchObject({day: TUESDAY});
    expect(nextWindow(late, at('2026-11-25', '00:01'), COLLECTION)).toMatchObject({day: '2026-11-25'});
  });
});

describe('a pickup that was booked', () => {
  it('is too small when the parcels are a quarter more', () => {
    const many = (asked_for: number, parcels: number) => outgrown(asked_for, parcels, COLLECTION);
    expect([many(1, 1), many(1, 2), many(8, 9), many(8, 10), many(8, 3)]).toEqual([false, true, false, true, false]);
  });

  it('that nobody makes is told with what helps', () => {
    expect(insteadOf('no_pickups')).toEqual(['another_day', 'counter']);
    expect(insteadOf('pickup_no')).toContain('call_carrier');
  });
});
