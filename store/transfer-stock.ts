import type {StoreContext, Tx} from './context.ts';
import type {transfers} from './generated/client.ts';
import {newId} from './ids.ts';
import {insertMove} from './place-units.ts';
import {isBin, RECEIVING_BIN} from './bins.ts';
import {transact} from './transact.ts';
import {lockQueues, settleEarmarks} from './waiting-lines.ts';

export interface TransferInput {
  reference: string;
  sku: string;
  qty: number;
  from: {warehouse: string; bin: string};
  to: {warehouse: string; bin?: string};
  actor: string;
}

export type TransferResult =
  | {outcome: 'sent'; transfer: transfers}
  | {outcome: 'unknown'; missing: Missing[]}
  | {outcome: 'reused'}
  /** so many units of the bin are promised to nobody */
  | {outcome: 'too_few'; free: number};

/** Sends goods to another site of ours: from here on they are in neither one's stock. Promised units stay. */
export function sendTransfer(context: StoreContext, input: TransferInput): Promise<TransferResult> {
  return transact(context, async (tx) => {
    const missing = await findMissing(tx, input);
    if (missing.length > 0) return {outcome: 'unknown', missing};
    const {sku, qty, from, to, reference, actor} = input;
    await lockQueues(tx, [sku]);
    const known = await tx.transfers.findUnique({where: {reference}});
    if (known) return isSame(known, input) ? {outcome: 'sent', transfer: known} : {outcome: 'reused'};
    const free = await freeUnits(tx, sku, from);
    if (free < qty) return {outcome: 'too_few', free};
    const at = context.now();
    const id = newId('trf', at);
    await tx.$executeRaw`UPDATE stock SET on_hand = on_hand - ${qty} WHERE warehouse_id = ${from.warehouse} AND sku = ${sku}`;
    await tx.$executeRaw`UPDATE stock_bins SET on_hand = on_hand - ${qty}
      WHERE warehouse_id = ${from.warehouse} AND sku = ${sku} AND bin = ${from.bin}`;
    await insertMove(tx, {
      ...{warehouse_id: from.warehouse, sku, bin: from.bin, kind: 'transfer_out', d_on_hand: -qty},
      ...{cause: `transfer_out:${id}`, reference, actor, at},
    });
    const transfer = await tx.transfers.create({
      data: {
        ...{id, reference, sku, qty, from_warehouse: from.warehouse, from_bin: from.bin},
        ...{to_warehouse: to.warehouse, to_bin: to.bin ?? null, state: 'in_transit', actor, sent_at: at},
      },
    });
    return {outcome: 'sent', transfer};
  });
}

/** Units of the bin that neither an order nor a line that waits has a claim on; the stock row is held from here on. */
async function freeUnits(tx: Tx, sku: string, from: TransferInput['from']): Promise<number> {
  const [stock] = await tx.$queryRaw<{free: number}[]>`SELECT on_hand - reserved - earmarked AS free FROM stock
    WHERE warehouse_id = ${from.warehouse} AND sku = ${sku} FOR UPDATE`;
  const [bin] = await tx.$queryRaw<{free: number}[]>`SELECT on_hand - assigned AS free FROM stock_bins
    WHERE warehouse_id = ${from.warehouse} AND sku = ${sku} AND bin = ${from.bin} FOR UPDATE`;
  return Math.max(0, Math.min(stock?.free ?? 0, bin?.free ?? 0));
}

const isSame = (known: transfers, {sku, qty, from, to}: TransferInput) =>
  known.sku === sku &&
  known.qty === qty &&
  known.from_warehouse === from.warehouse &&
  known.from_bin === from.bin &&
  known.to_warehouse === to.warehouse;

type Missing = 'from' | 'to' | 'to/bin' | 'sku';

async function findMissing(tx: Tx, {sku, from, to}: TransferInput): Promise<Missing[]> {
  const places = await tx.warehouses.findMany({where: {id: {in: [from.warehouse, to.warehouse]}}, select: {id: true}});
  const has = (id: string) => places.some((place) => place.id === id);
  const products = await tx.products.count({where: {sku}});
  return [
    ...(has(from.warehouse) ? [] : (['from'] as const)),
    ...(has(to.warehouse) ? [] : (['to'] as const)),
    ...(to.bin === undefined || (await isBin(tx, to.warehouse, to.bin)) ? [] : (['to/bin'] as const)),
    ...(products > 0 ? [] : (['sku'] as const)),
  ];
}

export type ArrivalResult =
  | {outcome: 'arrived'; transfer: transfers}
  | {outcome: 'unknown'}
  /** the house has no bin of that name */
  | {outcome: 'no_bin'}
  /** it arrived before, with another quantity */
  | {outcome: 'reused'}
  | {outcome: 'too_many'; sent: number};

/** A transfer has arrived: what came is stock of its new place, and what did not is written off with the transfer. */
export function receiveTransfer(
  context: StoreContext,
  input: {transfer_id: string; qty: number; bin?: string; actor: string},
): Promise<ArrivalResult> {
  return transact(context, async (tx) => {
    const {sku} = (await tx.transfers.findUnique({where: {id: input.transfer_id}})) ?? {};
    if (sku === undefined) return {outcome: 'unknown'};
    await lockQueues(tx, [sku]);
    const transfer = await tx.transfers.findUniqueOrThrow({where: {id: input.transfer_id}});
    const {qty} = input;
    if (transfer.state !== 'in_transit') {
      return transfer.arrived === qty ? {outcome: 'arrived', transfer} : {outcome: 'reused'};
    }
    if (qty > transfer.qty) return {outcome: 'too_many', sent: transfer.qty};
    const bin = input.bin ?? transfer.to_bin ?? RECEIVING_BIN;
    if (!(await isBin(tx, transfer.to_warehouse, bin))) return {outcome: 'no_bin'};
    const at = context.now();
    if (qty > 0) await putAway(context, tx, transfer, {qty, bin, actor: input.actor});
    const arrived = await tx.transfers.update({
      where: {id: transfer.id},
      data: {state: 'arrived', arrived: qty, to_bin: bin, arrived_at: at},
    });
    await settleEarmarks(tx, [sku]);
    return {outcome: 'arrived', transfer: arrived};
  });
}

async function putAway(
  context: StoreContext,
  tx: Tx,
  {id, sku, to_warehouse, reference}: transfers,
  {qty, bin, actor}: {qty: number; bin: string; actor: string},
): Promise<void> {
  await tx.$executeRaw`INSERT INTO stock (warehouse_id, sku, on_hand, reserved, in_transit, safety_stock)
    VALUES (${to_warehouse}, ${sku}, ${qty}, 0, 0, 0)
    ON CONFLICT (warehouse_id, sku) DO UPDATE SET on_hand = stock.on_hand + ${qty}`;
  await tx.$executeRaw`INSERT INTO stock_bins (warehouse_id, sku, bin, on_hand, assigned)
    VALUES (${to_warehouse}, ${sku}, ${bin}, ${qty}, 0)
    ON CONFLICT (warehouse_id, sku, bin) DO UPDATE SET on_hand = stock_bins.on_hand + ${qty}`;
  await insertMove(tx, {
    ...{warehouse_id: to_warehouse, sku, bin, kind: 'transfer_in', d_on_hand: qty},
    ...{cause: `transfer_in:${id}`, reference, actor, at: context.now()},
  });
}
