import {runningShare} from '../domain/money/share.ts';
import type {Contents} from '../domain/shipping/customs.ts';
import type {Tx} from './context.ts';
import type {order_lines} from './generated/client.ts';

/** What is in these parcels of an order: for each, its units with what was paid for them. */
export async function parcelContents(
  tx: Tx,
  order: {id: string; currency: string},
  parcelIds: readonly string[],
): Promise<Map<string, Contents>> {
  const items = await tx.parcel_items.findMany({where: {parcel_id: {in: [...parcelIds]}}, orderBy: [{line_id: 'asc'}]});
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}});
  const products = await tx.products.findMany({where: {sku: {in: [...new Set(items.map(({sku}) => sku))]}}});
  const contents = new Map(
    parcelIds.map((id) => [id, {currency: order.currency, lines: [] as Contents['lines'][number][]}]),
  );
  for (const {parcel_id, line_id, sku, qty} of items) {
    const line = lines.find(({id}) => id === line_id);
    if (!line) continue;
    const product = products.find((one) => one.sku === sku);
    contents.get(parcel_id)?.lines.push({
      ...{sku, description: line.name, qty, weight_g: line.weight_g * qty},
      value: paidFor(lines.find(({id}) => id === line.value_line_id) ?? line, qty),
      hs_code: product?.hs_code ?? null,
      origin_country: product?.origin_country ?? null,
      replaces: line.value_line_id !== null,
    });
  }
  return contents;
}

/** Units of a line at what they cost, without shipping. What is sent in exchange is worth what it replaces. */
function paidFor({items_amount, discount_amount, qty: of}: order_lines, qty: number): number {
  return runningShare(Number(items_amount - discount_amount), qty, of);
}
