import {findMissing, type Missing, RECEIVING_BIN} from './bins.ts';
import type {StoreContext} from './context.ts';
import type {stock_moves} from './generated/client.ts';
import {transact} from './transact.ts';
import {lockQueues, settleEarmarks} from './waiting-lines.ts';

export interface Receipt {
  warehouse: string;
  sku: string;
  qty: number;
  /** where the goods were put; the receiving area when not said */
  bin?: string;
  /** of the delivery: the same one counts once for each warehouse and product */
  reference: string;
  actor: string;
}

export type ReceiptResult =
  /** `again`: it was booked before, and nothing now */
  | {outcome: 'booked'; entry: stock_moves; again: boolean}
  | {outcome: 'unknown'; missing: Missing[]}
  /** the reference stands for another quantity or bin */
  | {outcome: 'reused'};

/** Books goods that arrived: stock, bin and ledger in one transaction. A repeat returns the first entry. */
export function receiveStock(context: StoreContext, receipt: Receipt): Promise<ReceiptResult> {
  return transact(context, async (tx) => {
    const bin = receipt.bin ?? RECEIVING_BIN;
    const missing = await findMissing(tx, {...receipt, bin});
    if (missing.length > 0) return {outcome: 'unknown', missing};
    const cause = `receipt:${receipt.reference}:${receipt.warehouse}:${receipt.sku}`;
    const {warehouse, sku, qty, reference, actor} = receipt;
    await lockQueues(tx, [sku]);
    // stock row first, as every other writer of stock does; a repeat then waits here for the first one
    await tx.$executeRaw`INSERT INTO stock (warehouse_id, sku, on_hand, reserved, in_transit, safety_stock)
      VALUES (${warehouse}, ${sku}, 0, 0, 0, 0) ON CONFLICT (warehouse_id, sku) DO NOTHING`;
    await tx.$executeRaw`SELECT 1 FROM stock WHERE warehouse_id = ${warehouse} AND sku = ${sku} FOR UPDATE`;
    const booked = await tx.stock_moves.findUnique({where: {cause}});
    if (booked)
      return booked.d_on_hand === qty && booked.bin === bin
        ? {outcome: 'booked', entry: booked, again: true}
        : {outcome: 'reused'};
    await tx.$executeRaw`UPDATE stock SET on_hand = on_hand + ${qty} WHERE warehouse_id = ${warehouse} AND sku = ${sku}`;
    await tx.$executeRaw`INSERT INTO stock_bins (warehouse_id, sku, bin, on_hand, assigned)
      VALUES (${warehouse}, ${sku}, ${bin}, ${qty}, 0)
      ON CONFLICT (warehouse_id, sku, bin) DO UPDATE SET on_hand = stock_bins.on_hand + EXCLUDED.on_hand`;
    const entry = await tx.stock_moves.create({
      data: {
        warehouse_id: warehouse,
        sku,
        bin,
        kind: 'receive',
        d_on_hand: qty,
        d_reserved: 0,
        d_in_transit: 0,
        cause,
        reference,
        actor,
        at: context.now(),
      },
    });
    await settleEarmarks(tx, [sku]);
    return {outcome: 'booked', entry, again: false};
  });
}
