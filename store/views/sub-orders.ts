import type {Tx} from '../context.ts';
import type {parcels, sub_order_lines, sub_orders} from '../generated/client.ts';
import {groupBy, type MoneyView, money, time} from './shapes.ts';

export interface ParcelView {
  parcel_id: string;
  carrier: string | null;
  service: string | null;
  tracking_number: string | null;
  label_url: string | null;
  status: string;
  eta_from: string | null;
  eta_to: string | null;
}

export interface SubOrderView {
  sub_order_id: string;
  stage: string;
  source: {kind: string | null; id: string | null};
  value: MoneyView;
  estimated_pickup: string | null;
  estimated_delivery: string | null;
  /** `qty` as placed here; `cancelled` of them are not sent */
  lines: {line_id: string; sku: string; qty: number; cancelled: number}[];
  parcels: ParcelView[];
}

export interface SubOrderRows {
  sub: sub_orders;
  lines: sub_order_lines[];
  parcels: parcels[];
}

/** The sub-orders of an order with their parcels, in the order of their making; their lines in the order of the order's. */
export async function readSubOrders(
  tx: Tx,
  orderId: string,
  ordered: readonly {id: string; position: number}[],
): Promise<SubOrderRows[]> {
  const subs = await tx.sub_orders.findMany({where: {order_id: orderId}, orderBy: {position: 'asc'}});
  const ids = subs.map((sub) => sub.id);
  const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: {in: ids}}});
  const places = new Map(ordered.map(({id, position}) => [id, position]));
  const placeOf = ({line_id}: sub_order_lines) => places.get(line_id) ?? 0;
  const lines = parts.sort((a, b) => placeOf(a) - placeOf(b));
  const parcels = await tx.parcels.findMany({
    where: {order_id: orderId, state: {not: 'cancelled'}},
    orderBy: {position: 'asc'},
  });
  const linesOf = groupBy(lines, (line) => line.sub_order_id);
  const parcelsOf = groupBy(parcels, (parcel) => parcel.sub_order_id);
  return subs.map((sub) => ({sub, lines: linesOf.get(sub.id) ?? [], parcels: parcelsOf.get(sub.id) ?? []}));
}

export function subOrderView({sub, lines, parcels}: SubOrderRows, currency: string): SubOrderView {
  return {
    sub_order_id: sub.id,
    stage: sub.stage,
    source: {kind: sub.source_kind, id: sub.source_id},
    value: money(sub.value_amount, currency),
    estimated_pickup: time(sub.estimated_pickup),
    estimated_delivery: time(sub.estimated_delivery),
    lines: lines.map(({line_id, sku, qty, cancelled}) => ({line_id, sku, qty, cancelled})),
    parcels: parcels.map(parcelView),
  };
}

function parcelView(parcel: parcels): ParcelView {
  return {
    parcel_id: parcel.id,
    carrier: parcel.carrier,
    service: parcel.service,
    tracking_number: parcel.tracking_number,
    label_url: parcel.label_url,
    status: parcel.status,
    eta_from: time(parcel.eta_from),
    eta_to: time(parcel.eta_to),
  };
}
