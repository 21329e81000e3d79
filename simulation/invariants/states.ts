import type {AuditRow} from './history.ts';
import {groupBy} from './group-by.ts';
import type {Finding, World} from './types.ts';
import {TERMINAL} from './types.ts';

/** The legal moves, written down a second time on purpose: the checker must not learn them from the product. */
const ORDER_MOVES: Readonly<Record<string, readonly string[]>> = {
  pending: ['payment_processing', 'cancelled'],
  payment_processing: ['paid', 'cancelled'],
  paid: ['awaiting_fulfillment', 'cancelled'],
  awaiting_fulfillment: ['partially_fulfilled', 'fulfilled', 'cancelled'],
  partially_fulfilled: ['fulfilled'],
  fulfilled: ['delivered', 'refunded'],
  delivered: ['refunded'],
  cancelled: [],
  refunded: [],
};
const STAGE_MOVES: Readonly<Record<string, readonly string[]>> = {
  BACKORDERED: ['ALLOCATED', 'CANCELLED'],
  ALLOCATED: ['PICKING', 'PICKED', 'SHORT_PICKED', 'CANCELLED', 'EXCEPTION'],
  PICKING: ['PICKED', 'SHORT_PICKED', 'CANCELLED', 'EXCEPTION'],
  SHORT_PICKED: ['PICKED', 'CANCELLED', 'EXCEPTION'],
  PICKED: ['PACKED', 'CANCELLED', 'EXCEPTION'],
  PACKED: ['IN_TRANSIT', 'PICKED', 'CANCELLED', 'EXCEPTION'],
  IN_TRANSIT: ['OUT_FOR_DELIVERY', 'DELIVERED', 'RETURN_TO_SENDER', 'EXCEPTION'],
  OUT_FOR_DELIVERY: ['DELIVERED', 'RETURN_TO_SENDER', 'EXCEPTION'],
  EXCEPTION: ['PICKED', 'PACKED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED', 'RETURN_TO_SENDER', 'CANCELLED'],
  DELIVERED: ['RETURN_TO_SENDER'],
  RETURN_TO_SENDER: [],
  CANCELLED: [],
};
/** What a supplier sends is promised, and then on the road. */
const SUPPLIER_MOVES: Readonly<Record<string, readonly string[]>> = {
  ...STAGE_MOVES,
  ALLOCATED: ['IN_TRANSIT', 'CANCELLED', 'EXCEPTION'],
};
const RETURN_MOVES: Readonly<Record<string, readonly string[]>> = {
  requested: ['in_review', 'approved', 'refused'],
  in_review: ['approved', 'refused', 'cancelled'],
  approved: ['label_ready', 'expired', 'cancelled'],
  label_ready: ['in_transit', 'received', 'expired', 'cancelled'],
  in_transit: ['received', 'cancelled'],
  received: ['inspected', 'closed'],
  inspected: ['closed'],
  closed: [],
  refused: [],
  expired: [],
  cancelled: [],
};
const WAITS: readonly string[] = [
  'customer_authentication',
  'payment_method',
  'fraud_review',
  'payment_renewal',
  'stock',
  'supplier',
  'pick',
  'pack',
  'dispatch',
  'carrier',
  'driver',
  'ops',
];

/** W1: every move is legal, starts from where the one before ended, and the last one is where the row is. */
export async function movesAreLegal(world: World): Promise<Finding[]> {
  const subs = await world.sql<SubRow>(
    'SELECT id, order_id, position, stage, source_kind FROM sub_orders ORDER BY order_id, position',
  );
  const subsOf = groupBy(subs, (sub) => sub.order_id);
  const returns = await world.sql<{id: string; order_id: string; state: string}>(
    'SELECT id, order_id, state FROM returns ORDER BY order_id, id',
  );
  const returnsOf = groupBy(returns, (one) => one.order_id);
  return [...world.orders.values()].flatMap((order) => {
    const audit = groupBy(world.history.audit.get(order.id) ?? [], (row) => row.subject);
    const chains = [
      {
        name: `Order ${order.number}`,
        moves: ORDER_MOVES,
        starts: ['pending'],
        rows: audit.get('order') ?? [],
        at: order.status,
      },
      ...(subsOf.get(order.id) ?? []).map((sub) => ({
        name: `Order ${order.number}, shipment ${sub.position}`,
        moves: sub.source_kind === 'supplier' ? SUPPLIER_MOVES : STAGE_MOVES,
        starts: ['ALLOCATED', 'BACKORDERED'],
        rows: audit.get(sub.id) ?? [],
        at: sub.stage,
      })),
      ...(returnsOf.get(order.id) ?? []).map((one) => ({
        name: `Order ${order.number}, return ${one.id}`,
        moves: RETURN_MOVES,
        starts: ['requested', 'in_transit'],
        rows: audit.get(one.id) ?? [],
        at: one.state,
      })),
    ];
    return chains.flatMap((chain) =>
      walk(chain).map((text) => ({subject: order.number, sentence: `${chain.name}: ${text}`})),
    );
  });
}

interface SubRow {
  id: string;
  order_id: string;
  position: number;
  stage: string;
  source_kind: string | null;
}

interface Chain {
  moves: Readonly<Record<string, readonly string[]>>;
  starts: readonly string[];
  rows: readonly AuditRow[];
  at: string;
}

function walk({moves, starts, rows, at}: Chain): string[] {
  const wrong: string[] = [];
  let state: string | null = null;
  for (const {from_state: from, to_state: to} of rows) {
    if (from !== state)
      wrong.push(`a move from ${from ?? 'nothing'} to ${to} is recorded while it was ${state ?? 'not there yet'}.`);
    const legal = from === null ? starts.includes(to) : moves[from]?.includes(to);
    if (!legal) wrong.push(`it may not move from ${from ?? 'nothing'} to ${to}.`);
    state = to;
  }
  if (state !== at) wrong.push(`it is ${at}, but its recorded moves end at ${state ?? 'nothing'}.`);
  return wrong;
}

