import {returnWorkflowId} from '../domain/order/workflow-ids.ts';
import {type CarrierRules, carrierRulesOf} from './carrier-choice.ts';
import type {StoreContext, Tx} from './context.ts';
import {lockReturn} from './lock-return.ts';
import {moveReturn} from './move-return.ts';
import type {PostalSide} from './parcels-to-label.ts';
import {readProfile, readShipTo} from './personal-data.ts';
import {recordChange, SYSTEM} from './record-change.ts';
import type {BoughtLabel} from './settle-label.ts';
import {endSideRun} from './side-runs.ts';
import {transact} from './transact.ts';

export interface ReturnToLabel {
  return_id: string;
  shipment_ref: string | null;
  /** as the goods went out: the carrier turns the way round */
  from: PostalSide;
  to: PostalSide;
  weight_g: number;
  length_mm: number;
  width_mm: number;
  height_mm: number;
  rules: CarrierRules;
}

/** A parcel's sides in millimetres that every carrier takes; what is stacked higher is laid beside. */
const HIGHEST_MM = 1_000;

/** An approved return that has no label yet, with everything the carrier asks for; null for any other. */
export async function returnToLabel(context: StoreContext, input: {return_id: string}): Promise<ReturnToLabel | null> {
  const tx = context.prisma as Tx;
  const found = await tx.returns.findUniqueOrThrow({where: {id: input.return_id}});
  if (found.state !== 'approved' || !['wanted', 'buying'].includes(found.label_state)) return null;
  const order = await tx.orders.findUniqueOrThrow({where: {id: found.order_id}});
  const warehouse = await tx.warehouses.findUniqueOrThrow({where: {id: found.warehouse_id}});
  const shipTo = await readShipTo(context, tx, order.id);
  const profile = await readProfile(context, tx, order.customer_id);
  if (!shipTo) throw new Error(`the address of order ${order.id} is gone`);
  const wanted = await tx.return_lines.findMany({where: {return_id: found.id}});
  const lines = await tx.order_lines.findMany({where: {id: {in: wanted.map((w) => w.line_id)}}});
  const units = wanted.flatMap((w) => {
    const line = lines.find((l) => l.id === w.line_id);
    return line ? [{...line, qty: w.qty}] : [];
  });
  return {
    return_id: found.id,
    shipment_ref: found.shipment_ref,
    from: {name: warehouse.name, ...(warehouse.address as unknown as Omit<PostalSide, 'name'>)},
    to: {...shipTo, phone: profile?.phone, email: profile?.email},
    weight_g: units.reduce((sum, {weight_g, qty}) => sum + weight_g * qty, 0),
    length_mm: Math.max(1, ...units.map((u) => u.length_mm)),
    width_mm: Math.max(1, ...units.map((u) => u.width_mm)),
    height_mm: Math.min(
      HIGHEST_MM,
      units.reduce((sum, {height_mm, qty}) => sum + height_mm * qty, 0),
    ),
    rules: await carrierRulesOf(tx, order),
  };
}

/** Keeps the carrier's shipment before anything is bought on it; returns the reference that stands. */
export async function keepReturnShipment(
  context: StoreContext,
  input: {return_id: string; shipment_ref: string},
): Promise<string> {
  await context.prisma.returns.updateMany({
    where: {id: input.return_id, shipment_ref: null},
    data: {shipment_ref: input.shipment_ref, label_state: 'buying'},
  });
  const found = await context.prisma.returns.findUniqueOrThrow({where: {id: input.return_id}});
  return found.shipment_ref ?? input.shipment_ref;
}

export type BoughtReturnLabel = Omit<BoughtLabel, 'parcel_id' | 'delivery_days' | 'estimated_delivery'> & {
  return_id: string;
};

/**
 * Writes down a bought label: the return can be sent. One that was called off meanwhile keeps it to be voided. A repeat
 * changes nothing.
 */
export function settleReturnLabel(context: StoreContext, label: BoughtReturnLabel): Promise<void> {
  return transact(context, async (tx) => {
    const locked = await lockReturn(tx, label.return_id);
    if (!locked || !['wanted', 'buying'].includes(locked.found.label_state)) return;
    const {order, found} = locked;
    const {carrier, service, tracking_number, tracker_ref, label_url, cost, currency} = label;
    const columns = {
      label_state: 'bought',
      carrier,
      service,
      tracking_number,
      tracker_ref,
      label_url,
      cost_amount: BigInt(cost),
      cost_currency: currency,
    };
    const data = {carrier, service, tracking_number, cost, currency};
    if (found.state === 'approved') {
      await moveReturn(context, tx, order, found, {to: 'label_ready', by: SYSTEM, columns, data});
      return;
    }
    await tx.returns.update({where: {id: found.id}, data: columns});
    const told = {order, type: 'order.return_labelled', by: SYSTEM, data: {...data, return_id: found.id}};
    await recordChange(context, tx, told);
  });
}

/** The shipment of a return that ended unsent and whose label may have been bought; null when there is none to void. */
export async function returnToVoid(
  context: StoreContext,
  input: {return_id: string},
): Promise<{shipment_ref: string} | null> {
  const found = await context.prisma.returns.findUniqueOrThrow({where: {id: input.return_id}});
  const unsent = found.state === 'cancelled' || found.state === 'expired';
  if (!unsent || found.shipment_ref === null || ['voided', 'kept'].includes(found.label_state)) return null;
  return {shipment_ref: found.shipment_ref};
}

/** What became of the label of a return that will not be sent; `kept`: the carrier does not take it back. */
export function settleReturnVoid(
  context: StoreContext,
  input: {return_id: string; outcome: 'voided' | 'kept'},
): Promise<void> {
  return transact(context, async (tx) => {
    const locked = await lockReturn(tx, input.return_id);
    if (!locked || ['voided', 'kept'].includes(locked.found.label_state)) return;
    const {order, found} = locked;
    await tx.returns.update({where: {id: found.id}, data: {label_state: input.outcome}});
    const data = {return_id: found.id, outcome: input.outcome, tracking_number: found.tracking_number};
    await recordChange(context, tx, {order, type: 'order.return_label_voided', by: SYSTEM, data});
  });
}

/** Nothing is left to be done about the return: its run closes. */
export function endReturnRun(context: StoreContext, input: {return_id: string}): Promise<void> {
  return transact(context, (tx) => endSideRun(context, tx, returnWorkflowId(input.return_id)));
}
