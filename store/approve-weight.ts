import type {StoreContext, Tx} from './context.ts';
import {mayWorkAt, type FloorWorker} from './claim-task.ts';
import {lockOrder, recordChange} from './record-change.ts';
import {transact} from './transact.ts';

export interface WeightApproval {
  parcel_id: string;
  weight_g: number;
  reason: string;
  by: FloorWorker;
}

export type ApprovalResult = 'approved' | 'unknown' | 'packed' | 'not_refused' | 'same_person' | 'elsewhere';

/**
 * Lets a weight pass that was refused at packing: by somebody else than who put the parcel on the scale, with a reason
 * that the audit keeps. The next scan of the parcel with that weight is accepted. The same approval twice counts once.
 */
export function approveWeight(context: StoreContext, input: WeightApproval): Promise<ApprovalResult> {
  const {parcel_id, weight_g, reason, by} = input;
  return transact(context, async (tx) => {
    const named = await tx.parcels.findUnique({where: {id: parcel_id}});
    if (!named) return 'unknown';
    const order = await lockOrder(tx, named.order_id);
    const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: named.sub_order_id}});
    if (sub.source_kind !== 'warehouse' || !sub.source_id) return 'unknown';
    if (!mayWorkAt(by, sub.source_id)) return 'elsewhere';
    if ((await tx.weight_approvals.count({where: {parcel_id, weight_g}})) > 0) return 'approved';
    const parcel = await tx.parcels.findUniqueOrThrow({where: {id: parcel_id}});
    if (parcel.state !== 'planned') return 'packed';
    const refused = await refusedScan(tx, input);
    if (!refused) return 'not_refused';
    if (refused.own) return 'same_person';
    const {operation_id: scan_operation_id, actor: refused_actor} = refused;
    await tx.weight_approvals.create({
      data: {
        parcel_id,
        weight_g,
        scan_operation_id,
        refused_actor,
        actor: by.actor,
        role: by.role,
        reason,
        at: context.now(),
      },
    });
    await recordChange(context, tx, {
      order,
      type: 'sub_order.weight_approved',
      by: {actor: by.actor, role: by.role},
      sub_order_id: sub.id,
      data: {parcel_id, weight_g, expected_g: refused.expected_g},
      note: reason,
      act: {subject: parcel_id, to: 'weight_approved'},
    });
    return 'approved';
  });
}

interface Refused {
  operation_id: string;
  actor: string;
  expected_g: number;
  /** who approves was refused with it as well */
  own: boolean;
}

async function refusedScan(tx: Tx, {parcel_id, weight_g, by}: WeightApproval): Promise<Refused | null> {
  const rows = await tx.$queryRaw<Refused[]>`
    SELECT operation_id, actor, (answer->'next'->>'expected_g')::int AS expected_g,
      bool_or(actor = ${by.actor}) OVER () AS own FROM scans
     WHERE task_id IN (SELECT id FROM tasks WHERE sub_order_id = (SELECT sub_order_id FROM parcels WHERE id = ${parcel_id}))
       AND kind = 'pack' AND NOT accepted AND answer->>'code' = 'wrong_weight'
       AND answer->'next'->>'parcel_id' = ${parcel_id} AND (answer->'next'->>'weight_g')::int = ${weight_g}
     ORDER BY at DESC, operation_id DESC LIMIT 1`;
  return rows[0] ?? null;
}
