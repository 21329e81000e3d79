import type {orders} from '../store/generated/client.ts';
import {Problem} from './errors.ts';
import {maySeeOrder} from './own.ts';
import type {Call} from './route.ts';

export const noSuchOrder = () => new Problem('not_found', 'there is no such order');

/** The row of an order the caller may see; to others it does not exist. */
export async function ownOrderRow({deps, caller}: Pick<Call, 'deps' | 'caller'>, id: string): Promise<orders> {
  const order = await deps.store.prisma.orders.findUnique({where: {id}});
  if (!order || !maySeeOrder(caller, order)) throw noSuchOrder();
  return order;
}
