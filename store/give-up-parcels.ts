import type {StoreContext, Tx} from './context.ts';
import type {orders, parcels} from './generated/client.ts';
import {queueSideRun} from './side-runs.ts';

export const voidRunId = (parcelId: string) => `void:${parcelId}`;

/**
 * These parcels will not leave the house. A label that was bought for one, or may be just now, is good for nothing any
 * more, and a run of its own gets the money for it back.
 */
export async function giveUpParcels(
  context: StoreContext,
  tx: Tx,
  order: orders,
  given: readonly parcels[],
): Promise<void> {
  const at = context.now();
  for (const parcel of given) {
    const labelled = parcel.label_state !== 'none';
    await tx.parcels.update({
      where: {id: parcel.id},
      data: {
        state: 'cancelled',
        ended_at: at,
        ...(labelled ? {label_state: 'voided', void_state: 'wanted'} : {}),
      },
    });
    if (!labelled) continue;
    await queueSideRun(context, tx, {
      workflow_id: voidRunId(parcel.id),
      kind: 'labelVoidWorkflow',
      order_id: order.id,
      subject_id: parcel.id,
      policy_version: order.policy_version,
    });
  }
}

/** The parcels of a sub-order that count: those that were given up are no longer there for anybody. */
export function standingParcels(tx: Tx, subOrderId: string): Promise<parcels[]> {
  return tx.parcels.findMany({
    where: {sub_order_id: subOrderId, state: {not: 'cancelled'}},
    orderBy: {position: 'asc'},
  });
}

/** Has any of these parcels left the house, or its label been bought? */
export function progressOf(given: readonly parcels[], picked: boolean) {
  return {
    picked,
    labelled: given.some((parcel) => parcel.label_state !== 'none'),
    out: given.some((parcel) => parcel.dispatched_at !== null || parcel.handed_over_at !== null),
  };
}
