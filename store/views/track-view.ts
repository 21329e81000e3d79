import {zoneAt} from '../../domain/time/zone-at.ts';
import type {Town} from '../../domain/shipping/whereabouts.ts';
import type {StoreContext, Tx} from '../context.ts';
import {findTracked} from '../find-tracked.ts';
import type {documents, order_lines, orders, sub_orders} from '../generated/client.ts';
import {readProfile, readShipTo} from '../personal-data.ts';
import {type LineActions, type OrderActions, readActions} from './customer-actions.ts';
import {type OrderRows, readOrder} from './order-view.ts';
import {type ReturnRows, returnsOfOrder} from './returns-view.ts';
import {type MoneyView, money, time, type WaitingView, waitingView} from './shapes.ts';
import {type ItemView, shipmentView, type TrackedShipment, type TrackFacts} from './tracked-shipment.ts';

export interface TrackView {
  number: string;
  status: string;
  waiting_on: WaitingView | null;
  placed_at: string;
  /** the customer's, if they named one */
  locale: string | null;
  /** the clock at the door */
  timezone: string;
  /** the town, never the door: whoever has the link sees it */
  destination: Town | null;
  /** what the payer can do about money that is not held: confirm with their bank, or give another method */
  payment_action: {client_secret: string | null} | null;
  total: MoneyView;
  payment: {held: MoneyView; charged: MoneyView; refunded: MoneyView};
  lines: TrackedLine[];
  actions: OrderActions;
  /** units that have no shipment (yet) */
  unassigned: ItemView[];
  shipments: TrackedShipment[];
  documents: TrackedDocument[];
  returns?: TrackedReturn[];
}

export interface TrackedLine extends LineActions {
  line_id: string;
  sku: string;
  name: string;
  qty: number;
  cancelled: number;
  delivered: number;
  returned: number;
  /** of all `qty`, tax and shipping included */
  amount: MoneyView;
}

export interface TrackedDocument {
  kind: string;
  number: string;
  /** of the shipment it is about */
  position: number | null;
  amount: MoneyView;
  made_at: string;
  url: string;
}

/** What the customer sends back, and how. */
export interface TrackedReturn {
  return_id: string;
  state: string;
  resolution: string;
  items: ItemView[];
  label_url: string | null;
  tracking_number: string | null;
  send_by: string | null;
  /** what comes back if all of it is as new; `refund` is what did */
  expected: MoneyView;
  refund: MoneyView | null;
}

const PAYERS_WAITS: ReadonlySet<string> = new Set(['customer_authentication', 'payment_method', 'payment_renewal']);

/** The customer's view behind an unguessable link; null for a link that leads nowhere, or has ended. */
export async function readTracking(context: StoreContext, token: string): Promise<TrackView | null> {
  const found = await findTracked(context, token);
  const rows = found && (await readOrder(context, {id: found.id}));
  if (!rows) return null;
  const tx = context.prisma as Tx;
  const facts = await readFacts(context, tx, rows);
  const {order: actions, lines} = await readActions(tx, rows.order, rows.lines, facts.now);
  const papers = await tx.documents.findMany({where: {order_id: rows.order.id}, orderBy: {made_at: 'asc'}});
  const back = (await returnsOfOrder(context, rows.order.id)).filter(({found: one}) => one.kind === 'customer');
  const path = `/v1/track/${token}`;
  const subs = rows.subs.map(({sub}) => sub);
  return {
    ...aboutOrder(rows),
    locale: (await readProfile(context, tx, rows.order.customer_id))?.locale ?? null,
    timezone: facts.zone,
    destination: facts.to,
    lines: rows.lines.flatMap((line) => lineView(line, rows.order, lines.get(line.id))),
    actions,
    shipments: rows.subs.map((sub) => shipmentView(sub, rows, facts)),
    documents: papers.map((paper) => documentView(paper, subs, path)),
    returns: back.map((one) => returnView(one, rows, path)),
  };
}

