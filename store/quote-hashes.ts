import type {StoreContext} from './context.ts';
import type {ShipTo} from './personal-data.ts';

/** Whom a quote is for; empty when it was asked for nobody in particular. */
export function customerHash(context: StoreContext, customerId: string | null): string {
  return customerId === null ? '' : context.vault.hash('customer', customerId);
}

/** Where to: the door with its place on the map, whatever name is on it. */
export function doorHash(context: StoreContext, {name: _name, ...door}: ShipTo): string {
  const {line1, line2 = '', city, region = '', postal_code = '', country, lat, lng} = door;
  return context.vault.hash('door', JSON.stringify([line1, line2, city, region, postal_code, country, lat, lng]));
}
