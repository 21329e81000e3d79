import {addDays, dateAt, instantOf} from '../domain/calendar/local-time.ts';
import type {SiteCalendar} from '../domain/calendar/site.ts';
import {hoursAhead, shippingWindow, transitDays, type Window} from '../domain/calendar/window.ts';
import {type Policy, PROMISES, type Sla} from '../domain/policy/policy.ts';
import {greatCircleKm, type Point} from '../domain/routing/distance.ts';
import type {Tx} from './context.ts';
import type {warehouses} from './generated/client.ts';
import {calendarOf} from './site-calendar.ts';

export interface PromisedWindow extends Window {
  /** the end of what the delivery promise says, epoch milliseconds; null = it says nothing */
  promised_until: number | null;
  /** how it was computed, for the record; nothing personal */
  basis: Record<string, unknown>;
}

export interface WindowWish {
  /** epoch milliseconds */
  ordered_at: number;
  now: number;
  sla: Sla;
  /** null: the address is gone */
  door: Point | null;
  policy: Pick<Policy, 'routing' | 'shipping' | 'promises'>;
}

/** When what leaves each of these warehouses is picked up and arrives: every window that anybody is told comes from here. */
export async function promiseWindows(
  tx: Tx,
  warehouseIds: readonly string[],
  wish: WindowWish,
): Promise<Map<string, PromisedWindow>> {
  const ids = [...new Set(warehouseIds)];
  if (ids.length === 0) return new Map();
  const sites = await tx.warehouses.findMany({where: {id: {in: ids}}});
  const calendars = await tx.warehouse_calendars.findMany({where: {warehouse_id: {in: ids}}});
  return new Map(
    sites.map((site) => {
      const own = calendars.find((calendar) => calendar.warehouse_id === site.id);
      return [site.id, windowFrom(site, calendarOf(site, own), wish)];
    }),
  );
}

function windowFrom(row: warehouses, site: SiteCalendar, wish: WindowWish): PromisedWindow {
  const {policy, sla} = wish;
  const terms = policy.promises ?? PROMISES;
  const distance_km = wish.door === null ? 0 : greatCircleKm(row, wish.door);
  const door_ahead_h = wish.door === null ? 0 : hoursAhead(wish.door.lng, row.lng);
  const promised_days = policy.shipping.sla_days[sla];
  const days = transitDays(distance_km, policy.routing.weights.speed_km_per_day, promised_days);
  const transit = {...days, days: terms.transit_days};
  const handling_days = terms.handling_days[sla];
  const of = (ordered_at: number) =>
    shippingWindow({ordered_at, site, handling_days, transit, day: terms.day, door_ahead_h});
  // an order that was looked at for days, or units that find another place late, leave from today on
  const early = of(wish.ordered_at);
  const [window, ordered_at] = early.pickup_at > wish.now ? [early, wish.ordered_at] : [of(wish.now), wish.now];
  const {first_day, pickup_day, later} = window;
  const shown = {
    ...site,
    closed_dates: site.closed_dates.filter((d) => d >= dateAt(ordered_at, site.timezone)).slice(0, 20),
  };
  const basis = {
    ...{rule: 'calendar', site: row.id, ...shown, counted_from: new Date(ordered_at).toISOString()},
    ...{handling_days, transit, day: terms.day, door_ahead_h, distance_km: Math.round(distance_km)},
    ...{delivery_sla: sla, first_day, pickup_day, later},
  };
  return {...window, promised_until: slaEnd(site, wish, terms.day.until, door_ahead_h), basis};
}

const DAY = 86_400_000;

/** What comes from a supplier is there after so many days: its calendar is its own. */
export function leadTimeWindow(now: number, eta_days: number): PromisedWindow {
  const to = now + Math.ceil(eta_days) * DAY;
  const pickup_at = Math.min(now + DAY, to);
  const date = (at: number) => new Date(at).toISOString().slice(0, 10);
  return {
    ...{pickup_at, from: pickup_at, to, first_day: date(now), pickup_day: date(pickup_at), later: null},
    ...{promised_until: null, basis: {rule: 'lead_time', eta_days}},
  };
}

/** So many days after the day of ordering, at the end of the carriers' day at the door. */
function slaEnd(site: SiteCalendar, {ordered_at, sla, policy}: WindowWish, until: string, ahead: number) {
  const days = policy.shipping.sla_days[sla];
  if (days === null) return null;
  const date = addDays(dateAt(ordered_at, site.timezone), Math.ceil(days));
  return instantOf(date, until, site.timezone) - ahead * 3_600_000;
}
