import {type Cancellable, findCancellable} from './cancel-units.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {resettle} from './resettle.ts';
import {shiftStop} from './shift-stop.ts';
import {unplaceUnits} from './unplace-units.ts';

export interface Shelf {
  warehouse: string;
  sku: string;
  bin: string;
  cause: string;
  actor: string;
}

interface Chunk extends Cancellable {
  order_id: string;
}

export interface Broken {
  /** units promised of which nothing will be left, newest promises first */
  chunks: (Chunk & {take: number})[];
  /** orders that are concerned in any way: their rows must be held */
  order_ids: Set<string>;
  /** units promised to orders that have no sub-order yet, because they are not accepted yet: these cannot be moved */
  unmovable: number;
}

/** Which promises a change of the bin by so many units breaks, and whose picks it disturbs. */
export async function findBroken(tx: Tx, shelf: Shelf, by: number): Promise<Broken> {
  const broken: Broken = {chunks: [], order_ids: new Set(), unmovable: 0};
  if (by >= 0) return broken;
  const {warehouse: warehouse_id, sku, bin} = shelf;
  const stock = await tx.stock.findUnique({where: {warehouse_id_sku: {warehouse_id, sku}}});
  const shelfRow = await tx.stock_bins.findUnique({where: {warehouse_id_sku_bin: {warehouse_id, sku, bin}}});
  const tooMany = Math.max(0, (stock?.reserved ?? 0) - (stock?.on_hand ?? 0) - by);
  const disturbed = Math.max(0, (shelfRow?.assigned ?? 0) - (shelfRow?.on_hand ?? 0) - by);
  if (tooMany === 0 && disturbed === 0) return broken;
  let left = tooMany;
  for (const chunk of await promisesAt(tx, warehouse_id, sku)) {
    const take = Math.min(left, chunk.qty);
    if (take > 0) broken.chunks.push({...chunk, take});
    left -= take;
    if (take > 0 || (disturbed > 0 && chunk.bin === bin)) broken.order_ids.add(chunk.order_id);
  }
  broken.unmovable = Math.max(0, left);
  return broken;
}

/** Units promised from a place and not picked, the newest order's first. */
async function promisesAt(tx: Tx, warehouse: string, sku: string): Promise<Chunk[]> {
  const lines = await tx.$queryRaw<{line_id: string}[]>`
    SELECT DISTINCT r.line_id, o.placed_at, o.id FROM reservations r JOIN orders o ON o.id = r.order_id
    WHERE r.warehouse_id = ${warehouse} AND r.sku = ${sku} AND r.state = 'open' AND r.sub_order_id IS NOT NULL
    ORDER BY o.placed_at DESC, o.id DESC, r.line_id DESC`;
  const chunks: Chunk[] = [];
  for (const {line_id} of lines) {
    const line = await tx.order_lines.findUniqueOrThrow({where: {id: line_id}});
    const own = (await findCancellable(tx, line)).filter((c) => c.warehouse_id === warehouse);
    chunks.push(...own.map((chunk) => ({...chunk, order_id: line.order_id})));
  }
  return chunks;
}

export interface Moves {
  /** finds other places, or a place in the queue, for what was taken out; returns how many units that were */
  placeAgain(): Promise<number>;
  /** units that must go as well */
  add(chunk: Chunk, qty: number): Promise<void>;
}

/** Takes the broken promises out of their sub-orders; the caller places them again once the stock is booked. */
export async function movePromises(
  context: StoreContext,
  tx: Tx,
  locked: Map<string, orders>,
  broken: Broken,
  {cause, actor}: Shelf,
): Promise<Moves> {
  const touched = new Map<string, Set<string>>();
  let moved = 0;
  const add = async (chunk: Chunk, qty: number) => {
    const order = locked.get(chunk.order_id);
    if (!order) throw new Error(`order ${chunk.order_id} is not held`);
    await unplaceUnits(context, tx, order, chunk, {qty, cause, actor});
    touched.set(order.id, (touched.get(order.id) ?? new Set()).add(chunk.sub_order_id));
    moved += qty;
  };
  for (const {take, ...chunk} of broken.chunks) await add(chunk, take);
  const placeAgain = async () => {
    for (const [id, subs] of touched) {
      const order = locked.get(id);
      if (order) await resettle(context, tx, order, [...subs], cause);
    }
    return moved;
  };
  return {add, placeAgain};
}

/** Pickers who were to take more from the bin than it will hold are sent elsewhere. */
export async function shiftStops(
  context: StoreContext,
  tx: Tx,
  locked: Map<string, orders>,
  moves: Moves,
  {warehouse: warehouse_id, sku, bin}: Shelf,
  by: number,
): Promise<void> {
  if (by >= 0) return;
  const row = await tx.stock_bins.findUnique({where: {warehouse_id_sku_bin: {warehouse_id, sku, bin}}});
  let left = (row?.assigned ?? 0) - (row?.on_hand ?? 0) - by;
  if (left <= 0) return;
  for (const chunk of await promisesAt(tx, warehouse_id, sku)) {
    if (left <= 0) return;
    if (chunk.bin !== bin || !chunk.stop_id || !locked.has(chunk.order_id)) continue;
    const qty = Math.min(left, chunk.qty);
    const nowhere = await shiftStop(context, tx, chunk.stop_id, qty);
    if (nowhere > 0) await moves.add(chunk, nowhere);
    left -= qty;
  }
}
