import {type Body, keyOf, keyParts} from '../../domain/set-up/judge.ts';
import type {ImportKind} from '../../domain/set-up/kinds.ts';
import type {Author, Names} from '../../domain/set-up/names.ts';
import {RECEIVING_BIN, STAGING_BIN} from '../bins.ts';
import type {Tx} from '../context.ts';
import type {bins, products, staff, stock_moves, supplier_offers} from '../generated/client.ts';
import {bodyOf} from './bodies.ts';

/** The parts of keys as columns: all that is looked for goes in one statement, however much it is. */
function columns(keys: readonly string[]): [string[], string[], string[]] {
  const parts = keys.map(keyParts);
  const column = (i: number) => parts.map((part) => part[i] ?? '');
  return [column(0), column(1), column(2)];
}

/** What is there already of what a file names, by key. */
export async function readKnown(tx: Tx, kind: ImportKind, keys: readonly string[]): Promise<Map<string, Body>> {
  const [first, second, third] = columns(keys);
  switch (kind) {
    case 'products': {
      const rows = await tx.$queryRaw<products[]>`SELECT * FROM products WHERE sku = ANY(${first})`;
      return new Map(rows.map((row) => [row.sku, bodyOf.products(row)]));
    }
    case 'bins': {
      const rows = await tx.$queryRaw<bins[]>`SELECT b.* FROM bins b
        JOIN unnest(${first}::text[], ${second}::text[]) AS k(warehouse_id, bin) USING (warehouse_id, bin)`;
      return new Map(rows.map((row) => [keyOf([row.warehouse_id, row.bin]), bodyOf.bins(row)]));
    }
    case 'stock': {
      const causes = keys.map((_, i) => receiptCause(first[i] ?? '', second[i] ?? '', third[i] ?? ''));
      const rows = await tx.$queryRaw<stock_moves[]>`SELECT * FROM stock_moves WHERE cause = ANY(${causes})`;
      return new Map(rows.map((row) => [keyOf([row.warehouse_id, row.sku, row.reference]), bodyOf.stock(row)]));
    }
    case 'offers': {
      const rows = await tx.$queryRaw<(supplier_offers & {currency: string})[]>`SELECT o.*, s.currency
        FROM supplier_offers o JOIN suppliers s ON s.id = o.supplier_id
        JOIN unnest(${first}::text[], ${second}::text[]) AS k(supplier_id, sku) USING (supplier_id, sku)`;
      return new Map(rows.map((row) => [keyOf([row.supplier_id, row.sku]), bodyOf.offers(row)]));
    }
    case 'people': {
      const rows = await tx.$queryRaw<staff[]>`SELECT * FROM staff WHERE id = ANY(${first})`;
      return new Map(rows.map((row) => [row.id, bodyOf.people(row)]));
    }
  }
}

/** The same name that a receipt by hand has: booked by file or by hand, it counts once. */
export const receiptCause = (warehouse: string, sku: string, reference: string) =>
  `receipt:${reference}:${warehouse}:${sku}`;

/** What lines may name. */
export async function readNames(tx: Tx, kind: ImportKind, keys: readonly string[], by: Author): Promise<Names> {
  const [, second] = columns(keys);
  const skus = kind === 'stock' || kind === 'offers' ? second : [];
  const [houses, products, suppliers] = await Promise.all([
    tx.warehouses.findMany({select: {id: true}}),
    tx.$queryRaw<{sku: string}[]>`SELECT sku FROM products WHERE sku = ANY(${skus})`,
    kind === 'offers' ? tx.suppliers.findMany({select: {id: true, currency: true}}) : [],
  ]);
  return {
    warehouses: new Set(houses.map(({id}) => id)),
    skus: new Set(products.map(({sku}) => sku)),
    suppliers: new Map(suppliers.map(({id, currency}) => [id, currency])),
    isBin: kind === 'stock' ? await binsOf(tx) : () => true,
    by,
  };
}

/** As `isBin` has it, for many: put up, or something lay in it, or nobody has put up any in that house. */
async function binsOf(tx: Tx): Promise<Names['isBin']> {
  const rows = await tx.$queryRaw<{warehouse_id: string; bin: string; put_up: boolean}[]>`
    SELECT warehouse_id, bin, true AS put_up FROM bins
    UNION SELECT warehouse_id, bin, false FROM stock_bins`;
  const known = new Set(rows.map(({warehouse_id, bin}) => keyOf([warehouse_id, bin])));
  const withBins = new Set(rows.filter((row) => row.put_up).map((row) => row.warehouse_id));
  return (warehouse, bin) =>
    bin === RECEIVING_BIN || (bin !== STAGING_BIN && (!withBins.has(warehouse) || known.has(keyOf([warehouse, bin]))));
}
