import {openValue, sumOf} from '../../domain/payment/amounts.ts';
import type {StoreContext} from '../context.ts';
import type {captures} from '../generated/client.ts';
import {type OrderRows, readOrder} from './order-view.ts';
import {type MoneyView, money, time, type WaitingView, waitingView} from './shapes.ts';
import {type ReturnRows, returnsOfOrder} from './returns-view.ts';
import type {SubOrderRows} from './sub-orders.ts';

export interface ItemView {
  sku: string;
  name: string;
  qty: number;
}

export interface TrackedParcel {
  carrier: string | null;
  service: string | null;
  tracking_number: string | null;
  status: string;
  status_at: string | null;
  eta_from: string | null;
  eta_to: string | null;
}

export interface TrackedShipment {
  position: number;
  stage: string;
  items: ItemView[];
  parcels: TrackedParcel[];
  estimated_delivery: string | null;
  money: {held: MoneyView; charged: MoneyView; to_be_charged: MoneyView};
}

export interface TrackView {
  number: string;
  status: string;
  waiting_on: WaitingView | null;
  placed_at: string;
  /** what the payer can do about money that is not held: confirm with their bank, or give another method */
  payment_action: {client_secret: string | null} | null;
  total: MoneyView;
  payment: {held: MoneyView; charged: MoneyView; refunded: MoneyView};
  /** units that have no shipment (yet) */
  unassigned: ItemView[];
  shipments: TrackedShipment[];
  returns?: TrackedReturn[];
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
  refund: MoneyView | null;
}

const PAYERS_WAITS: ReadonlySet<string> = new Set(['customer_authentication', 'payment_method', 'payment_renewal']);

const TOKEN = /^[A-Za-z0-9_-]{20,64}$/;

/** The customer's view behind an unguessable link; null for a link that leads nowhere. */
export async function readTracking(context: StoreContext, token: string): Promise<TrackView | null> {
  if (!TOKEN.test(token)) return null;
  const rows = await readOrder(context, {tracking_token: token});
  if (!rows) return null;
  const taken = await context.prisma.captures.findMany({where: {order_id: rows.order.id, state: 'done'}});
  const back = (await returnsOfOrder(context, rows.order.id)).filter(({found}) => found.kind === 'customer');
  return {...trackView(rows, taken), returns: back.map((one) => trackedReturn(one, rows))};
}

function trackedReturn({found, lines}: ReturnRows, rows: OrderRows): TrackedReturn {
  const names = new Map(rows.lines.map((line) => [line.id, line.name]));
  const labelled = found.label_state === 'bought';
  return {
    return_id: found.id,
    state: found.state,
    resolution: found.resolution,
    items: lines.map(({line_id, sku, qty}) => ({sku, name: names.get(line_id) ?? sku, qty})),
    label_url: labelled ? found.label_url : null,
    tracking_number: labelled ? found.tracking_number : null,
    send_by: time(found.send_by),
    refund: found.refund_amount === null ? null : money(found.refund_amount, found.currency),
  };
}

function trackView(rows: OrderRows, taken: readonly captures[]): TrackView {
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
    shipments: rows.subs.map((sub) => shipmentView(sub, rows, taken)),
  };
}

function shipmentView(part: SubOrderRows, rows: OrderRows, taken: readonly captures[]): TrackedShipment {
  const {sub, lines, parcels} = part;
  const names = new Map(rows.lines.map((line) => [line.id, line.name]));
  return {
    position: sub.position,
    stage: sub.stage,
    items: lines
      .map((line) => ({sku: line.sku, name: names.get(line.line_id) ?? line.sku, qty: line.qty - line.cancelled}))
      .filter((item) => item.qty > 0 || sub.stage === 'CANCELLED'),
    parcels: parcels.map((parcel) => ({
      carrier: parcel.carrier,
      service: parcel.service,
      tracking_number: parcel.tracking_number,
      status: parcel.status,
      status_at: time(parcel.status_at),
      eta_from: time(parcel.eta_from),
      eta_to: time(parcel.eta_to),
    })),
    estimated_delivery: time(sub.estimated_delivery),
    money: shipmentMoney(part, rows, taken),
  };
}

/** What of the shipment's value was charged, what is still to come, and how much of that is covered by a live hold. */
function shipmentMoney({sub, lines}: SubOrderRows, {order, sums}: OrderRows, taken: readonly captures[]) {
  const capture = taken.find((c) => c.sub_order_id === sub.id);
  const open = sumOf(
    lines.map((line) => ({...line, amount: Number(line.amount), lost: line.lost + line.came_back})),
    openValue,
  );
  const toCome = capture ? 0 : open;
  const held = Math.min(toCome, Number(sums.authorized));
  return {
    held: money(held, order.currency),
    charged: money(capture?.amount ?? 0n, order.currency),
    to_be_charged: money(toCome, order.currency),
  };
}
