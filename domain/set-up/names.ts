import type {Body} from './judge.ts';
import type {ImportKind} from './kinds.ts';

/** What lines name and must be there. */
export interface Names {
  warehouses: ReadonlySet<string>;
  skus: ReadonlySet<string>;
  isBin: (warehouse: string, bin: string) => boolean;
  /** by supplier, the currency it is paid in */
  suppliers: ReadonlyMap<string, string>;
  /** the one warehouse that the caller may set up; null: all of them */
  own: string | null;
}

/** Names of a line that lead nowhere, or elsewhere. */
export function* nameFaults(kind: ImportKind, body: Body, names: Names) {
  const named = (field: string) => String(body[field] ?? '');
  const fault = (field: string, code: string, detail: string) => ({pointer: `/${field}`, code, detail});
  const warehouse = named('warehouse');
  if (kind === 'bins' || kind === 'stock') {
    if (!names.warehouses.has(warehouse)) yield fault('warehouse', 'unknown_warehouse', 'there is no such warehouse');
    else if (names.own !== null && names.own !== warehouse)
      yield fault('warehouse', 'other_warehouse', 'this warehouse is not yours to set up');
    else if (kind === 'stock' && !names.isBin(warehouse, named('bin')))
      yield fault('bin', 'unknown_bin', 'there is no such bin');
  }
  if (kind === 'stock' || kind === 'offers') {
    if (!names.skus.has(named('sku'))) yield fault('sku', 'unknown_sku', 'there is no such product');
  }
  if (kind !== 'offers') return;
  const paid = names.suppliers.get(named('supplier'));
  if (paid === undefined) yield fault('supplier', 'unknown_supplier', 'there is no such supplier');
  else if ((body['cost'] as {currency?: string} | undefined)?.currency !== paid)
    yield fault('cost/currency', 'mixed_currency', `this supplier is paid in ${paid}`);
}
