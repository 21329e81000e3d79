import type {StoreContext, Tx} from './context.ts';
import type {orders, sub_orders} from './generated/client.ts';
import {newId} from './ids.ts';
import {StockLostError, type SuppliedPart} from './place-units.ts';

/**
 * Takes units out of what suppliers can still promise: one conditional UPDATE for each offer, in (sku, supplier) order,
 * as reservations do with our own stock. Throws StockLostError when an offer has too few units left.
 */
export async function promiseAtSuppliers(
  context: StoreContext,
  tx: Tx,
  order: orders,
  supplied: readonly SuppliedPart[],
  subs: readonly sub_orders[] = [],
): Promise<void> {
  const subOf = new Map(subs.map(({id, source_id}) => [source_id, id]));
  const wanted = supplied.flatMap(({supplier_id, lines}) => lines.map((line) => ({...line, supplier_id})));
  wanted.sort(
    (a, b) => compare(a.sku, b.sku) || compare(a.supplier_id, b.supplier_id) || compare(a.line_id, b.line_id),
  );
  const at = context.now();
  for (const {line_id, sku, supplier_id, qty, unit_cost} of wanted) {
    const updated = await tx.$executeRaw`UPDATE supplier_offers SET promised = promised + ${qty}
      WHERE supplier_id = ${supplier_id} AND sku = ${sku} AND (available IS NULL OR available - promised >= ${qty})`;
    if (updated !== 1) throw new StockLostError(sku);
    const sub_order_id = subOf.get(supplier_id) ?? null;
    await tx.supplier_promises.create({
      data: {
        id: newId('spr', at),
        order_id: order.id,
        line_id,
        sub_order_id,
        supplier_id,
        sku,
        qty,
        unit_cost: BigInt(unit_cost),
        state: 'open',
        created_at: at,
      },
    });
    await tx.$executeRaw`UPDATE order_lines SET unallocated = unallocated - ${qty}, reserved = reserved + ${qty},
      ever_allocated = ever_allocated + ${qty} WHERE id = ${line_id}`;
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Gives back whatever suppliers have promised an order; its lines are the caller's to change. */
export async function releasePromises(tx: Tx, orderId: string): Promise<void> {
  const open = await tx.supplier_promises.findMany({
    where: {order_id: orderId, state: 'open'},
    orderBy: [{sku: 'asc'}, {supplier_id: 'asc'}],
  });
  for (const {id, supplier_id, sku, qty} of open) {
    await tx.$executeRaw`UPDATE supplier_offers SET promised = promised - ${qty}
      WHERE supplier_id = ${supplier_id} AND sku = ${sku}`;
    await tx.supplier_promises.update({where: {id}, data: {qty: 0, state: 'released'}});
  }
}

/** What becomes of promised units: sent by the supplier, given back, or not there at all. */
export type PromiseEnd = 'used' | 'released' | 'missing';

/**
 * Takes units out of a part's promise. Units that were sent have left the supplier's shelf; of units it does not have,
 * no more are believed to lie there than are promised to others.
 */
export async function takeFromPromise(
  tx: Tx,
  take: {sub_order_id: string; line_id: string; qty: number; end: PromiseEnd},
): Promise<void> {
  const open = await tx.supplier_promises.findMany({
    where: {sub_order_id: take.sub_order_id, line_id: take.line_id, state: 'open'},
    orderBy: {id: 'asc'},
  });
  let left = take.qty;
  for (const {id, supplier_id, sku, qty} of open) {
    const part = Math.min(left, qty);
    if (part === 0) break;
    const state = take.end === 'used' ? 'used' : 'released';
    await tx.supplier_promises.update({where: {id}, data: {qty: qty - part, ...(qty === part ? {state} : {})}});
    await tx.$executeRaw`UPDATE supplier_offers SET promised = promised - ${part} WHERE supplier_id = ${supplier_id} AND sku = ${sku}`;
    if (take.end === 'used') {
      await tx.$executeRaw`UPDATE supplier_offers SET available = greatest(available - ${part}, 0)
        WHERE supplier_id = ${supplier_id} AND sku = ${sku} AND available IS NOT NULL`;
    } else if (take.end === 'missing') {
      await tx.$executeRaw`UPDATE supplier_offers SET available = least(available, promised)
        WHERE supplier_id = ${supplier_id} AND sku = ${sku} AND available IS NOT NULL`;
    }
    left -= part;
  }
  if (left > 0) throw new Error(`only ${take.qty - left} of ${take.qty} units are promised for ${take.sub_order_id}`);
}
