import type {StoreContext} from './context.ts';
import type {bins} from './generated/client.ts';
import {keep, type Setter, type Unwritten} from './set-up/keep.ts';

/** Places a bin on a warehouse's floor, millimetres; null when there is no such warehouse. */
export async function putBin(
  context: StoreContext,
  {warehouse_id, bin, ...place}: Unwritten<bins>,
  setter: Setter,
): Promise<bins | 'changed' | null> {
  if ((await context.prisma.warehouses.count({where: {id: warehouse_id}})) === 0) return null;
  const where = {warehouse_id_bin: {warehouse_id, bin}};
  return keep(context, setter, {
    what: 'bin',
    id: `${warehouse_id}/${bin}`,
    read: (tx) => tx.bins.findUnique({where}),
    write: (tx, updated_at) => {
      const row = {...place, updated_at};
      return tx.bins.upsert({where, create: {warehouse_id, bin, ...row}, update: row});
    },
  });
}
