import type {SupplierOffer} from '../domain/suppliers/choose.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';

/**
 * What active suppliers offer of these products in the order's currency, as of now. Who was asked for a product for this
 * order and did not send all of it is not asked again.
 */
export async function loadOffers(
  context: StoreContext,
  tx: Tx,
  order: Pick<orders, 'id' | 'currency'>,
  skus: readonly string[],
): Promise<SupplierOffer[]> {
  const offers = await tx.supplier_offers.findMany({where: {sku: {in: [...skus]}}});
  if (offers.length === 0) return [];
  const suppliers = await tx.suppliers.findMany({
    where: {id: {in: offers.map((offer) => offer.supplier_id)}, active: true, currency: order.currency},
  });
  const ratings = new Map(suppliers.map(({id, rating}) => [id, rating]));
  const refused = await refusedBy(tx, order.id);
  const now = context.now();
  return offers.flatMap(
    ({supplier_id, sku, cost_amount, lead_time_days, available, promised, min_qty, valid_until}) => {
      const rating = ratings.get(supplier_id);
      const left = available === null ? null : available - promised;
      const over = valid_until !== null && valid_until <= now;
      if (rating === undefined || over || (left !== null && left <= 0) || refused.has(`${supplier_id} ${sku}`))
        return [];
      return [{supplier_id, sku, unit_cost: Number(cost_amount), lead_time_days, available: left, min_qty, rating}];
    },
  );
}

/** `supplier sku` of everything that a supplier was asked for by this order and had not, or said nothing about. */
async function refusedBy(tx: Tx, orderId: string): Promise<Set<string>> {
  const purchases = await tx.purchase_orders.findMany({where: {order_id: orderId}});
  if (purchases.length === 0) return new Set();
  const supplierOf = new Map(purchases.map(({id, supplier_id}) => [id, supplier_id]));
  const lines = await tx.purchase_order_lines.findMany({
    where: {purchase_id: {in: [...supplierOf.keys()]}, missing: {gt: 0}},
  });
  return new Set(lines.map((line) => `${supplierOf.get(line.purchase_id)} ${line.sku}`));
}
