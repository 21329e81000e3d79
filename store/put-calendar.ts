import type {StoreContext} from './context.ts';
import type {warehouse_calendars} from './generated/client.ts';

/** When a warehouse is open; null when there is no such warehouse. */
export async function putCalendar(
  context: StoreContext,
  input: Pick<warehouse_calendars, 'warehouse_id' | 'open_weekdays' | 'closed_dates'>,
): Promise<warehouse_calendars | null> {
  const {warehouse_id, ...days} = input;
  if ((await context.prisma.warehouses.count({where: {id: warehouse_id}})) === 0) return null;
  const row = {...days, updated_at: context.now()};
  return context.prisma.warehouse_calendars.upsert({
    where: {warehouse_id},
    create: {warehouse_id, ...row},
    update: row,
  });
}
