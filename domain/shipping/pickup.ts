import {addDays, dateAt, instantOf} from '../calendar/local-time.ts';
import {isOpen, openDayFrom, type SiteCalendar} from '../calendar/site.ts';
import type {CollectionTerms} from './collection.ts';

/** When a driver is asked to come; instants in epoch milliseconds. */
export interface PickupWindow {
  /** of the site's calendar */
  day: string;
  from: number;
  until: number;
}

/** Why nobody can be asked to come on a day. */
export type NoWindow = 'closed' | 'too_late';

/** The window of a day: from the cut-off on, or from now where that is over, with the notice that a carrier needs. */
export function windowOn(
  site: SiteCalendar,
  day: string,
  now: number,
  {pickup_window, pickup_notice}: CollectionTerms,
): PickupWindow | NoWindow {
  if (!isOpen(site, day)) return 'closed';
  const cut_off = instantOf(day, site.cut_off, site.timezone);
  const until = cut_off + pickup_window;
  return now + pickup_notice > until ? 'too_late' : {day, from: Math.max(cut_off, now), until};
}

/** The first window that can still be asked for. Throws RangeError for a site that never opens. */
export function nextWindow(site: SiteCalendar, now: number, terms: CollectionTerms): PickupWindow {
  // a window may reach past midnight: what began the day before may still be open
  let day = openDayFrom(site, addDays(dateAt(now, site.timezone), -1));
  for (;;) {
    const window = windowOn(site, day, now, terms);
    if (typeof window !== 'string') return window;
    day = openDayFrom(site, addDays(day, 1));
  }
}

/** Are so many parcels too many for a driver who was asked to fetch so few? */
export function outgrown(asked_for: number, parcels: number, {pickup_growth}: CollectionTerms): boolean {
  return parcels > asked_for && parcels >= asked_for * (1 + pickup_growth);
}

/** What people can do instead of a pickup that the carrier does not make. */
export const INSTEAD = ['another_day', 'counter', 'call_carrier', 'ask_ops'] as const;
export type Instead = (typeof INSTEAD)[number];

/** What helps after a failure, the easiest first. */
export function insteadOf(failure: string): readonly Instead[] {
  switch (failure) {
    // our own clock, or a carrier that comes to nobody here then
    case 'too_late':
    case 'no_pickups':
      return ['another_day', 'counter'];
    case 'provider_unauthorised':
      return ['counter', 'ask_ops'];
    // a driver who is under way already takes the rest along when told so
    case 'not_cancelled':
      return ['call_carrier'];
    default:
      return ['call_carrier', 'another_day', 'counter'];
  }
}
