import type {StoreContext} from './context.ts';
import type {Prisma, warehouses} from './generated/client.ts';
import {keep, type Setter} from './set-up/keep.ts';

export interface WarehouseInput {
  name: string;
  address: Prisma.InputJsonObject;
  lat: number;
  lng: number;
  timezone: string;
  cut_off: string;
  priority: number;
}

/** Creates or replaces a warehouse; whether it takes orders is said elsewhere. */
export async function putWarehouse(
  context: StoreContext,
  id: string,
  input: WarehouseInput,
  setter: Setter,
): Promise<warehouses | 'changed'> {
  return keep(context, setter, {
    what: 'warehouse',
    id,
    read: (tx) => tx.warehouses.findUnique({where: {id}}),
    write: (tx, updated_at) => {
      const row = {...input, updated_at};
      return tx.warehouses.upsert({where: {id}, create: {id, ...row}, update: row});
    },
  });
}
