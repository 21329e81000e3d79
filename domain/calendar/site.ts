import {addDays, dateAt, instantOf, weekdayOf} from './local-time.ts';

/** When a place works. */
export interface SiteCalendar {
  /** IANA */
  timezone: string;
  /** `HH:MM` by the site's clocks: what is ordered before it counts as that day's, and the carrier comes then */
  cut_off: string;
  /** 1 is Monday, 7 is Sunday; at least one */
  open_weekdays: readonly number[];
  /** `YYYY-MM-DD` */
  closed_dates: readonly string[];
}

/** Of a site that was given no calendar: a promise that turns out too early is the worse mistake. */
export const DEFAULT_OPEN_WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5];

/** Further than any list of closed dates reaches. */
const FAR = 4_000;

export function isOpen(site: SiteCalendar, date: string): boolean {
  return site.open_weekdays.includes(weekdayOf(date)) && !site.closed_dates.includes(date);
}

/** The first open day at or after a date. Throws RangeError for a site that never opens. */
export function openDayFrom(site: SiteCalendar, date: string): string {
  for (let days = 0; days < FAR; days += 1) {
    const day = addDays(date, days);
    if (isOpen(site, day)) return day;
  }
  throw new RangeError('the site is never open');
}

export interface FirstDay {
  /** on which the site begins */
  date: string;
  /** why it is not the day of ordering */
  later: 'cut_off_missed' | 'site_closed' | null;
}

/** The day on which a site takes up what is ordered at that instant. */
export function firstDay(site: SiteCalendar, ordered_at: number): FirstDay {
  const today = dateAt(ordered_at, site.timezone);
  if (!isOpen(site, today)) return {date: openDayFrom(site, today), later: 'site_closed'};
  if (ordered_at < instantOf(today, site.cut_off, site.timezone)) return {date: today, later: null};
  return {date: openDayFrom(site, addDays(today, 1)), later: 'cut_off_missed'};
}

/** So many open days after an open day. */
export function openDaysAfter(site: SiteCalendar, date: string, count: number): string {
  let day = date;
  for (let n = 0; n < count; n += 1) day = openDayFrom(site, addDays(day, 1));
  return day;
}
