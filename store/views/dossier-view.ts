import {type AfterWait, afterWait} from '../../domain/order/after-wait.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {orders} from '../generated/client.ts';
import {openMany, type CustomerProfile, type ShipTo} from '../personal-data.ts';
import {neighboursOf, fraudOf, messagesOf, changesOf, stockOf, stuckOf, decisionsOf} from './dossier-parts.ts';
import {type OrderRows, type OrderView, orderView, readOrder} from './order-view.ts';
import {readOrderRefunds} from './refunds-view.ts';
import {returnsOfOrder, returnView} from './returns-view.ts';
import {type MoneyView, money, time} from './shapes.ts';
import {moneyOf as shipmentMoney} from './tracked-shipment.ts';

/** What an order waits for, with who can end it and what happens when nobody does. */
export interface DossierWait {
  name: string;
  since: string;
  deadline: string | null;
  owner: string | null;
  after: AfterWait | null;
}

/** Everything somebody of the office needs to know of one order; null when there is none. */
export async function readDossier(context: StoreContext, id: string, trackingUrl: (order: orders) => string) {
  const rows = await readOrder(context, {id});
  if (!rows) return null;
  const {order} = rows;
  const tx = context.prisma as Tx;
  const [people, refunds, returns, captures, more] = await Promise.all([
    peopleOf(context, order),
    readOrderRefunds(context, id),
    returnsOfOrder(context, id),
    tx.captures.findMany({where: {order_id: id, state: 'done'}}),
    readMore(tx, order),
  ]);
  return {
    version: order.last_seq,
    ...withNames(orderView(rows, trackingUrl(order)), rows),
    waiting: waitOf(order),
    hold: order.held_since && {since: time(order.held_since), until: time(order.held_until), reason: order.held_reason},
    cancel_reason: order.cancel_reason,
    channel: order.channel,
    ...people,
    money: moneyOf(rows, captures),
    refundable: refunds && {
      possible: refunds.possible,
      possible_shipping: refunds.possible_shipping,
      possible_lines: refunds.possible_lines,
    },
    returns: returns.map((one) => returnView(one, true)),
    ...more,
  };
}

async function readMore(tx: Tx, {id}: orders) {
  const [stock, messages, changes, fraud, stuck, decisions, others] = await Promise.all([
    stockOf(tx, id),
    messagesOf(tx, id),
    changesOf(tx, id),
    fraudOf(tx, id),
    stuckOf(tx, id),
    decisionsOf(tx, id),
    neighboursOf(tx, id),
  ]);
  return {stock, messages, changes, ...fraud, stuck, decisions, customer_orders: others};
}

async function peopleOf(context: StoreContext, {id, customer_id}: orders) {
  const opened = await openMany(context, [`order:${id}`, `customer:${customer_id}`]);
  const profile = opened.get(`customer:${customer_id}`)?.get('profile') as CustomerProfile | undefined;
  const ship_to = opened.get(`order:${id}`)?.get('ship_to') as ShipTo | undefined;
  return {
    customer: profile
      ? {name: profile.name, email: profile.email, phone: profile.phone ?? null, locale: profile.locale ?? null}
      : null,
    ship_to: ship_to ?? null,
  };
}

function waitOf(order: orders): DossierWait | null {
  if (order.waiting_on === null) return null;
  const {waiting_on: name, waiting_deadline: deadline, waiting_owner: owner} = order;
  const since = (order.waiting_since ?? order.updated_at).toISOString();
  return {
    name,
    since,
    deadline: time(deadline),
    owner,
    after: afterWait({name, deadline, held: order.held_since !== null}),
  };
}

/** The lines also say what they are called and cost, and where their open units are. */
function withNames(view: OrderView, {lines, order}: OrderRows) {
  const named = view.lines.map((line, i) => {
    const row = lines[i];
    return {
      ...line,
      name: row?.name ?? line.sku,
      unit_price: money(row?.unit_amount ?? 0n, order.currency),
      total: money(row?.total_amount ?? 0n, order.currency),
    };
  });
  const {waiting_on: _told, ...rest} = view;
  return {...rest, lines: named};
}

interface PartMoney {
  sub_order_id: string;
  held: MoneyView;
  charged: MoneyView;
  to_be_charged: MoneyView;
  refunded: MoneyView;
}

function moneyOf(rows: OrderRows, captures: Parameters<typeof shipmentMoney>[2]) {
  const {order, sums, subs, refunds, disputes} = rows;
  const amount = (value: bigint | number) => money(value, order.currency);
  const sub_orders = subs.map((part): PartMoney => {
    const given = refunds.filter(({sub_order_id, state}) => sub_order_id === part.sub.id && state === 'succeeded');
    const refunded = given.reduce((sum, row) => sum + row.amount, 0n);
    return {sub_order_id: part.sub.id, ...shipmentMoney(part, rows, captures), refunded: amount(refunded)};
  });
  const open = disputes.filter(({closed_at}) => closed_at === null);
  return {
    held: amount(sums.authorized),
    charged: amount(sums.captured),
    to_be_charged: amount(sub_orders.reduce((sum, part) => sum + part.to_be_charged.amount, 0)),
    refunded: amount(sums.refunded),
    disputed: amount(open.reduce((sum, row) => sum + row.amount, 0n)),
    sub_orders,
  };
}
