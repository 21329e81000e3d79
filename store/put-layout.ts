import type {Layout} from '../domain/picking/layout.ts';
import type {StoreContext} from './context.ts';

/** Stores the floor of a warehouse; false when there is no such warehouse. Open tasks keep the order they have. */
export async function putLayout(context: StoreContext, warehouse: string, layout: Layout): Promise<boolean> {
  const {prisma} = context;
  if ((await prisma.warehouses.count({where: {id: warehouse}})) === 0) return false;
  const row = {body: JSON.parse(JSON.stringify(layout)), updated_at: context.now()};
  await prisma.layouts.upsert({
    where: {warehouse_id: warehouse},
    create: {warehouse_id: warehouse, ...row},
    update: row,
  });
  return true;
}
