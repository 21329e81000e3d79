import {type Broken, findBroken, movePromises, shiftStops} from './break-promises.ts';
import type {StoreContext, Tx} from './context.ts';
import type {stock_moves} from './generated/client.ts';
import {findMissing, type Missing, STAGING_BIN} from './bins.ts';
import {insertMove, type StockMove, StockLostError} from './place-units.ts';
import {lockOrder} from './record-change.ts';
import {transact} from './transact.ts';
import {lockQueues, settleEarmarks} from './waiting-lines.ts';

export interface Correction {
  warehouse: string;
  sku: string;
  bin: string;
  kind: StockMove['kind'];
  /** units more or fewer than the bin is said to hold; or what it holds */
  change: {by: number} | {to: number};
  /** unique: the same correction counts once */
  cause: string;
  reference: string;
  /** why, in the words of who corrects */
  reason?: string;
  actor: string;
}

export type CorrectionResult =
  | {outcome: 'booked'; entry: stock_moves; moved: number}
  | {outcome: 'unknown'; missing: Missing[]}
  /** the reference stands for something else */
  | {outcome: 'reused'}
  /** the bin does not hold so many units, or holds them for others */
  | {outcome: 'too_few'; there: number}
  /** so many of the units are promised to orders that are still being accepted or reviewed */
  | {outcome: 'in_use'; qty: number};

/** Other orders than those that were locked turned out to be concerned: the transaction is begun anew with them. */
class MoreOrdersError extends Error {}
const ATTEMPTS = 12;

/**
 * Corrects what a bin holds, with its ledger entry. Units that are not there and were promised: the newest promises
 * that nobody has picked get another place or wait, in the same transaction, so that no more is ever promised than is
 * there. Units that are there after all go to the lines that wait.
 */
export async function correctStock(context: StoreContext, input: Correction): Promise<CorrectionResult> {
  for (let attempt = 1; ; attempt += 1) {
    const concerned = await findBroken(context.prisma as Tx, input, await changeOf(context.prisma as Tx, input));
    try {
      return await transact(context, (tx) => correct(context, tx, input, concerned));
    } catch (error) {
      const again = error instanceof MoreOrdersError || error instanceof StockLostError;
      if (!again || attempt >= ATTEMPTS) throw error;
    }
  }
}

async function correct(context: StoreContext, tx: Tx, input: Correction, seen: Broken): Promise<CorrectionResult> {
  const missing = await findMissing(tx, input);
  if (missing.length > 0) return {outcome: 'unknown', missing};
  const orders = new Map<string, Awaited<ReturnType<typeof lockOrder>>>();
  for (const id of [...seen.order_ids].sort()) orders.set(id, await lockOrder(tx, id));
  await lockQueues(tx, [input.sku, ...(await homelessSkus(tx, seen.order_ids))]);
  const waited = await tx.order_lines.count({where: {sku: input.sku, backordered: {gt: 0}}});
  await lockRow(tx, input, seen.order_ids.size + waited > 0);
  const booked = await tx.stock_moves.findUnique({where: {cause: input.cause}});
  if (booked) return sameAs(booked, input) ? {outcome: 'booked', entry: booked, moved: 0} : {outcome: 'reused'};
  const by = await changeOf(tx, input);
  const bin = await binOf(tx, input);
  if (bin.on_hand + by < 0) return {outcome: 'too_few', there: bin.on_hand};
  const broken = await findBroken(tx, input, by);
  if (broken.unmovable > 0) return {outcome: 'in_use', qty: broken.unmovable};
  if ([...broken.order_ids].some((id) => !orders.has(id))) throw new MoreOrdersError();
  const moves = await movePromises(context, tx, orders, broken, input);
  await shiftStops(context, tx, orders, moves, input, by);
  await book(context, tx, input, by);
  const entry = await tx.stock_moves.findUniqueOrThrow({where: {cause: input.cause}});
  await settleEarmarks(tx, [input.sku]);
  const moved = await moves.placeAgain();
  return {outcome: 'booked', entry, moved};
}

async function book(context: StoreContext, tx: Tx, input: Correction, by: number): Promise<void> {
  const {warehouse, sku, bin, kind, cause, reference, actor} = input;
  await tx.$executeRaw`UPDATE stock SET on_hand = on_hand + ${by},
      earmarked = greatest(0, least(earmarked, on_hand + ${by} - reserved))
    WHERE warehouse_id = ${warehouse} AND sku = ${sku}`;
  // the row that an INSERT tries first is checked before its conflict is: a negative one would not pass
  await tx.$executeRaw`INSERT INTO stock_bins (warehouse_id, sku, bin, on_hand, assigned)
    VALUES (${warehouse}, ${sku}, ${bin}, 0, 0) ON CONFLICT (warehouse_id, sku, bin) DO NOTHING`;
  await tx.$executeRaw`UPDATE stock_bins SET on_hand = on_hand + ${by}
    WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND bin = ${bin}`;
  if ('to' in input.change) {
    await tx.$executeRaw`UPDATE stock_bins SET quarantined = false
      WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND bin = ${bin}`;
  }
  await insertMove(tx, {
    warehouse_id: warehouse,
    sku,
    bin,
    kind,
    d_on_hand: by,
    cause,
    reference,
    actor,
    at: context.now(),
  });
}

/** With promises to move, or lines that wait, all places of the product are held, in their order: units may go anywhere. */
async function lockRow(tx: Tx, {warehouse, sku}: Correction, everywhere: boolean): Promise<void> {
  await tx.$executeRaw`INSERT INTO stock (warehouse_id, sku, on_hand, reserved, in_transit, safety_stock)
    VALUES (${warehouse}, ${sku}, 0, 0, 0, 0) ON CONFLICT (warehouse_id, sku) DO NOTHING`;
  await tx.$queryRaw`SELECT warehouse_id FROM stock
    WHERE sku = ${sku} AND (${everywhere} OR warehouse_id = ${warehouse}) ORDER BY warehouse_id FOR UPDATE`;
}

async function changeOf(tx: Tx, input: Correction): Promise<number> {
  return 'by' in input.change ? input.change.by : input.change.to - (await binOf(tx, input)).on_hand;
}

async function binOf(tx: Tx, {warehouse, sku, bin}: Correction): Promise<{on_hand: number; assigned: number}> {
  const row = await tx.stock_bins.findUnique({
    where: {warehouse_id_sku_bin: {warehouse_id: warehouse, sku, bin}},
  });
  return row ?? {on_hand: 0, assigned: 0};
}

const sameAs = (booked: stock_moves, {change, bin}: Correction) =>
  booked.bin === bin && ('to' in change || booked.d_on_hand === change.by);

async function homelessSkus(tx: Tx, orderIds: ReadonlySet<string>): Promise<string[]> {
  if (orderIds.size === 0) return [];
  const rows = await tx.order_lines.findMany({where: {order_id: {in: [...orderIds]}, unallocated: {gt: 0}}});
  return rows.map((row) => row.sku);
}

/** Where picked units stand is no bin that anybody counts. */
export const isCountable = (bin: string) => bin !== STAGING_BIN;