async function readFacts(context: StoreContext, tx: Tx, {order, subs}: OrderRows): Promise<TrackFacts> {
  const where = {order_id: order.id};
  const parcelIds = subs.flatMap(({parcels}) => parcels.map(({id}) => id));
  const to = await townOfOrder(context, tx, order);
  const warehouses = await tx.warehouses.findMany({select: {id: true, address: true, lat: true, lng: true}});
  return {
    now: context.now().getTime(),
    zone: to ? zoneAt(to) : 'UTC',
    to,
    sites: new Map(warehouses.map(({id, address, lat, lng}) => [id, {...townIn(address), lat, lng}])),
    promises: await tx.promises.findMany({where}),
    scans: await tx.parcel_events.findMany({
      where: {parcel_id: {in: parcelIds}},
      orderBy: [{at: 'asc'}, {stored_at: 'asc'}],
    }),
    captures: await tx.captures.findMany({where: {...where, state: 'done'}}),
    delays: await tx.events.findMany({
      where: {...where, type: {in: ['sub_order.delayed', 'sub_order.delay_answered']}},
      orderBy: {seq: 'asc'},
    }),
  };
}

/** Where the town is, to a tenth of a degree: about ten kilometres. */
const roughly = (degrees: number) => Math.round(degrees * 10) / 10;

async function townOfOrder(context: StoreContext, tx: Tx, order: orders): Promise<Town | null> {
  const door = await readShipTo(context, tx, order.id);
  return door && {city: door.city, country: door.country, lat: roughly(door.lat), lng: roughly(door.lng)};
}

function townIn(address: unknown): {city: string; country: string} {
  const {city, country} = address as {city: string; country: string};
  return {city, country};
}

function aboutOrder(rows: OrderRows) {
  const {order, sums} = rows;
  const amount = (value: bigint | number) => money(value, order.currency);
  return {
    number: order.number,
    status: order.status,
    waiting_on: waitingView(order),
    placed_at: order.placed_at.toISOString(),
    payment_action: PAYERS_WAITS.has(order.waiting_on ?? '') ? {client_secret: rows.client_secret} : null,
    total: amount(order.total_amount),
    payment: {held: amount(sums.authorized), charged: amount(sums.captured), refunded: amount(sums.refunded)},
    unassigned: rows.lines
      .map(({sku, name, unallocated, reserved, backordered}) => {
        const inShipments = rows.subs.length > 0;
        return {sku, name, qty: inShipments ? unallocated : unallocated + reserved + backordered};
      })
      .filter((item) => item.qty > 0),
  };
}

function lineView(line: order_lines, {currency}: orders, actions: LineActions | undefined): TrackedLine[] {
  if (!actions) return [];
  const {id: line_id, sku, name, qty, cancelled, delivered, returned} = line;
  return [
    {line_id, sku, name, qty, cancelled, delivered, returned, amount: money(line.total_amount, currency), ...actions},
  ];
}

function documentView(paper: documents, subs: readonly sub_orders[], path: string): TrackedDocument {
  const {kind, number, amount, currency, made_at, sub_order_id} = paper;
  const position = subs.find(({id}) => id === sub_order_id)?.position ?? null;
  const url = `${path}/documents/${number}`;
  return {kind, number, position, amount: money(amount, currency), made_at: made_at.toISOString(), url};
}

function returnView({found, lines}: ReturnRows, rows: OrderRows, path: string): TrackedReturn {
  const names = new Map(rows.lines.map((line) => [line.id, line.name]));
  const labelled = found.label_state === 'bought';
  return {
    return_id: found.id,
    state: found.state,
    resolution: found.resolution,
    items: lines.map(({line_id, sku, qty}) => ({sku, name: names.get(line_id) ?? sku, qty})),
    label_url: labelled ? `${path}/returns/${found.id}/label` : null,
    tracking_number: labelled ? found.tracking_number : null,
    send_by: time(found.send_by),
    expected: money(found.expected_amount, found.currency),
    refund: found.refund_amount === null ? null : money(found.refund_amount, found.currency),
  };
}
