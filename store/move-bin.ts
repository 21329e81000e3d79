import type {StoreContext, Tx} from './context.ts';
import {insertMove} from './place-units.ts';
import {transact} from './transact.ts';
import {lockQueues} from './waiting-lines.ts';

export interface BinMove {
  warehouse: string;
  sku: string;
  qty: number;
  from: string;
  to: string;
  /** the same one counts once */
  reference: string;
  actor: string;
}

export type BinMoveResult =
  | {outcome: 'moved'; at: Date}
  | {outcome: 'unknown'; missing: ('sku' | 'to')[]}
  | {outcome: 'reused'}
  /** so many units of the bin no pick is on its way to */
  | {outcome: 'too_few'; free: number};

/**
 * Puts units into another bin of the same house: the house has as many as before. Units that an open pick will take stay
 * where it was told they are, and nothing is moved into or out of a bin that waits to be counted.
 */
export function moveBin(context: StoreContext, input: BinMove): Promise<BinMoveResult> {
  return transact(context, async (tx) => {
    const {warehouse, sku, qty, from, to, reference, actor} = input;
    const missing = await findMissing(tx, input);
    if (missing.length > 0) return {outcome: 'unknown', missing};
    await lockQueues(tx, [sku]);
    await tx.$executeRaw`SELECT 1 FROM stock WHERE warehouse_id = ${warehouse} AND sku = ${sku} FOR UPDATE`;
    const causes = {out: `put_away_out:${warehouse}:${reference}`, in: `put_away_in:${warehouse}:${reference}`};
    const [left, came] = await Promise.all(
      [causes.out, causes.in].map((cause) => tx.stock_moves.findUnique({where: {cause}})),
    );
    if (left && came) {
      const same = left.sku === sku && left.d_on_hand === -qty && left.bin === from && came.bin === to;
      return same ? {outcome: 'moved', at: left.at} : {outcome: 'reused'};
    }
    const free = await freeIn(tx, input);
    if (free < qty) return {outcome: 'too_few', free};
    await tx.$executeRaw`UPDATE stock_bins SET on_hand = on_hand - ${qty}
      WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND bin = ${from}`;
    await tx.$executeRaw`INSERT INTO stock_bins (warehouse_id, sku, bin, on_hand, assigned)
      VALUES (${warehouse}, ${sku}, ${to}, ${qty}, 0)
      ON CONFLICT (warehouse_id, sku, bin) DO UPDATE SET on_hand = stock_bins.on_hand + EXCLUDED.on_hand`;
    const at = context.now();
    const both = {warehouse_id: warehouse, sku, kind: 'put_away' as const, reference, actor, at};
    await insertMove(tx, {...both, bin: from, d_on_hand: -qty, cause: causes.out});
    await insertMove(tx, {...both, bin: to, d_on_hand: qty, cause: causes.in});
    return {outcome: 'moved', at};
  });
}

/** Both bins are held from here on; one in quarantine has nothing to give and takes nothing. */
async function freeIn(tx: Tx, {warehouse, sku, from, to}: BinMove): Promise<number> {
  const bins = await tx.$queryRaw<{bin: string; free: number; quarantined: boolean}[]>`
    SELECT bin, on_hand - assigned AS free, quarantined FROM stock_bins
    WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND bin IN (${from}, ${to}) ORDER BY bin FOR UPDATE`;
  if (bins.some(({quarantined}) => quarantined)) return 0;
  return Math.max(0, bins.find(({bin}) => bin === from)?.free ?? 0);
}

async function findMissing(tx: Tx, {warehouse, sku, to}: BinMove): Promise<('sku' | 'to')[]> {
  const products = await tx.products.count({where: {sku}});
  const bins = await tx.bins.count({where: {warehouse_id: warehouse, bin: to}});
  return [...(products > 0 ? [] : (['sku'] as const)), ...(bins > 0 ? [] : (['to'] as const))];
}
