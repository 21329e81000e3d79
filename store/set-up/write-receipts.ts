import type {Body} from '../../domain/set-up/judge.ts';
import type {StoreContext, Tx} from '../context.ts';
import {settleEarmarks} from '../waiting-lines.ts';
import {receiptCause} from './known.ts';

/**
 * Books goods that arrived as `receiveStock` does, many at once: stock, bins and ledger. The caller holds the queues of
 * the products, so that nothing of them is booked, promised or waited for meanwhile.
 */
export async function writeReceipts(
  context: StoreContext,
  tx: Tx,
  bodies: readonly Body[],
  actor: string,
): Promise<void> {
  const rows = JSON.stringify(
    bodies.map((body) => {
      const {warehouse, sku, reference} = body as Record<string, string>;
      return {...body, cause: receiptCause(warehouse ?? '', sku ?? '', reference ?? '')};
    }),
  );
  // rows of stock in the order in which every other writer of stock takes them
  await tx.$executeRaw`INSERT INTO stock (warehouse_id, sku, on_hand, reserved, in_transit, safety_stock)
    SELECT DISTINCT warehouse, sku, 0, 0, 0, 0 FROM jsonb_to_recordset(${rows}::jsonb) AS t(warehouse text, sku text)
    ORDER BY sku, warehouse ON CONFLICT (warehouse_id, sku) DO NOTHING`;
  await tx.$queryRaw`SELECT s.sku FROM stock s JOIN (
      SELECT DISTINCT warehouse, sku FROM jsonb_to_recordset(${rows}::jsonb) AS r(warehouse text, sku text)) t
    ON t.warehouse = s.warehouse_id AND t.sku = s.sku ORDER BY s.sku, s.warehouse_id FOR UPDATE OF s`;
  await tx.$executeRaw`UPDATE stock s SET on_hand = s.on_hand + t.qty FROM (
      SELECT warehouse, sku, sum(qty)::int AS qty FROM jsonb_to_recordset(${rows}::jsonb)
        AS r(warehouse text, sku text, qty int) GROUP BY warehouse, sku) t
    WHERE s.warehouse_id = t.warehouse AND s.sku = t.sku`;
  await tx.$executeRaw`INSERT INTO stock_bins (warehouse_id, sku, bin, on_hand, assigned)
    SELECT warehouse, sku, bin, sum(qty)::int, 0 FROM jsonb_to_recordset(${rows}::jsonb)
      AS t(warehouse text, sku text, bin text, qty int) GROUP BY warehouse, sku, bin ORDER BY sku, warehouse, bin
    ON CONFLICT (warehouse_id, sku, bin) DO UPDATE SET on_hand = stock_bins.on_hand + EXCLUDED.on_hand`;
  await tx.$executeRaw`INSERT INTO stock_moves
      (warehouse_id, sku, bin, kind, d_on_hand, d_reserved, d_in_transit, cause, reference, actor, at)
    SELECT warehouse, sku, bin, 'receive', qty, 0, 0, cause, reference, ${actor}, ${context.now()}
    FROM jsonb_to_recordset(${rows}::jsonb)
      AS t(warehouse text, sku text, bin text, qty int, cause text, reference text) ORDER BY sku, warehouse`;
  await settleEarmarks(tx, await waitedFor(tx, bodies));
}

/** Products that orders wait for, or that are set aside for them: only of these anything is to be settled. */
async function waitedFor(tx: Tx, bodies: readonly Body[]): Promise<string[]> {
  const skus = bodies.map(({sku}) => String(sku));
  const rows = await tx.$queryRaw<{sku: string}[]>`
    SELECT sku FROM order_lines WHERE sku = ANY(${skus}) AND backordered > 0
    UNION SELECT sku FROM stock WHERE sku = ANY(${skus}) AND earmarked > 0`;
  return rows.map(({sku}) => sku);
}
