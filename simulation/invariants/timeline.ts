import {groupBy} from './group-by.ts';
import {ourMails} from './mail-ledger.ts';
import {tellEvent, type ToldEvent} from './tell-event.ts';
import {amountText} from './money-books.ts';
import type {Violation, World} from './types.ts';

export interface Moment {
  /** RFC 3339, on the shared clock */
  at: string;
  what: string;
}

/** What happened to an order, oldest first, by the order's number. */
export type Timelines = Record<string, Moment[]>;

const LONGEST = 25;
const AT_THE_BEGINNING = 8;
/** So many orders get a timeline; a flood of violations has one cause, and a few orders show it. */
const ORDERS = 50;

/** The timeline of every order that something is wrong with, from our own history and the neighbours' books. */
export async function timelinesOf(world: World, violations: readonly Violation[]): Promise<Timelines> {
  const named = new Set(violations.map(({subject}) => subject));
  const orders = [...world.orders.values()].filter(({number}) => named.has(number)).slice(0, ORDERS);
  if (orders.length === 0) return {};
  const ids = orders.map(({id}) => id);
  const ours = groupBy(await momentsOfEvents(world, ids), ({order_id}) => order_id);
  const labels = groupBy(await momentsOfLabels(world, ids), ({order_id}) => order_id);
  return Object.fromEntries(
    orders.map(({id, number}) => {
      const all = [
        ...(ours.get(id) ?? []),
        ...momentsOfHolds(world, id),
        ...(labels.get(id) ?? []),
        ...mails(world, id),
      ];
      const sorted = all.map(({at, what}) => ({at, what})).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      return [number, shorten(sorted)];
    }),
  );
}

function shorten(moments: Moment[]): Moment[] {
  if (moments.length <= LONGEST) return moments;
  const last = moments.slice(-(LONGEST - AT_THE_BEGINNING - 1));
  const left = moments.length - AT_THE_BEGINNING - last.length;
  const gap = {at: moments[AT_THE_BEGINNING]?.at ?? '', what: `… ${left} more …`};
  return [...moments.slice(0, AT_THE_BEGINNING), gap, ...last];
}

type OrderMoment = Moment & {order_id: string};

async function momentsOfEvents(world: World, ids: string[]): Promise<OrderMoment[]> {
  const rows = await world.sql<ToldEvent & {order_id: string; seq: number; at: Date}>(
    `SELECT e.order_id, e.seq, e.type, e.at, e.data, s.position AS part, o.currency,
            (SELECT string_agg(a.note, '; ') FROM order_audit a WHERE a.order_id = e.order_id AND a.seq = e.seq) AS note
       FROM events e JOIN orders o ON o.id = e.order_id LEFT JOIN sub_orders s ON s.id = e.sub_order_id
      WHERE e.order_id = ANY($1) ORDER BY e.order_id, e.seq`,
    [ids],
  );
  return rows.flatMap((row, i) => {
    const before = rows[i - 1]?.order_id === row.order_id ? (rows[i - 1]?.seq ?? 0) : 0;
    const at = row.at.toISOString();
    const gap = row.seq - before > 1 ? [{order_id: row.order_id, at, what: 'something is missing here'}] : [];
    return [...gap, {order_id: row.order_id, at, what: tellEvent(row)}];
  });
}

function momentsOfHolds(world: World, orderId: string): Moment[] {
  return (world.money.byOrder.get(orderId) ?? []).flatMap((hold) =>
    hold.history.map(({at, what, amount}) => ({
      at,
      what: `Stripe: hold ${hold.id} ${what.replaceAll('_', ' ')}${amount ? `, ${amountText(amount, hold.currency)}` : ''}`,
    })),
  );
}

async function momentsOfLabels(world: World, ids: string[]): Promise<OrderMoment[]> {
  const parcels = await world.sql<{id: string; order_id: string}>(
    'SELECT id, order_id FROM parcels WHERE order_id = ANY($1)',
    [ids],
  );
  const orderOf = new Map(parcels.map(({id, order_id}) => [id, order_id]));
  const shipments = new Map(world.carrier.shipments.map(({id, reference}) => [id, reference]));
  return world.carrier.labels.flatMap((label) => {
    const order_id = orderOf.get(shipments.get(label.shipment_id) ?? '');
    if (!order_id) return [];
    const sold = `carrier: label ${label.tracking_code} sold for ${amountText(label.cost, label.currency)}`;
    const voided = label.voided_at && {
      order_id,
      at: label.voided_at,
      what: `carrier: label ${label.tracking_code} voided`,
    };
    return [{order_id, at: label.bought_at, what: sold}, ...(voided ? [voided] : [])];
  });
}

const mails = (world: World, orderId: string): Moment[] =>
  (world.mail ? ourMails(world.mail) : [])
    .filter((mail) => mail.order_id === orderId)
    .map(({received, subject}) => ({at: received, what: `mail: "${subject}"`}));
