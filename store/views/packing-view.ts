import type {StoreContext} from '../context.ts';
import {type Place, placesOf} from './tasks-view.ts';

export interface PackingView {
  warehouse_id: string | null;
  parcel_id: string;
  /** Null = its own carton. */
  box: string | null;
  inner_mm: number[];
  placements: (Place & {name: string})[];
}

/** How a parcel is to be packed; null where there is no such parcel, or where it was planned by nobody here. */
export async function readPacking({prisma}: StoreContext, parcelId: string): Promise<PackingView | null> {
  const packing = await prisma.parcel_packings.findUnique({where: {parcel_id: parcelId}});
  const parcel = packing && (await prisma.parcels.findUnique({where: {id: parcelId}}));
  if (!packing || !parcel) return null;
  const sub = await prisma.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  const placements = placesOf(packing.placements);
  const lines = await prisma.order_lines.findMany({
    where: {order_id: parcel.order_id, sku: {in: [...new Set(placements.map(({sku}) => sku))]}},
    select: {sku: true, name: true},
  });
  const nameOf = new Map(lines.map(({sku, name}) => [sku, name]));
  return {
    warehouse_id: sub.source_kind === 'warehouse' ? sub.source_id : null,
    parcel_id: parcelId,
    box: packing.box_id,
    inner_mm: packing.inner_mm,
    placements: placements.map((place) => ({...place, name: nameOf.get(place.sku) ?? place.sku})),
  };
}
