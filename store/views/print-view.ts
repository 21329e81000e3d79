import type {StoreContext, Tx} from '../context.ts';
import type {orders, parcels} from '../generated/client.ts';
import {addressOf} from '../address-checks.ts';
import {readProfile} from '../personal-data.ts';

/** What is printed for a parcel; addresses as lines, from the vault. */
export interface PrintView {
  order_number: string;
  parcel_id: string;
  /** its place among those of its shipment */
  parcel: {position: number; of: number};
  carrier: string | null;
  service: string | null;
  tracking_number: string | null;
  label_state: string;
  weight_g: number;
  packed_at: Date | null;
  warehouse_id: string | null;
  from: string[];
  to: string[];
  /** null: not sent from one of our houses, or the address is erased */
  countries: {from: string | null; to: string | null};
  items: {sku: string; name: string; qty: number}[];
  locale: string;
}

export interface Postal {
  name: string;
  line1: string;
  line2?: string | null | undefined;
  city: string;
  region?: string | null | undefined;
  postal_code?: string | null | undefined;
  country: string;
}

/** Null where there is no such parcel. */
export async function readPrint(context: StoreContext, parcelId: string): Promise<PrintView | null> {
  const tx = context.prisma as Tx;
  const parcel = await tx.parcels.findUnique({where: {id: parcelId}});
  if (!parcel) return null;
  const order = await tx.orders.findUniqueOrThrow({where: {id: parcel.order_id}});
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  const house = sub.source_id === null ? null : await tx.warehouses.findUnique({where: {id: sub.source_id}});
  const address = await addressOf(context, tx, order);
  const profile = await readProfile(context, tx, order.customer_id);
  const {carrier, service, tracking_number, label_state} = parcel;
  const sender = house && {...(house.address as unknown as Postal), name: house.name};
  return {
    ...{order_number: order.number, parcel_id: parcel.id, parcel: await placeOf(tx, parcel)},
    ...{carrier, service, tracking_number, label_state, packed_at: parcel.packed_at, warehouse_id: sub.source_id},
    weight_g: parcel.weight_g ?? parcel.expected_g,
    from: sender ? addressLines(sender) : [],
    to: address ? addressLines(address.to) : [],
    countries: {from: sender?.country ?? null, to: address?.to.country ?? null},
    items: await itemsOf(tx, order, parcel),
    locale: profile?.locale ?? 'en',
  };
}

async function placeOf(tx: Tx, {id, sub_order_id}: parcels): Promise<{position: number; of: number}> {
  const all = await tx.parcels.findMany({
    where: {sub_order_id, state: {not: 'cancelled'}},
    orderBy: {position: 'asc'},
    select: {id: true},
  });
  return {position: Math.max(1, all.findIndex((each) => each.id === id) + 1), of: Math.max(1, all.length)};
}

async function itemsOf(tx: Tx, order: orders, {id}: parcels) {
  const items = await tx.parcel_items.findMany({where: {parcel_id: id}, orderBy: {sku: 'asc'}});
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}, select: {id: true, name: true}});
  const nameOf = new Map(lines.map((line) => [line.id, line.name]));
  return items.map(({sku, line_id, qty}) => ({sku, name: nameOf.get(line_id) ?? sku, qty}));
}

/** As they are written on parcels in most countries; the code of the country last. */
export function addressLines({name, line1, line2, city, region, postal_code, country}: Postal): string[] {
  const town = [city, region, postal_code]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(' ');
  return [name, line1, line2 ?? '', town, country].filter((line) => line !== '');
}
