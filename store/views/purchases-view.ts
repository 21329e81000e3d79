import {isLive} from '../../domain/suppliers/purchase.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {purchase_order_lines, purchase_orders} from '../generated/client.ts';
import {readShipTo} from '../personal-data.ts';
import {shownAddress} from '../purchase-messages.ts';
import {groupBy, type MoneyView, money, type Page, readTimeCursor, time, toPage} from './shapes.ts';

export interface PurchaseView {
  purchase_order_id: string;
  supplier_id: string;
  /** of our part; printed on the parcel */
  reference: string;
  state: string;
  reason: string | null;
  created_at: string;
  acknowledge_by: string;
  acknowledged_at: string | null;
  ship_by: string | null;
  lines: Record<string, string | number | null | MoneyView>[];
  /** null once nothing is to be sent any more */
  ship_to: object | null;
  shipments: {tracking_number: string; carrier: string | null; status: string; lines: object[]}[];
}

export interface PurchaseOptions {
  /** null: of all suppliers */
  supplier_id: string | null;
  state?: string | undefined;
  order_id?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Purchase orders, newest first. */
export async function listPurchases(context: StoreContext, options: PurchaseOptions): Promise<Page<PurchaseView>> {
  const {prisma} = context;
  const {supplier_id, state, order_id, limit} = options;
  const last = readTimeCursor(options.cursor);
  const rows = await prisma.purchase_orders.findMany({
    where: {
      ...(supplier_id === null ? {} : {supplier_id}),
      ...(state ? {state} : {}),
      ...(order_id ? {order_id} : {}),
      ...(last ? {OR: [{created_at: {lt: last.at}}, {created_at: last.at, id: {lt: last.id}}]} : {}),
    },
    orderBy: [{created_at: 'desc'}, {id: 'desc'}],
    take: limit + 1,
  });
  const views = new Map(
    (await viewsOf(context, prisma as Tx, rows)).map((view) => [view.purchase_order_id, view] as const),
  );
  const shown = (row: purchase_orders) => views.get(row.id) as PurchaseView;
  return toPage(rows, limit, shown, (row) => [row.created_at.toISOString(), row.id]);
}

/** One purchase order; null when there is none, or it is another supplier's. */
export async function readPurchase(
  context: StoreContext,
  input: {purchase_id: string; supplier_id: string | null},
): Promise<PurchaseView | null> {
  const row = await context.prisma.purchase_orders.findUnique({where: {id: input.purchase_id}});
  if (!row || (input.supplier_id !== null && row.supplier_id !== input.supplier_id)) return null;
  return (await viewsOf(context, context.prisma as Tx, [row]))[0] ?? null;
}

async function viewsOf(context: StoreContext, tx: Tx, rows: readonly purchase_orders[]): Promise<PurchaseView[]> {
  const ids = rows.map((row) => row.id);
  const subs = rows.map((row) => row.sub_order_id);
  const lines = await tx.purchase_order_lines.findMany({
    where: {purchase_id: {in: ids}},
    orderBy: {line_id: 'asc'},
  });
  const names = await tx.order_lines.findMany({
    where: {id: {in: lines.map((line) => line.line_id)}},
    select: {id: true, name: true},
  });
  const parcels = await tx.parcels.findMany({where: {sub_order_id: {in: subs}}, orderBy: {position: 'asc'}});
  const items = await tx.parcel_items.findMany({where: {parcel_id: {in: parcels.map((parcel) => parcel.id)}}});
  const [linesOf, parcelsOf, itemsOf] = [
    groupBy(lines, (line) => line.purchase_id),
    groupBy(parcels, (parcel) => parcel.sub_order_id),
    groupBy(items, (item) => item.parcel_id),
  ];
  const nameOf = new Map(names.map((line) => [line.id, line.name]));
  const views = rows.map(async (row): Promise<PurchaseView> => {
    const shipTo = isLive(row.state) ? await readShipTo(context, tx, row.order_id) : null;
    return {
      ...headOf(row),
      lines: (linesOf.get(row.id) ?? []).map((line) => lineView(line, row.currency, nameOf)),
      ship_to: shownAddress(shipTo),
      shipments: (parcelsOf.get(row.sub_order_id) ?? []).map((parcel) => ({
        tracking_number: parcel.tracking_number ?? '',
        carrier: parcel.carrier,
        status: parcel.status,
        lines: (itemsOf.get(parcel.id) ?? []).map(({line_id, sku, qty}) => ({line_id, sku, qty})),
      })),
    };
  });
  return Promise.all(views);
}

const headOf = (row: purchase_orders) => ({
  purchase_order_id: row.id,
  supplier_id: row.supplier_id,
  reference: row.sub_order_id,
  state: row.state,
  reason: row.reason,
  created_at: row.created_at.toISOString(),
  acknowledge_by: row.acknowledge_by.toISOString(),
  acknowledged_at: time(row.acknowledged_at),
  ship_by: time(row.ship_by),
});

function lineView(line: purchase_order_lines, currency: string, nameOf: ReadonlyMap<string, string>) {
  const {line_id, sku, qty, cancelled, missing, acknowledged, shipped, unit_cost, told_cost} = line;
  return {
    line_id,
    sku,
    name: nameOf.get(line_id) ?? sku,
    qty,
    cancelled,
    missing,
    acknowledged,
    shipped,
    unit_cost: money(unit_cost, currency),
    told_cost: told_cost === null ? null : money(told_cost, currency),
  };
}
