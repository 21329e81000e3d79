import type {Tx} from './context.ts';

/** Where units are put whose bin the records do not know; the picker is told to look there. */
export const UNKNOWN_BIN = 'ASK';

/** Where goods lie that nobody has put away yet. */
export const RECEIVING_BIN = 'RECV';

/**
 * Whether there is such a bin: one that was put up, or in which something lay before. A house where nobody has put up
 * any goes by whatever its shelves are called.
 */
export async function isBin(tx: Pick<Tx, '$queryRaw'>, warehouse: string, bin: string): Promise<boolean> {
  if (bin === RECEIVING_BIN) return true;
  if (bin === STAGING_BIN) return false;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 WHERE EXISTS (SELECT 1 FROM bins WHERE warehouse_id = ${warehouse} AND bin = ${bin})
      OR EXISTS (SELECT 1 FROM stock_bins WHERE warehouse_id = ${warehouse} AND bin = ${bin})
      OR NOT EXISTS (SELECT 1 FROM bins WHERE warehouse_id = ${warehouse})`;
  return rows.length > 0;
}

export type Missing = 'warehouse' | 'sku' | 'bin';

/** What there is not of the place where units are booked. */
export async function findMissing(
  tx: Tx,
  {warehouse, sku, bin}: {warehouse: string; sku: string; bin: string},
): Promise<Missing[]> {
  const there = {
    warehouse: (await tx.warehouses.count({where: {id: warehouse}})) > 0,
    sku: (await tx.products.count({where: {sku}})) > 0,
    bin: await isBin(tx, warehouse, bin),
  };
  return (['warehouse', 'sku', 'bin'] as const).filter((part) => !there[part]);
}

/** Where a bin is; one that nobody has placed on the floor goes by its name. */
export async function placeOf(tx: Tx, warehouse: string, bin: string) {
  const place = await tx.bins.findUnique({where: {warehouse_id_bin: {warehouse_id: warehouse, bin}}});
  const {aisle, rack, shelf} = place ?? {aisle: bin, rack: '', shelf: ''};
  return {bin, aisle, rack, shelf};
}

/** Sets units aside bin by bin, fullest first, so that a pick needs few stops. Nobody is sent to a bin in quarantine. */
export async function assignBins(
  tx: Tx,
  warehouse: string,
  sku: string,
  qty: number,
  but = STAGING_BIN,
): Promise<{bin: string; qty: number; known: boolean}[]> {
  const bins = await tx.$queryRaw<{bin: string; free: number}[]>`
    SELECT bin, on_hand - assigned AS free FROM stock_bins
    WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND on_hand > assigned AND bin <> ${STAGING_BIN} AND bin <> ${but}
      AND NOT quarantined
    ORDER BY bin FOR UPDATE`;
  bins.sort((a, b) => b.free - a.free || (a.bin < b.bin ? -1 : 1));
  const taken: {bin: string; qty: number; known: boolean}[] = [];
  let left = qty;
  for (const {bin, free} of bins) {
    const take = Math.min(left, free);
    if (take === 0) break;
    await tx.$executeRaw`UPDATE stock_bins SET assigned = assigned + ${take}
      WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND bin = ${bin}`;
    taken.push({bin, qty: take, known: true});
    left -= take;
  }
  if (left > 0) taken.push({bin: UNKNOWN_BIN, qty: left, known: false});
  return taken;
}

/** Units taken from their bin and not yet handed over stand here. */
export const STAGING_BIN = '~STAGING';

/**
 * A picked unit leaves its bin for the staging area; the warehouse's count stays the same. One that was found where no
 * record sent the picker is taken off the bins that still have units for nobody, doubtful ones first.
 */
export async function moveToStaging(tx: Tx, warehouse: string, sku: string, bin: string, qty: number): Promise<void> {
  const moved = await tx.$executeRaw`UPDATE stock_bins SET on_hand = on_hand - ${qty}, assigned = assigned - ${qty}
    WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND bin = ${bin}`;
  if (moved === 0) await takeFromAnywhere(tx, warehouse, sku, qty);
  await addToStaging(tx, warehouse, sku, qty);
}

async function takeFromAnywhere(tx: Tx, warehouse: string, sku: string, qty: number): Promise<void> {
  const bins = await tx.$queryRaw<{bin: string; free: number}[]>`
    SELECT bin, on_hand - assigned AS free FROM stock_bins
    WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND on_hand > assigned AND bin <> ${STAGING_BIN}
    ORDER BY quarantined DESC, bin FOR UPDATE`;
  let left = qty;
  for (const {bin, free} of bins) {
    const take = Math.min(left, free);
    await tx.$executeRaw`UPDATE stock_bins SET on_hand = on_hand - ${take}
      WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND bin = ${bin}`;
    left -= take;
  }
}

export async function addToStaging(tx: Tx, warehouse: string, sku: string, qty: number): Promise<void> {
  await tx.$executeRaw`INSERT INTO stock_bins (warehouse_id, sku, bin, on_hand, assigned)
    VALUES (${warehouse}, ${sku}, ${STAGING_BIN}, ${qty}, 0)
    ON CONFLICT (warehouse_id, sku, bin) DO UPDATE SET on_hand = stock_bins.on_hand + ${qty}`;
}
