import type {Body} from '../../domain/set-up/judge.ts';
import type {ImportKind} from '../../domain/set-up/kinds.ts';
import type {StoreContext, Tx} from '../context.ts';
import {lockQueues} from '../waiting-lines.ts';
import {writePeople} from './write-people.ts';
import {writeReceipts} from './write-receipts.ts';

interface Amount {
  amount: number;
  currency: string;
}

type Write = (context: StoreContext, tx: Tx, bodies: readonly Body[], actor: string) => Promise<void>;

/** Lines of a file become rows, many with one statement; new ones and others alike. */
export const WRITERS: Readonly<Record<ImportKind, Write>> = {
  products: writeProducts,
  bins: writeBins,
  stock: writeReceipts,
  offers: writeOffers,
  people: writePeople,
};

/** What must be held for all lines at once, before the first is written: in the order in which everybody takes it. */
export async function holdForWriting(tx: Tx, kind: ImportKind, bodies: readonly Body[]): Promise<void> {
  const alone = {products: 'product', bins: 'bin', offers: 'offer', people: 'staff', stock: null}[kind];
  if (alone) await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${alone}, 0))`;
  else
    await lockQueues(
      tx,
      bodies.map(({sku}) => String(sku)),
    );
}

const json = (rows: readonly object[]) => JSON.stringify(rows);

async function writeProducts(context: StoreContext, tx: Tx, bodies: readonly Body[]): Promise<void> {
  const rows = bodies.map(({price, ...rest}) => {
    const {amount, currency} = price as Amount;
    return {...rest, price_amount: amount, currency};
  });
  const now = context.now();
  await tx.$executeRaw`
    INSERT INTO products (sku, name, price_amount, currency, weight_g, length_mm, width_mm, height_mm, capacity_units,
      barcode, backorderable, category, hs_code, origin_country, fragile, upright, hazmat, updated_at)
    SELECT sku, name, price_amount, currency, weight_g, length_mm, width_mm, height_mm, capacity_units,
      barcode, backorderable, category, hs_code, origin_country, fragile, upright, hazmat, ${now}
    FROM jsonb_to_recordset(${json(rows)}::jsonb) AS t(sku text, name text, price_amount bigint, currency text,
      weight_g int, length_mm int, width_mm int, height_mm int, capacity_units int, barcode text, backorderable boolean,
      category text, hs_code text, origin_country text, fragile boolean, upright boolean, hazmat text)
    ON CONFLICT (sku) DO UPDATE SET name = EXCLUDED.name, price_amount = EXCLUDED.price_amount,
      currency = EXCLUDED.currency, weight_g = EXCLUDED.weight_g, length_mm = EXCLUDED.length_mm,
      width_mm = EXCLUDED.width_mm, height_mm = EXCLUDED.height_mm, capacity_units = EXCLUDED.capacity_units,
      barcode = EXCLUDED.barcode, backorderable = EXCLUDED.backorderable, category = EXCLUDED.category,
      hs_code = EXCLUDED.hs_code, origin_country = EXCLUDED.origin_country, fragile = EXCLUDED.fragile,
      upright = EXCLUDED.upright, hazmat = EXCLUDED.hazmat,
      updated_at = greatest(EXCLUDED.updated_at, products.updated_at + interval '1 millisecond')`;
}

async function writeBins(context: StoreContext, tx: Tx, bodies: readonly Body[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO bins (warehouse_id, bin, aisle, rack, shelf, x_mm, y_mm, updated_at)
    SELECT warehouse, bin, aisle, rack, shelf, x_mm, y_mm, ${context.now()} FROM jsonb_to_recordset(${json(bodies)}::jsonb)
      AS t(warehouse text, bin text, aisle text, rack text, shelf text, x_mm int, y_mm int)
    ON CONFLICT (warehouse_id, bin) DO UPDATE SET aisle = EXCLUDED.aisle, rack = EXCLUDED.rack,
      shelf = EXCLUDED.shelf, x_mm = EXCLUDED.x_mm, y_mm = EXCLUDED.y_mm,
      updated_at = greatest(EXCLUDED.updated_at, bins.updated_at + interval '1 millisecond')`;
}

/** Units that are promised to orders stay promised. */
async function writeOffers(context: StoreContext, tx: Tx, bodies: readonly Body[]): Promise<void> {
  const rows = bodies.map(({cost, ...rest}) => ({...rest, cost_amount: (cost as Amount).amount}));
  const now = context.now();
  await tx.$executeRaw`
    INSERT INTO supplier_offers (supplier_id, sku, cost_amount, lead_time_days, available, min_qty, valid_until, updated_at)
    SELECT supplier, sku, cost_amount, lead_time_days, available, min_qty, valid_until, ${now}
    FROM jsonb_to_recordset(${json(rows)}::jsonb) AS t(supplier text, sku text, cost_amount bigint,
      lead_time_days double precision, available int, min_qty int, valid_until timestamptz)
    ON CONFLICT (supplier_id, sku) DO UPDATE SET cost_amount = EXCLUDED.cost_amount,
      lead_time_days = EXCLUDED.lead_time_days, available = EXCLUDED.available, min_qty = EXCLUDED.min_qty,
      valid_until = EXCLUDED.valid_until,
      updated_at = greatest(EXCLUDED.updated_at, supplier_offers.updated_at + interval '1 millisecond')`;
}
