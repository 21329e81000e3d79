import {addDays, instantOf, weekdayOf} from './local-time.ts';
import {type FirstDay, firstDay, openDaysAfter, type SiteCalendar} from './site.ts';

/** Days on the road, from the earliest to the latest. */
export interface Transit {
  from: number;
  to: number;
  /** `business`: carriers drive from Monday to Friday */
  days: 'business' | 'calendar';
}

export interface WindowRequest {
  /** epoch milliseconds */
  ordered_at: number;
  site: SiteCalendar;
  /** open days between the day of ordering and the hand-over */
  handling_days: number;
  transit: Transit;
  /** between these times of day (`HH:MM`) carriers deliver */
  day: {from: string; until: string};
  /** whole hours the clocks at the door are ahead of those of the site */
  door_ahead_h: number;
}

/** When a shipment leaves and arrives; instants in epoch milliseconds. */
export interface Window {
  pickup_at: number;
  from: number;
  to: number;
  /** the site's dates it was counted by */
  first_day: string;
  pickup_day: string;
  later: FirstDay['later'];
}

const HOUR = 3_600_000;

/**
 * The promise of one shipment. The site begins on the day of ordering if it is open and its cut-off has not passed, else
 * on its next open day; the carrier comes at the cut-off time, the handling days later; what is on the road for n days
 * arrives between the times of day of that date, by the clocks at the door.
 */
export function shippingWindow(request: WindowRequest): Window {
  const {site, transit, day, door_ahead_h} = request;
  const first = firstDay(site, request.ordered_at);
  const pickup_day = openDaysAfter(site, first.date, request.handling_days);
  const pickup_at = instantOf(pickup_day, site.cut_off, site.timezone);
  const atDoor = (days: number, time: string) =>
    instantOf(daysOnRoad(pickup_day, days, transit.days), time, site.timezone) - door_ahead_h * HOUR;
  const from = Math.max(pickup_at, atDoor(transit.from, day.from));
  const to = Math.max(from, atDoor(transit.to, day.until));
  return {pickup_at, from, to, first_day: first.date, pickup_day, later: first.later};
}

function daysOnRoad(date: string, count: number, days: Transit['days']): string {
  if (days === 'calendar') return addDays(date, count);
  let day = date;
  for (let n = 0; n < count; n += 1) {
    do day = addDays(day, 1);
    while (weekdayOf(day) > 5);
  }
  return day;
}

/**
 * Days on the road over a distance.
 * @param km_per_day what a carrier covers
 * @param promised_days of a promise whose faster service is bought; null = the ordinary one
 */
export function transitDays(km: number, km_per_day: number, promised_days: number | null): {from: number; to: number} {
  const ordinary = Math.max(1, Math.ceil(km / km_per_day));
  const to = promised_days === null ? ordinary : Math.min(ordinary, Math.ceil(promised_days));
  return {from: Math.min(Math.floor(km / km_per_day), to), to};
}

/**
 * Hours the clocks of one place are ahead of another's by the sun, the short way round: exact enough for a day's window
 * without a map of time zones, and right at the date line.
 */
export function hoursAhead(lng: number, ofLng: number): number {
  const short = ((((lng - ofLng + 180) % 360) + 360) % 360) - 180;
  return Math.round(short / 15) + 0;
}
