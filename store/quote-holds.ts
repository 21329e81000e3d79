import type {AllocationPlan} from '../domain/routing/plan.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_lines, orders, quote_holds} from './generated/client.ts';
import {newId} from './ids.ts';
import {insertMove, type Placement, promiseUnits, StockLostError, takeFree} from './place-units.ts';

/** As all writers of stock take its rows. */
const STOCK_ORDER = [{sku: 'asc'}, {warehouse_id: 'asc'}, {line: 'asc'}] as const;

export const openHolds = (tx: Tx, quoteId: string): Promise<quote_holds[]> =>
  tx.quote_holds.findMany({where: {quote_id: quoteId, state: 'open'}, orderBy: [...STOCK_ORDER]});

/** Reserves the units of a plan for a quote; its lines are named by their place. Throws StockLostError. */
export async function holdUnits(context: StoreContext, tx: Tx, quoteId: string, plan: AllocationPlan): Promise<void> {
  const created_at = context.now();
  const wanted = plan.shipments.flatMap(({warehouse_id, lines}) =>
    lines.map(({line_id, sku, qty}) => ({line: Number(line_id), warehouse_id, sku, qty})),
  );
  wanted.sort((a, b) => compare(a.sku, b.sku) || compare(a.warehouse_id, b.warehouse_id) || a.line - b.line);
  for (const unit of wanted) {
    if ((await takeFree(tx, unit)) !== 1) throw new StockLostError(unit.sku);
    const hold = {id: newId('qho', created_at), quote_id: quoteId, ...unit, state: 'open', created_at, ended_at: null};
    await tx.quote_holds.create({data: hold});
    await recordHold(context, tx, hold, `quote:${hold.id}`, unit.qty);
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The ledger names the quote where it names an order's line otherwise. */
function recordHold(context: StoreContext, tx: Tx, hold: quote_holds, cause: string, qty: number): Promise<void> {
  const {warehouse_id, sku, quote_id: reference} = hold;
  const kind = qty > 0 ? 'reserve' : 'release';
  return insertMove(tx, {
    warehouse_id,
    sku,
    kind,
    d_reserved: qty,
    cause,
    reference,
    actor: 'waybill',
    at: context.now(),
  });
}

/** Gives back what a quote still holds. A repeat finds nothing. The caller holds the products' queues and settles them. */
export async function releaseHolds(context: StoreContext, tx: Tx, quoteId: string): Promise<void> {
  for (const hold of await openHolds(tx, quoteId)) {
    const {id, warehouse_id, sku, qty} = hold;
    const ended = await tx.quote_holds.updateMany({
      where: {id, state: 'open'},
      data: {state: 'released', ended_at: context.now()},
    });
    if (ended.count === 0) continue;
    await tx.$executeRaw`UPDATE stock SET reserved = reserved - ${qty} WHERE warehouse_id = ${warehouse_id} AND sku = ${sku}`;
    await recordHold(context, tx, hold, `quote-end:${id}`, -qty);
  }
}

/**
 * The units that the order's quote holds become the order's where the plan wants them; nobody else can have them in between,
 * because the stock's counters do not change. Returns what of the plan is left to be reserved.
 */
export async function passHolds(
  context: StoreContext,
  tx: Tx,
  order: orders,
  quoteId: string,
  plan: Placement,
): Promise<Placement> {
  const holds = await openHolds(tx, quoteId);
  if (holds.length === 0) return plan;
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
  const rest = plan.shipments.map((shipment) => ({...shipment, lines: shipment.lines.map((line) => ({...line}))}));
  for (const hold of holds) {
    const place = rest.find(({warehouse_id}) => warehouse_id === hold.warehouse_id);
    const unit = place?.lines.find(({line_id}) => line_id === lines[hold.line]?.id);
    if (!unit || unit.qty < hold.qty) throw new Error(`the plan of order ${order.id} is not that of its quote`);
    unit.qty -= hold.qty;
    await passHold(context, tx, order, hold, unit.line_id);
  }
  return {...plan, shipments: rest.map((s) => ({...s, lines: s.lines.filter(({qty}) => qty > 0)}))};
}

async function passHold(
  context: StoreContext,
  tx: Tx,
  order: orders,
  hold: quote_holds,
  line_id: string,
): Promise<void> {
  const at = context.now();
  const {id, warehouse_id, sku, qty} = hold;
  const passed = await tx.quote_holds.updateMany({where: {id, state: 'open'}, data: {state: 'passed', ended_at: at}});
  if (passed.count === 0) throw new Error(`hold ${id} ended while it was passed on`);
  await recordHold(context, tx, hold, `quote-passed:${id}`, -qty);
  await promiseUnits(tx, order, {line_id, sku, qty, warehouse_id, sub_order_id: null}, at);
}

/** The plan that a quote was made with, for the order that redeems it; null when the quote does not hold all of it. */
export async function quotedPlan(tx: Tx, order: orders, lines: readonly order_lines[]): Promise<AllocationPlan | null> {
  if (order.quote_id === null || lines.some((line) => line.unallocated < line.qty)) return null;
  const quote = await tx.quotes.findUniqueOrThrow({where: {id: order.quote_id}});
  const {allocation} = quote.plan as unknown as {allocation: AllocationPlan};
  const held = (await openHolds(tx, quote.id)).reduce((sum, hold) => sum + hold.qty, 0);
  const planned = allocation.shipments.flatMap((s) => s.lines).reduce((sum, line) => sum + line.qty, 0);
  if (!quote.holds_stock || held !== planned) return null;
  const named = <U extends {line_id: string}>(units: readonly U[]) =>
    units.map((unit) => ({...unit, line_id: lines[Number(unit.line_id)]?.id ?? ''}));
  return {
    ...allocation,
    shipments: allocation.shipments.map((shipment) => ({...shipment, lines: named(shipment.lines)})),
    ...(allocation.supplied ? {supplied: allocation.supplied.map((s) => ({...s, lines: named(s.lines)}))} : {}),
    backordered: named(allocation.backordered),
  };
}
