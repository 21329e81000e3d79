import type {StoreContext, Tx} from './context.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {endSideRun} from './side-runs.ts';
import {voidRunId} from './give-up-parcels.ts';
import {finishCall} from './settle-hold.ts';
import {transact} from './transact.ts';

export type VoidState = 'submitted' | 'refunded' | 'rejected' | 'nothing_bought';

export interface LabelToVoid {
  /** null: nobody ever asked a carrier about this parcel */
  shipment_ref: string | null;
  state: 'wanted' | VoidState;
  /** how often the money was asked back */
  asked: number;
}

export async function labelToVoid(context: StoreContext, input: {parcel_id: string}): Promise<LabelToVoid> {
  const parcel = await context.prisma.parcels.findUniqueOrThrow({where: {id: input.parcel_id}});
  const state = (parcel.void_state ?? 'wanted') as LabelToVoid['state'];
  return {shipment_ref: parcel.shipment_ref, state, asked: parcel.void_asked};
}

const keyOf = (parcelId: string, ask: number) => `void:${parcelId}:${ask}`;

/** Records that the carrier is about to be asked for the money of a label, before it is. */
export function beginVoid(context: StoreContext, input: {parcel_id: string; ask: number}): Promise<void> {
  return transact(context, async (tx) => {
    const parcel = await tx.parcels.findUniqueOrThrow({where: {id: input.parcel_id}});
    const {order_id, shipment_ref} = parcel;
    const order = await lockOrder(tx, order_id);
    const at = context.now();
    const fresh = await tx.parcels.updateMany({
      where: {id: parcel.id, void_asked: {lt: input.ask}},
      data: {void_asked: input.ask},
    });
    await tx.$executeRaw`INSERT INTO provider_calls
      (key, provider, operation, order_id, params_hash, state, attempts, first_at, last_at)
      VALUES (${keyOf(parcel.id, input.ask)}, 'easypost', 'void', ${order_id}, ${shipment_ref ?? ''}, 'started', 1, ${at}, ${at})
      ON CONFLICT (key) DO UPDATE SET attempts = provider_calls.attempts + 1, last_at = ${at}`;
    if (fresh.count === 0) return;
    // on a form of its carrier: whoever hears of it tells the driver
    const form = await tx.manifest_parcels.findUnique({where: {parcel_id: parcel.id}});
    const data = {parcel_id: parcel.id, ask: input.ask, ...(form && {manifest_id: form.manifest_id})};
    await recordChange(context, tx, {
      order,
      type: 'sub_order.void_asked',
      by: SYSTEM,
      sub_order_id: parcel.sub_order_id,
      data,
    });
  });
}

/** What the carrier's books say of a label that was bought all the same. */
export interface UnusedLabel {
  carrier: string;
  service: string;
  tracking_number: string;
  cost: number;
  currency: string;
}

/** Writes down what the carrier says about the money for an unused label; with the last word its run ends. */
export function settleVoid(
  context: StoreContext,
  input: {parcel_id: string; state: VoidState; ask: number; label?: UnusedLabel},
): Promise<void> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.parcels.findUniqueOrThrow({where: {id: input.parcel_id}});
    const order = await lockOrder(tx, order_id);
    const parcel = await tx.parcels.findUniqueOrThrow({where: {id: input.parcel_id}});
    if (input.ask > 0) await finishCall(context, tx, keyOf(parcel.id, input.ask), parcel.shipment_ref);
    await keepCost(tx, parcel, input.label);
    const last = input.state === 'refunded' || input.state === 'nothing_bought';
    if (parcel.void_state === input.state || parcel.void_state === 'refunded') return;
    await tx.parcels.update({where: {id: parcel.id}, data: {void_state: input.state}});
    if (last) await endSideRun(context, tx, voidRunId(parcel.id));
    const cost = input.label ? {cost: input.label.cost, currency: input.label.currency} : {};
    const data = {parcel_id: parcel.id, status: input.state, ...cost};
    await recordChange(context, tx, {
      order,
      type: `sub_order.void_${input.state}`,
      by: SYSTEM,
      sub_order_id: parcel.sub_order_id,
      data,
    });
  });
}

/** A label whose purchase was answered too late has a price all the same. */
async function keepCost(
  tx: Tx,
  parcel: {id: string; tracking_number: string | null},
  label: UnusedLabel | undefined,
): Promise<void> {
  if (!label || parcel.tracking_number !== null) return;
  const {carrier, service, tracking_number, cost, currency} = label;
  await tx.parcels.update({
    where: {id: parcel.id},
    data: {carrier, service, tracking_number, cost_amount: BigInt(cost), cost_currency: currency},
  });
}
