import {OPEN_POLICY, type Policy, RECOVERY, withoutWindows} from '../../../domain/policy/policy.ts';
import type {CustomerProfile, ShipTo} from '../../../store/personal-data.ts';
import type {Vault} from '../../../store/vault.ts';
import type {Database} from '../tables/database.ts';

export const SKUS = ['CUP', 'BOOK', 'WATCH'] as const;
export const PLACES = ['EAST', 'WEST', 'LAKE'] as const;
/** minor units; the watch is dear enough for a review */
const PRICES = [1_999, 3_333, 160_000];

export const POLICY: Policy = withoutWindows(OPEN_POLICY);
const SHELF = {aisle: '1', rack: 'A', shelf: '1', x_mm: 0, y_mm: 0};

/** Fills the tables a shop has before its first order. `stock[place][sku]` units lie on the shelves. */
export function openShop(db: Database, stock: readonly (readonly number[])[], continueAfter: number): void {
  const at = db.now();
  const policy: Policy = {...POLICY, recovery: {...RECOVERY, continue_after: continueAfter}};
  db.table('policies').insert({name: policy.name, body: policy, created_at: at});
  db.table('boxes').insert({
    id: 'BOX',
    inner_mm: [230, 120, 120],
    outer_mm: [240, 130, 130],
    weight_g: 100,
    max_weight_g: 10_000,
    cost_amount: 50,
    currency: 'USD',
  });
  for (const kind of ['receipt', 'credit_note']) db.table('document_serials').insert({kind, first: 1, last: 0});
  db.table('blocklist').insert({hash: 'address 9 Back Street', kind: 'address', reason: 'fraud', created_at: at});
  for (const [i, sku] of SKUS.entries()) {
    db.table('products').insert({
      ...{sku, name: sku, price_amount: PRICES[i], currency: 'USD', weight_g: 400, barcode: `${sku}-code`},
      ...{length_mm: 100, width_mm: 100, height_mm: 100, capacity_units: 1, backorderable: sku === 'BOOK'},
      updated_at: at,
    });
  }
  for (const [i, id] of PLACES.entries()) openPlace(db, id, i, stock[i] ?? []);
}

function openPlace(db: Database, id: string, index: number, stock: readonly number[]): void {
  const at = db.now();
  const address = {line1: '1 Dock Road', city: 'Town', region: 'NY', postal_code: '10001', country: 'US'};
  db.table('warehouses').insert({
    ...{id, name: id, address, lat: 40, lng: -74 - 15 * index, timezone: 'UTC', cut_off: '16:00', priority: 1},
    updated_at: at,
  });
  for (const bin of ['A-1', 'A-2']) db.table('bins').insert({warehouse_id: id, bin, ...SHELF});
  for (const [n, sku] of SKUS.entries()) {
    const on_hand = stock[n] ?? 0;
    const key = {warehouse_id: id, sku};
    db.table('stock').insert({...key, on_hand, reserved: 0, in_transit: 0});
    // spread over two bins, so that a pick has several stops
    const near = Math.ceil(on_hand / 2);
    db.table('stock_bins').insert({...key, bin: 'A-1', on_hand: near, assigned: 0});
    db.table('stock_bins').insert({...key, bin: 'A-2', on_hand: on_hand - near, assigned: 0});
    if (on_hand === 0) continue;
    db.table('stock_moves').insert({
      ...{...key, bin: 'A-1', kind: 'receive', d_on_hand: on_hand, d_reserved: 0, d_in_transit: 0},
      ...{cause: `opening:${id}:${sku}`, reference: 'opening', actor: 'receiver', at},
    });
  }
}

export function customer(n: number): CustomerProfile {
  return {external_id: `c${n}`, name: `Customer ${n}`, email: `c${n}@example.com`};
}

/** Everybody's own door; the last customer lives at a blocked address. */
export function shipTo(n: number): ShipTo {
  const line1 = n === 2 ? '9 Back Street' : `${n} Main Street`;
  return {
    name: `Customer ${n}`,
    line1,
    city: 'Town',
    region: 'NY',
    postal_code: '10002',
    country: 'US',
    lat: 40.7,
    lng: -74,
  };
}

/** Personal data in the open: how it is sealed is not what the model is about. */
export const OPEN_VAULT: Vault = {
  newCustomerKey: () => ({wrapped_key: new Uint8Array(), master_key_id: 'none'}),
  seal: (_key, _aad, plain) => ({
    iv: new Uint8Array(),
    ciphertext: Uint8Array.from(Buffer.from(JSON.stringify(plain))),
    tag: new Uint8Array(),
  }),
  open: (_key, _aad, {ciphertext}) => JSON.parse(Buffer.from(ciphertext).toString()) as unknown,
  index: (kind, value) => Buffer.from(`${kind} ${value}`).toString('hex').padEnd(64, '0'),
  hash: (kind, value) =>
    kind === 'address' && value.includes('9backstreet') ? 'address 9 Back Street' : `${kind} ${value}`,
};
