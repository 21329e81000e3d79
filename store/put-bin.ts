import type {StoreContext} from './context.ts';
import type {bins} from './generated/client.ts';

/** Places a bin on a warehouse's floor, millimetres; null when there is no such warehouse. */
export async function putBin(context: StoreContext, input: bins): Promise<bins | null> {
  const {warehouse_id, bin, ...place} = input;
  if ((await context.prisma.warehouses.count({where: {id: warehouse_id}})) === 0) return null;
  return context.prisma.bins.upsert({
    where: {warehouse_id_bin: {warehouse_id, bin}},
    create: input,
    update: place,
  });
}
