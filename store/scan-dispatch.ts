import {mayWorkAt} from './claim-task.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {tellSubOrder} from './queue-signal.ts';
import {recordChange} from './record-change.ts';
import {isDisputed} from './refundable.ts';
import {refuse, type ScanAnswer, type ScanInput} from './scan-answer.ts';

/** A parcel handed to the carrier at the dock. */
export async function scanDispatch(
  context: StoreContext,
  tx: Tx,
  order: orders,
  input: ScanInput,
): Promise<ScanAnswer> {
  const parcel = await tx.parcels.findFirstOrThrow({where: {OR: [{tracking_number: input.code}, {id: input.code}]}});
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  if (!mayWorkAt(input.by, sub.source_id ?? ''))
    return refuse('not_yours', 'This parcel belongs to another warehouse.');
  if (parcel.label_state === 'voided')
    return refuse(
      'cancelled',
      'This label is void: the parcel was cancelled, or has a new label. Put it aside for the lead.',
    );
  if (parcel.label_state !== 'bought')
    return refuse('unknown_code', 'This parcel has no label yet. Wait for it to print.');
  if (parcel.dispatched_at) return refuse('done', 'This parcel was handed over already.');
  if (await isDisputed(tx, order.id))
    return refuse(
      'disputed',
      "The customer's bank is judging about the money of this order. Put the parcel aside for the lead, and scan it again when that is decided.",
    );
  await tx.parcels.update({where: {id: parcel.id}, data: {dispatched_at: context.now()}});
  await recordChange(context, tx, {
    order,
    type: 'sub_order.parcel_dispatched',
    by: {actor: input.by.actor, role: input.by.role},
    sub_order_id: sub.id,
    data: {parcel_id: parcel.id},
  });
  await tellSubOrder(context, tx, sub.id, 'dispatched', input.operation_id, parcel.id);
  return {accepted: true, code: 'ok', next: null, message: 'Handed over to the carrier.', parcel_id: parcel.id};
}
