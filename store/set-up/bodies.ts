import type {Body} from '../../domain/set-up/judge.ts';
import type {bins, products, staff, stock_moves, supplier_offers} from '../generated/client.ts';
import {money, time} from '../views/shapes.ts';
import {binView, productView} from '../views/set-up/catalogue-views.ts';

/** Rows as the lines of a file have them. */
export const bodyOf = {
  products: (row: products): Body => productView(row),
  bins: (row: bins): Body => binView(row),
  stock: ({warehouse_id, sku, bin, d_on_hand, reference}: stock_moves): Body => ({
    ...{warehouse: warehouse_id, sku, qty: d_on_hand, bin, reference},
  }),
  offers: (row: supplier_offers & {currency: string}): Body => ({
    ...{supplier: row.supplier_id, sku: row.sku, cost: money(row.cost_amount, row.currency)},
    ...{lead_time_days: row.lead_time_days, available: row.available, min_qty: row.min_qty},
    valid_until: time(row.valid_until),
  }),
  people: ({id, name, roles, warehouse_id, active}: staff): Body => ({
    ...{login: id, name, roles, warehouse: warehouse_id, active},
  }),
};
