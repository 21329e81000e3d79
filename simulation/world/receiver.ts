import type {SubOrderView} from '../api-types.ts';
import type {Crew} from './crew.ts';
import type {OrderPlan} from './plan.ts';

/** Real milliseconds in which goods that arrived should reach the order that waits for them. */
const PATIENCE_MS = 4_000;

/** Books in what a backordered sub-order waits for, once it has arrived at the warehouse. */
export async function bringStock(crew: Crew, plan: OrderPlan, sub: SubOrderView): Promise<void> {
  if (!plan.restock) return;
  await crew.clock.until(crew.began + plan.at + plan.restock.after);
  for (const {sku, qty} of sub.lines) {
    const reference = `${crew.tag}:${plan.name}:${sku}`.slice(0, 100);
    await crew.client.receive({warehouse: plan.restock.warehouse, sku, qty, reference});
    crew.tally.add('restocked');
  }
  await crew.clock.pause(PATIENCE_MS);
}
