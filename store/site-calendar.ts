import {DEFAULT_OPEN_WEEKDAYS, type SiteCalendar} from '../domain/calendar/site.ts';
import type {Tx} from './context.ts';
import type {warehouse_calendars, warehouses} from './generated/client.ts';

/** When a warehouse works; `own` is absent where nobody said. */
export function calendarOf(
  {timezone, cut_off}: Pick<warehouses, 'timezone' | 'cut_off'>,
  own: Pick<warehouse_calendars, 'open_weekdays' | 'closed_dates'> | null | undefined,
): SiteCalendar {
  const {open_weekdays = DEFAULT_OPEN_WEEKDAYS, closed_dates = []} = own ?? {};
  return {timezone, cut_off, open_weekdays, closed_dates};
}

export async function readCalendar(tx: Pick<Tx, 'warehouse_calendars'>, site: warehouses): Promise<SiteCalendar> {
  return calendarOf(site, await tx.warehouse_calendars.findUnique({where: {warehouse_id: site.id}}));
}
