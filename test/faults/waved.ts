import {SLAS} from '../../domain/policy/policy.ts';
import {offer, openSite, type Wish} from '../support/shop.ts';
import type {World} from '../support/world.ts';

let sites = 0;

/** From a warehouse of its own, which releases every pick in a wave as soon as it looks. */
export async function wavedWish({api}: World): Promise<Wish> {
  sites += 1;
  const warehouse = `WAVES-${sites}`;
  await openSite(api, warehouse, 'EAST');
  const terms = {rule: 'priority', urgent: SLAS, totes: 1};
  await api.as('warehouse_lead').put(`/v1/warehouses/${warehouse}/wave-terms`, terms).expect(200);
  const sku = await offer(api, {});
  const receipt = {warehouse, sku, qty: 2, bin: 'A-1', reference: `first-${sku}`};
  await api.as('receiver').post('/v1/inventory/receipts', receipt).expect(200);
  return {lines: [{sku, qty: 2}]};
}

/** Whether nobody may pick yet, because no wave has released the part. */
export async function waitsForWave({api}: World, subOrderId: string): Promise<boolean> {
  const {tasks, task_stops} = api.store.prisma;
  const task = await tasks.findFirst({where: {sub_order_id: subOrderId, kind: 'pick', state: 'open'}});
  const released = {task_id: task?.id ?? '', tour_id: {not: null}};
  return (await task_stops.count({where: released})) === 0;
}
