import type {bins, products, warehouses} from '../../generated/client.ts';
import {money} from '../shapes.ts';

/** Of what was read: whoever changes it names it, and is refused when it has another one by then. */
export const versionOf = ({updated_at}: {updated_at: Date}) => ({version: updated_at.getTime()});

export function productView({updated_at: _at, price_amount, currency, ...row}: products) {
  return {...row, price: money(price_amount, currency)};
}

export function warehouseView({updated_at: _at, active: _active, ...row}: warehouses) {
  return row;
}

export function binView({updated_at: _at, warehouse_id, ...row}: bins) {
  return {warehouse: warehouse_id, ...row};
}
