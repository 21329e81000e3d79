import type {StoreContext} from './context.ts';
import type {Prisma, warehouses} from './generated/client.ts';

export interface WarehouseInput {
  name: string;
  address: Prisma.InputJsonObject;
  lat: number;
  lng: number;
  timezone: string;
  cut_off: string;
  priority: number;
}

export async function putWarehouse(context: StoreContext, id: string, input: WarehouseInput): Promise<warehouses> {
  const row = {...input, updated_at: context.now()};
  return context.prisma.warehouses.upsert({where: {id}, create: {id, ...row}, update: row});
}
