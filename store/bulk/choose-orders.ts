import type {RiskLevel} from '../../domain/ops/late-risk.ts';
import {ORDER_STATUSES, type OrderStatus, isTerminal} from '../../domain/order/status.ts';
import {MOST_ORDERS} from '../../domain/ops/bulk.ts';
import type {StoreContext} from '../context.ts';
import {ordersAtRisk} from '../views/ops/late-risk-view.ts';

/** What many orders are chosen by; everything that is named must be true of an order. */
export interface BulkFilter {
  status?: OrderStatus[] | undefined;
  /** an open shipment leaves from there */
  warehouse?: string | undefined;
  /** and with this carrier */
  carrier?: string | undefined;
  sku?: string | undefined;
  country?: string | undefined;
  sla?: string | undefined;
  waiting_on?: string | undefined;
  on_hold?: boolean | undefined;
  /** inclusive, RFC 3339 */
  placed_after?: string | undefined;
  /** exclusive */
  placed_before?: string | undefined;
  risk?: RiskLevel[] | undefined;
}

export interface Chosen {
  /** oldest first; at most `MOST_ORDERS` */
  ids: string[];
  /** how many there are */
  found: number;
}

const OPEN = ORDER_STATUSES.filter((status) => !isTerminal(status));

/** Orders that a filter finds; without a status only those that have not ended. */
export async function chooseOrders(context: StoreContext, filter: BulkFilter): Promise<Chosen> {
  const at = (time: string | undefined) => (time === undefined ? null : new Date(time));
  const {warehouse = null, carrier = null, sku = null, country = null, sla = null} = filter;
  const {waiting_on = null, on_hold = null} = filter;
  const risky = filter.risk ? await ordersAtRisk(context, filter.risk) : null;
  const rows = await context.prisma.$queryRaw<{id: string; found: number}[]>`
    SELECT o.id, count(*) OVER ()::int AS found FROM orders o
     WHERE o.status = ANY(${filter.status ?? OPEN})
       AND (${country}::text IS NULL OR o.ship_country = ${country})
       AND (${sla}::text IS NULL OR o.delivery_sla = ${sla})
       AND (${waiting_on}::text IS NULL OR o.waiting_on = ${waiting_on})
       AND (${on_hold}::boolean IS NULL OR (o.held_since IS NOT NULL) = ${on_hold})
       AND (${at(filter.placed_after)}::timestamptz IS NULL OR o.placed_at >= ${at(filter.placed_after)})
       AND (${at(filter.placed_before)}::timestamptz IS NULL OR o.placed_at < ${at(filter.placed_before)})
       AND (${risky}::text[] IS NULL OR o.id = ANY(${risky}))
       AND (${sku}::text IS NULL OR EXISTS (SELECT FROM order_lines l
             WHERE l.order_id = o.id AND l.sku = ${sku} AND l.cancelled < l.qty))
       AND (coalesce(${warehouse}::text, ${carrier}::text) IS NULL OR EXISTS (SELECT FROM sub_orders s
             WHERE s.order_id = o.id AND s.stage NOT IN ('DELIVERED', 'CANCELLED', 'RETURN_TO_SENDER')
               AND (${warehouse}::text IS NULL OR s.source_id = ${warehouse})
               AND (${carrier}::text IS NULL OR s.carrier = ${carrier})))
     ORDER BY o.placed_at, o.id LIMIT ${MOST_ORDERS}`;
  return {ids: rows.map(({id}) => id), found: rows[0]?.found ?? 0};
}

export interface Named {
  ids: string[];
  /** places in the list that name no order */
  unknown: number[];
}

/** Orders that are named by their id or number; the same one twice is one. */
export async function nameOrders({prisma}: StoreContext, names: readonly string[]): Promise<Named> {
  const rows = await prisma.orders.findMany({
    where: {OR: [{id: {in: [...names]}}, {number: {in: [...names]}}]},
    select: {id: true, number: true},
  });
  const known = new Map(rows.flatMap(({id, number}) => [[id, id] as const, [number, id] as const]));
  const unknown = names.flatMap((name, index) => (known.has(name) ? [] : [index]));
  return {ids: [...new Set(names.flatMap((name) => known.get(name) ?? []))], unknown};
}