const ENDS_BY_ITSELF: Readonly<Record<string, string>> = {
  fraud_review: 'its review',
  customer_authentication: 'the time in which its customer may answer their bank',
  payment_method: 'the time in which another method may be given',
};

/** W2: who does not end waits for something with a name, and somebody or some time will end the wait. */
export function openOrdersWait(world: World): Finding[] {
  return [...world.orders.values()]
    .filter((order) => !TERMINAL.includes(order.status))
    .flatMap((order) => {
      const {waiting_on: wait, number: subject} = order;
      const name = `Order ${subject} is ${order.status}`;
      if (wait === null) return [{subject, sentence: `${name} and waits for nothing: nobody will ever move it.`}];
      if (!WAITS.includes(wait))
        return [{subject, sentence: `${name} and waits for "${wait}", which is no wait anybody knows.`}];
      const what = ENDS_BY_ITSELF[wait];
      if (what && (order.waiting_deadline?.getTime() ?? Infinity) < overdueBefore(world)) {
        const sentence = `${name}: ${what} should have ended by itself at ${order.waiting_deadline?.toISOString()}.`;
        return [{subject, sentence}];
      }
      if (order.waiting_owner !== null || order.waiting_deadline !== null) return [];
      return [{subject, sentence: `${name} and waits for ${wait}, but nobody owns the wait and it has no deadline.`}];
    });
}

/** A deadline is kept within a virtual hour and what passes in two real minutes: a worker may have to come back first. */
const overdueBefore = ({now, speed}: World): number => now - (60 + 2 * speed) * 60_000;

interface Parts {
  id: string;
  open: number;
  handed_over: number;
  ended: number;
  with_customer: number;
  /** units that have no place yet or again */
  unplaced: number;
  subs: string[];
  going: number;
}

/** W4: the order's status is what its units and its shipments say. */
export async function statusFollowsFromParts(world: World): Promise<Finding[]> {
  const rows = await world.sql<Parts>(
    `WITH units AS (
       SELECT order_id, sum(qty - cancelled) AS open, sum(in_transit + delivered + lost + came_back) AS handed_over,
              sum(delivered + lost + came_back) AS ended, sum(delivered - returned) AS with_customer, sum(unallocated) AS unplaced
         FROM order_lines WHERE return_id IS NULL GROUP BY order_id),
     parts AS (
       SELECT s.order_id, array_agg(s.stage ORDER BY s.position) AS subs, count(*) FILTER (WHERE
              s.stage NOT IN ('DELIVERED', 'CANCELLED', 'RETURN_TO_SENDER') AND NOT (s.stage = 'EXCEPTION' AND l.left_over = 0)) AS going
         FROM sub_orders s JOIN (SELECT sub_order_id, sum(qty - cancelled - delivered - lost - came_back) AS left_over
           FROM sub_order_lines GROUP BY sub_order_id) l ON l.sub_order_id = s.id WHERE s.return_id IS NULL GROUP BY s.order_id)
     SELECT o.id, u.open, u.handed_over, u.ended, u.with_customer, u.unplaced, coalesce(p.subs, '{}') AS subs, coalesce(p.going, 0) AS going
       FROM orders o JOIN units u ON u.order_id = o.id LEFT JOIN parts p ON p.order_id = o.id`,
  );
  return rows.flatMap((parts) => {
    const order = world.orders.get(parts.id);
    if (!order) return [];
    const wrong = [...byUnits(order.status, parts), ...byShipments(order.status, parts)];
    return wrong
      .slice(0, 1)
      .map((text) => ({subject: order.number, sentence: `Order ${order.number} is ${order.status}, but ${text}.`}));
  });
}

const BEFORE_THE_FLOOR: readonly string[] = ['pending', 'payment_processing', 'paid'];

function byUnits(status: string, {open, handed_over: out, ended, with_customer: kept}: Parts): string[] {
  if (open === 0) return status === 'cancelled' ? [] : ['all its units are cancelled'];
  if (BEFORE_THE_FLOOR.includes(status)) return out > 0 ? [`${out} of its units have left the warehouse`] : [];
  const text = `of its ${open} units ${out} have left the warehouse and ${ended} have arrived or are lost`;
  const allowed =
    out === 0
      ? ['awaiting_fulfillment']
      : out < open
        ? ['partially_fulfilled']
        : ended < open
          ? ['fulfilled']
          : kept > 0
            ? ['delivered']
            : ['delivered', 'refunded'];
  return allowed.includes(status) ? [] : [text];
}

const ON_THE_FLOOR: readonly string[] = ['ALLOCATED', 'BACKORDERED', 'CANCELLED'];
const LEFT: readonly string[] = ['IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED', 'RETURN_TO_SENDER'];

function byShipments(status: string, {subs, going, unplaced}: Parts): string[] {
  const stages = `its shipments are ${subs.join(', ')}`;
  const open = subs.filter((stage) => stage !== 'CANCELLED');
  const allDelivered = open.length > 0 && unplaced === 0 && open.every((stage) => stage === 'DELIVERED');
  const wrong =
    (status === 'cancelled' && open.length > 0) ||
    (BEFORE_THE_FLOOR.includes(status) && subs.some((stage) => !ON_THE_FLOOR.includes(stage))) ||
    (status === 'awaiting_fulfillment' && subs.some((stage) => LEFT.includes(stage))) ||
    (TERMINAL.includes(status) && going > 0) ||
    (allDelivered && !TERMINAL.includes(status));
  return wrong ? [stages] : [];
}
