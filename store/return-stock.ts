import type {StoreContext, Tx} from './context.ts';
import type {orders, return_findings, return_lines, returns} from './generated/client.ts';
import {insertMove} from './place-units.ts';
import {RECEIVING_BIN} from './bins.ts';
import {lockQueues, settleEarmarks} from './waiting-lines.ts';

/** Units of one sku that lie in a warehouse again. */
interface Back {
  warehouse_id: string;
  sku: string;
  bin: string;
  qty: number;
}

/** Puts units into the counts of a warehouse and one of its bins; `onTheRoad` of them leave the carrier's hands. */
export async function putBack(tx: Tx, {warehouse_id, sku, bin, qty}: Back, onTheRoad: number): Promise<void> {
  await tx.$executeRaw`INSERT INTO stock (warehouse_id, sku, on_hand, reserved, in_transit, safety_stock)
    VALUES (${warehouse_id}, ${sku}, ${qty}, 0, 0, 0)
    ON CONFLICT (warehouse_id, sku) DO UPDATE SET on_hand = stock.on_hand + ${qty}, in_transit = stock.in_transit - ${onTheRoad}`;
  await tx.$executeRaw`INSERT INTO stock_bins (warehouse_id, sku, bin, on_hand, assigned)
    VALUES (${warehouse_id}, ${sku}, ${bin}, ${qty}, 0)
    ON CONFLICT (warehouse_id, sku, bin) DO UPDATE SET on_hand = stock_bins.on_hand + ${qty}`;
}

/** What may be sold again goes on the shelf, each finding once however often it is asked. */
export async function restock(
  context: StoreContext,
  tx: Tx,
  order: orders,
  found: returns,
  lines: readonly return_lines[],
  findings: readonly return_findings[],
): Promise<void> {
  const skuOf = (lineId: string) => lines.find((l) => l.line_id === lineId)?.sku ?? '';
  const due = findings
    .filter(({disposition}) => disposition === 'restock')
    .map((f) => ({...f, sku: skuOf(f.line_id)}))
    .sort((a, b) => (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : a.line_id < b.line_id ? -1 : 1));
  const skus = due.map(({sku}) => sku);
  await lockQueues(tx, skus);
  for (const {line_id, grade, qty, sku, bin} of due) {
    const cause = `restock:${found.id}:${line_id}:${grade}`;
    if (await tx.stock_moves.findUnique({where: {cause}})) continue;
    const place = bin ?? RECEIVING_BIN;
    await putBack(tx, {warehouse_id: found.warehouse_id, sku, bin: place, qty}, 0);
    await insertMove(tx, {
      warehouse_id: found.warehouse_id,
      sku,
      bin: place,
      kind: 'restock',
      d_on_hand: qty,
      order_id: order.id,
      line_id,
      cause,
      reference: found.id,
      actor: 'waybill',
      at: context.now(),
    });
  }
  await settleEarmarks(tx, skus);
}
