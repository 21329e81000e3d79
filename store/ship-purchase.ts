import {type AnswerFault, type AnswerLine, readAnswer, unitsWanted} from '../domain/suppliers/purchase.ts';
import {advanceSubOrder} from './advance-sub-order.ts';
import type {StoreContext, Tx} from './context.ts';
import {type LockedPurchase, lockPurchase, type PurchaseOf, stillToCome, toUnits} from './find-purchase.ts';
import type {orders, parcels} from './generated/client.ts';
import {newId} from './ids.ts';
import {takeFromPromise} from './promise-supply.ts';
import {tellSubOrder} from './queue-signal.ts';
import type {Actor} from './record-change.ts';
import {recordDerived} from './record-derived.ts';
import {transact} from './transact.ts';

export interface SupplierShipment extends PurchaseOf {
  tracking_number: string;
  carrier: string;
  /** absent: everything that is still to come */
  lines?: AnswerLine[];
  shipped_at: Date;
  by: Actor;
}

export type ShipOutcome =
  | {outcome: 'taken' | 'repeated'; parcel_id: string}
  | {outcome: 'unknown' | 'number_taken' | 'nothing_left'}
  /** not answered yet, or no longer wanted */
  | {outcome: 'not_now'; state: string}
  | {outcome: 'impossible'; faults: AnswerFault[]};

/**
 * A parcel that a supplier has handed to its carrier: its units are on the road. Only what was acknowledged and has not
 * left yet. The same tracking number again is the same parcel.
 */
export function shipPurchase(context: StoreContext, input: SupplierShipment): Promise<ShipOutcome> {
  return transact(context, async (tx) => {
    const locked = await lockPurchase(tx, input);
    if (!locked) return {outcome: 'unknown'};
    const {purchase, lines} = locked;
    const known = await tx.parcels.findUnique({where: {tracking_number: input.tracking_number}});
    if (known) return sameParcel(tx, known, locked, input.lines);
    if (purchase.state !== 'acknowledged') return {outcome: 'not_now', state: purchase.state};
    const read = readAnswer(lines.map(toUnits), input.lines ?? everything(locked), (l) => unitsWanted(l) - l.shipped);
    if (read.faults.length > 0) return {outcome: 'impossible', faults: read.faults};
    const units = lines.map((line) => ({line, qty: read.units.get(line.line_id) ?? 0})).filter(({qty}) => qty > 0);
    if (units.length === 0) return {outcome: 'nothing_left'};
    const parcel_id = await makeParcel(context, tx, locked, input, units);
    for (const {line, qty} of units) await sendUnits(tx, locked, line.line_id, qty);
    await close(context, tx, locked);
    await record(context, tx, locked, input, parcel_id);
    return {outcome: 'taken', parcel_id};
  });
}

const everything = ({lines}: LockedPurchase): AnswerLine[] =>
  stillToCome(lines).map(({line, qty}) => ({line_id: line.line_id, qty}));

async function sameParcel(
  tx: Tx,
  parcel: parcels,
  {sub, lines}: LockedPurchase,
  told: AnswerLine[] | undefined,
): Promise<ShipOutcome> {
  if (parcel.sub_order_id !== sub.id) return {outcome: 'number_taken'};
  const items = await tx.parcel_items.findMany({where: {parcel_id: parcel.id}});
  const qtyOf = (line_id: string) => items.find((item) => item.line_id === line_id)?.qty ?? 0;
  const saidOf = ({line_id, sku}: {line_id: string; sku: string}) =>
    told?.find((line) => (line.line_id ? line.line_id === line_id : line.sku === sku))?.qty ?? 0;
  const same = !told || lines.every((line) => saidOf(line) === qtyOf(line.line_id));
  return same ? {outcome: 'repeated', parcel_id: parcel.id} : {outcome: 'number_taken'};
}

async function makeParcel(
  context: StoreContext,
  tx: Tx,
  {order, sub}: LockedPurchase,
  {tracking_number, carrier, shipped_at}: SupplierShipment,
  units: readonly {line: {line_id: string; sku: string}; qty: number}[],
): Promise<string> {
  const at = context.now();
  const id = newId('pcl', at);
  const weights = await tx.order_lines.findMany({where: {id: {in: units.map(({line}) => line.line_id)}}});
  const weightOf = (lineId: string) => weights.find((line) => line.id === lineId)?.weight_g ?? 0;
  await tx.parcels.create({
    data: {
      id,
      order_id: order.id,
      sub_order_id: sub.id,
      position: (await tx.parcels.count({where: {sub_order_id: sub.id}})) + 1,
      state: 'dispatched',
      expected_g: units.reduce((sum, {line, qty}) => sum + qty * weightOf(line.line_id), 0),
      carrier,
      tracking_number,
      label_state: 'none',
      status: 'in_transit',
      status_at: at,
      dispatched_at: shipped_at < at ? shipped_at : at,
      handed_over_at: at,
    },
  });
  for (const {line, qty} of units) {
    await tx.parcel_items.create({data: {parcel_id: id, line_id: line.line_id, sku: line.sku, qty}});
  }
  return id;
}

async function sendUnits(tx: Tx, {purchase, sub}: LockedPurchase, lineId: string, qty: number): Promise<void> {
  await takeFromPromise(tx, {sub_order_id: sub.id, line_id: lineId, qty, end: 'used'});
  await tx.$executeRaw`UPDATE purchase_order_lines SET shipped = shipped + ${qty}
    WHERE purchase_id = ${purchase.id} AND line_id = ${lineId}`;
  await tx.$executeRaw`UPDATE sub_order_lines SET picked = picked + ${qty}, shipped = shipped + ${qty}
    WHERE sub_order_id = ${sub.id} AND line_id = ${lineId}`;
  await tx.$executeRaw`UPDATE order_lines SET reserved = reserved - ${qty}, in_transit = in_transit + ${qty},
    ever_picked = ever_picked + ${qty}, ever_shipped = ever_shipped + ${qty} WHERE id = ${lineId}`;
}

/** With its last unit on the road nothing more is expected of the supplier but news. */
async function close(context: StoreContext, tx: Tx, {purchase, sub}: LockedPurchase): Promise<void> {
  const lines = await tx.purchase_order_lines.findMany({where: {purchase_id: purchase.id}});
  if (stillToCome(lines).length > 0) return;
  await tx.purchase_orders.update({where: {id: purchase.id}, data: {state: 'shipped', updated_at: context.now()}});
  await tx.sub_orders.update({where: {id: sub.id}, data: {waits_until: null}});
}

async function record(
  context: StoreContext,
  tx: Tx,
  {order, purchase, sub}: LockedPurchase,
  {tracking_number, carrier, by}: SupplierShipment,
  parcel_id: string,
): Promise<orders> {
  const data = {parcel_id, tracking_number, carrier, purchase_order_id: purchase.id};
  await tellSubOrder(context, tx, sub.id, 'dispatched', `supplier:${parcel_id}`, parcel_id);
  return sub.stage === 'ALLOCATED'
    ? advanceSubOrder(context, tx, order, sub, {to: 'IN_TRANSIT', by, data, columns: {carrier}})
    : recordDerived(context, tx, order, {type: 'sub_order.parcel_handed_over', by, sub_order_id: sub.id, data});
}
