import {whyNotNow} from '../domain/order/change-limits.ts';
import type {OrderStatus} from '../domain/order/status.ts';
import {type LinePrice, priceOrder, type TaxRule} from '../domain/pricing/price-order.ts';
import {retaxed} from '../domain/pricing/reprice.ts';
import type {ChangeBody, ChangeOutcome} from './ask-change.ts';
import {outcomeOf} from './ask-change.ts';
import {stillToHold} from './begin-hold.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_changes, orders} from './generated/client.ts';
import {newId} from './ids.ts';
import {readNewShipTo, readShipTo} from './personal-data.ts';
import {lockOrder, recordChange, toJson} from './record-change.ts';
import {refuseChangeWithin} from './refuse-change.ts';
import {transact} from './transact.ts';
import {readTaxRule} from './views/intake-facts.ts';

/** Units that a change adds, at the price of the moment it was begun: what is held is what will be charged. */
export interface AddedLine {
  line_id: string;
  sku: string;
  qty: number;
  unit_amount: number;
  price: LinePrice;
  tax: TaxRule;
}

/** A change's body once its price is known. */
export interface BegunBody extends ChangeBody {
  added: AddedLine[];
}

export type BegunChange =
  | {state: 'decided'; outcome: ChangeOutcome}
  /** `more_money`: what is held does not cover it */
  | {state: 'begun'; more_money: boolean};

/** Prices a change and writes down what it will make the order cost, before any money is asked for. */
export function beginChange(context: StoreContext, input: {change_id: string}): Promise<BegunChange> {
  return transact(context, async (tx) => {
    const found = await tx.order_changes.findUniqueOrThrow({where: {id: input.change_id}});
    const order = await lockOrder(tx, found.order_id);
    const change = await tx.order_changes.findUniqueOrThrow({where: {id: input.change_id}});
    const decided = outcomeOf(change);
    if (decided) return {state: 'decided', outcome: decided};
    if (change.state === 'begun') return {state: 'begun', more_money: await needsMore(tx, order, change.extra_amount)};
    const code = whyNotNow(order.status as OrderStatus, change.kind);
    const priced = code ? {refused: [{code}]} : await price(context, tx, order, change);
    if ('refused' in priced) {
      const outcome = await refuseChangeWithin(context, tx, order, change, priced.refused);
      return {state: 'decided', outcome};
    }
    await write(context, tx, order, change, priced);
    return {state: 'begun', more_money: await needsMore(tx, order, BigInt(priced.extra))};
  });
}

interface Priced {
  added: AddedLine[];
  /** what the order will cost more, minor units; 0 where it gets cheaper */
  extra: number;
}

async function write(
  context: StoreContext,
  tx: Tx,
  order: orders,
  change: order_changes,
  {added, extra}: Priced,
): Promise<void> {
  const body: BegunBody = {...(change.body as ChangeBody), added};
  await tx.order_changes.update({
    where: {id: change.id},
    data: {state: 'begun', body: JSON.parse(toJson(body)), extra_amount: BigInt(extra)},
  });
  if (extra === 0) return;
  const {id: change_id, kind, actor, role} = change;
  const data = {change_id, kind, amount: extra, total: Number(order.total_amount) + extra};
  await recordChange(context, tx, {order, type: 'order.change_begun', by: {actor, role}, data});
}

/** Is less held than the order will cost with the change? */
async function needsMore(tx: Tx, order: orders, extra: bigint): Promise<boolean> {
  if (extra === 0n) return false;
  const holds = await tx.payments.findMany({where: {order_id: order.id, state: 'authorized'}});
  const held = Math.max(0, ...holds.map((hold) => Number(hold.amount - hold.captured_amount)));
  return held < (await stillToHold(tx, order, undefined)) + Number(extra);
}

/** What a view reads is read in the transaction, not beside it. */
export const inside = (context: StoreContext, tx: Tx): StoreContext => ({
  ...context,
  prisma: tx as unknown as StoreContext['prisma'],
});

type Refused = {refused: ChangeOutcome['refused']};

async function price(context: StoreContext, tx: Tx, order: orders, change: order_changes): Promise<Priced | Refused> {
  if (change.kind === 'address') return {added: [], extra: await dearerBy(context, tx, order, change)};
  const wanted = change.kind === 'add_lines' ? ((change.body as ChangeBody).add ?? []) : await moreUnits(tx, change);
  return priceAdded(context, tx, order, wanted);
}

/** What a change of quantities asks for beyond what the lines have. */
async function moreUnits(tx: Tx, change: order_changes): Promise<{sku: string; qty: number}[]> {
  const {lines = []} = change.body as ChangeBody;
  const rows = await tx.order_lines.findMany({where: {order_id: change.order_id}});
  return lines.flatMap(({line_id, qty}) => {
    const line = rows.find((row) => row.id === line_id);
    const more = line ? qty - (line.qty - line.cancelled) : 0;
    return line && more > 0 ? [{sku: line.sku, qty: more}] : [];
  });
}

/** More units are lines of their own at today's price; the order's one shipping charge is paid already. */
async function priceAdded(
  context: StoreContext,
  tx: Tx,
  order: orders,
  wanted: readonly {sku: string; qty: number}[],
): Promise<Priced | Refused> {
  const products = await tx.products.findMany({where: {sku: {in: wanted.map(({sku}) => sku)}}});
  const productOf = (sku: string) => products.find((product) => product.sku === sku);
  const refused = wanted.flatMap(({sku, qty}) => {
    const product = productOf(sku);
    const code = !product ? 'unknown_sku' : product.currency !== order.currency ? 'mixed_currency' : null;
    return code ? [{sku, qty, code}] : [];
  });
  if (refused.length > 0) return {refused};
  const shipTo = await readShipTo(context, tx, order.id);
  const tax = await readTaxRule(inside(context, tx), shipTo?.country ?? order.ship_country, shipTo?.region ?? '');
  const unit = (sku: string) => Number(productOf(sku)?.price_amount ?? 0n);
  const {lines} = priceOrder(
    wanted.map(({sku, qty}) => ({product: {sku, unit_amount: unit(sku), capacity_units: 0}, qty})),
    0,
    tax,
  );
  const at = context.now();
  const added = wanted.flatMap(({sku, qty}, i): AddedLine[] => {
    const line = lines[i];
    return line ? [{line_id: newId('lin', at), sku, qty, unit_amount: unit(sku), price: line, tax}] : [];
  });
  return {added, extra: added.reduce((sum, line) => sum + line.price.total, 0)};
}

/** By how much the tax of the new address makes what is still open dearer, minor units. */
async function dearerBy(context: StoreContext, tx: Tx, order: orders, change: order_changes): Promise<number> {
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}});
  const address = await readNewShipTo(context, tx, change.id);
  const rule = await readTaxRule(inside(context, tx), address?.country ?? order.ship_country, address?.region ?? '');
  // never below what the shares of partly cancelled lines will be: each loses less than one unit by rounding
  const more = lines.reduce((sum, line) => {
    const {items_amount: items, discount_amount: discount, shipping_amount: shipping} = line;
    const next = retaxed({items: Number(items), discount: Number(discount), shipping: Number(shipping)}, rule);
    return sum + next.total - Number(line.total_amount);
  }, 0);
  return Math.max(0, more);
}
