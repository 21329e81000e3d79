import {rolesBeyond} from '../floor/roles.ts';
import {staffClient} from '../floor/sign-in.ts';
import type {Body} from './judge.ts';
import type {ImportKind} from './kinds.ts';

/** What lines name and must be there. */
export interface Names {
  warehouses: ReadonlySet<string>;
  skus: ReadonlySet<string>;
  isBin: (warehouse: string, bin: string) => boolean;
  /** by supplier, the currency it is paid in */
  suppliers: ReadonlyMap<string, string>;
  by: Author;
}

/** Who writes. */
export interface Author {
  actor: string;
  roles: readonly string[];
  /** the one warehouse that they may set up; null: all of them */
  own: string | null;
}

const fault = (field: string, code: string, detail: string) => ({pointer: `/${field}`, code, detail});
const ELSEWHERE = fault('warehouse', 'other_warehouse', 'this warehouse is not yours to set up');

/**
 * Names of a line that lead nowhere, or elsewhere.
 * @param before what is there of that name
 */
export function* nameFaults(kind: ImportKind, body: Body, names: Names, before: Body | null) {
  const named = (field: string) => String(body[field] ?? '');
  const warehouse = named('warehouse');
  const {own} = names.by;
  if (kind === 'people') yield* personFaults(body, names, before);
  if (kind === 'bins' || kind === 'stock') {
    if (!names.warehouses.has(warehouse)) yield fault('warehouse', 'unknown_warehouse', 'there is no such warehouse');
    else if (own !== null && own !== warehouse) yield ELSEWHERE;
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

/** As one by one: nobody makes another what they are not above themselves, nor takes people from a warehouse not theirs. */
function* personFaults(body: Body, {warehouses, by}: Names, before: Body | null) {
  const house = body['warehouse'] as string | null | undefined;
  if (typeof house === 'string' && !warehouses.has(house))
    yield fault('warehouse', 'unknown_warehouse', 'there is no such warehouse');
  const people = before ? [before, body] : [body];
  if (by.own !== null && people.some(({warehouse}) => warehouse !== by.own)) yield ELSEWHERE;
  const rolesOf = (person: Body | null) => (person?.['roles'] ?? []) as readonly string[];
  const kept = by.actor === staffClient(String(body['login'])) ? rolesOf(before) : [];
  const beyond = people.flatMap((person) => rolesBeyond(by.roles, rolesOf(person), kept));
  if (beyond.length > 0)
    yield fault('roles', 'not_yours', `whoever is ${[...new Set(beyond)].join(' or ')} is not yours to name or change`);
}
