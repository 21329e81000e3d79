import type {StoreContext, Tx} from './context.ts';
import {readProfile, readShipTo} from './personal-data.ts';

export interface PostalSide {
  name: string;
  line1: string;
  line2?: string | undefined;
  city: string;
  region?: string | undefined;
  postal_code?: string | undefined;
  country: string;
  phone?: string | undefined;
  email?: string | undefined;
}

export interface ParcelToLabel {
  parcel_id: string;
  shipment_ref: string | null;
  from: PostalSide;
  to: PostalSide;
  weight_g: number;
  length_mm: number;
  width_mm: number;
  height_mm: number;
  delivery_sla: string;
}

/** The packed parcels of a sub-order that have no label yet, with everything a carrier asks for. */
export async function parcelsToLabel(context: StoreContext, input: {sub_order_id: string}): Promise<ParcelToLabel[]> {
  const tx = context.prisma as Tx;
  const parcels = await tx.parcels.findMany({
    where: {sub_order_id: input.sub_order_id, label_state: {in: ['wanted', 'buying']}, state: {not: 'cancelled'}},
    orderBy: {position: 'asc'},
  });
  const first = parcels[0];
  if (!first) return [];
  const order = await tx.orders.findUniqueOrThrow({where: {id: first.order_id}});
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: input.sub_order_id}});
  const warehouse = await tx.warehouses.findUniqueOrThrow({where: {id: sub.source_id ?? ''}});
  const shipTo = await readShipTo(context, tx, order.id);
  const profile = await readProfile(context, tx, order.customer_id);
  if (!shipTo) throw new Error(`the address of order ${order.id} is gone`);
  const from = {name: warehouse.name, ...(warehouse.address as unknown as Omit<PostalSide, 'name'>)};
  return parcels.map((p) => ({
    parcel_id: p.id,
    shipment_ref: p.shipment_ref,
    from,
    to: {...shipTo, phone: profile?.phone, email: profile?.email},
    weight_g: p.weight_g ?? p.expected_g,
    length_mm: p.length_mm ?? 100,
    width_mm: p.width_mm ?? 100,
    height_mm: p.height_mm ?? 100,
    delivery_sla: order.delivery_sla,
  }));
}
