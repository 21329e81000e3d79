import {plainCode} from '../domain/search/forms.ts';
import {isSameTown} from '../domain/shipping/whereabouts.ts';
import type {StoreContext, Tx} from './context.ts';
import {openMany, readShipTo, type ShipTo} from './personal-data.ts';
import {formToken} from './search-forms.ts';

interface Place {
  lat: number;
  lng: number;
}

interface Unlocated {
  city: string;
  country: string;
  postal_code?: string | null | undefined;
}

/** Where the order goes now, for another door of the same town; null for any other town. */
export async function locateInTown(context: StoreContext, orderId: string, address: Unlocated): Promise<Place | null> {
  const door = await readShipTo(context, context.prisma as Tx, orderId);
  return door && isSameTown(door, address) ? {lat: door.lat, lng: door.lng} : null;
}

/** Of the newest orders to a postal code, more than enough to meet one of the same country. */
const LOOKED_AT = 20;

/**
 * Where an address is, roughly, by where the service has sent before: the same town, or the newest order to the same postal
 * code. Null where nobody ordered to yet.
 */
export async function locateAddress(context: StoreContext, orderId: string, address: Unlocated): Promise<Place | null> {
  const here = await locateInTown(context, orderId, address);
  const postal = plainCode(address.postal_code ?? '');
  if (here || postal === '') return here;
  const token = formToken(context, {kind: 'postal', value: postal});
  const near = await context.prisma.$queryRaw<{order_id: string}[]>`
    SELECT order_id FROM search_forms WHERE tokens && ARRAY[${token}]::bigint[] ORDER BY placed_at DESC LIMIT ${LOOKED_AT}`;
  const opened = await openMany(
    context,
    near.map(({order_id}) => `order:${order_id}`),
  );
  const found = [...opened.values()]
    .map((fields) => fields.get('ship_to') as ShipTo | undefined)
    // tokens meet by chance: only the opened address counts
    .find((door) => door?.country === address.country && plainCode(door.postal_code ?? '') === postal);
  return found ? {lat: found.lat, lng: found.lng} : null;
}
