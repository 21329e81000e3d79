import {advanceSubOrder} from './advance-sub-order.ts';
import type {StoreContext} from './context.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

export interface BoughtLabel {
  parcel_id: string;
  carrier: string;
  service: string;
  tracking_number: string;
  tracker_ref: string | null;
  label_url: string;
  cost: number;
  currency: string;
  /** days to the door that the carrier names */
  delivery_days: number | null;
  estimated_delivery: number | null;
}

/** Writes down a bought label; with its last label the sub-order is `PACKED`. A repeat changes nothing. */
export function settleLabel(context: StoreContext, label: BoughtLabel): Promise<void> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.parcels.findUniqueOrThrow({where: {id: label.parcel_id}});
    const order = await lockOrder(tx, order_id);
    const eta = label.estimated_delivery === null ? null : new Date(label.estimated_delivery);
    const changed = await tx.parcels.updateManyAndReturn({
      where: {id: label.parcel_id, label_state: {in: ['wanted', 'buying']}},
      data: {
        label_state: 'bought',
        carrier: label.carrier,
        service: label.service,
        tracking_number: label.tracking_number,
        tracker_ref: label.tracker_ref,
        label_url: label.label_url,
        cost_amount: BigInt(label.cost),
        cost_currency: label.currency,
        named_days: label.delivery_days,
        status: 'pre_transit',
        status_at: context.now(),
        eta_from: eta,
        eta_to: eta,
      },
    });
    const parcel = changed[0];
    if (!parcel) return;
    const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
    const {parcel_id, carrier, service, tracking_number, cost, currency} = label;
    const data = {parcel_id, carrier, service, tracking_number, cost, currency};
    const current = await recordChange(context, tx, {
      order,
      type: 'sub_order.labelled',
      by: SYSTEM,
      sub_order_id: sub.id,
      data,
    });
    const open = await tx.parcels.count({
      where: {sub_order_id: sub.id, label_state: {notIn: ['bought', 'voided']}, state: {not: 'cancelled'}},
    });
    // bought anew for another address: the part is packed all the while
    if (sub.stage === 'PACKED') await tx.sub_orders.update({where: {id: sub.id}, data: {carrier, service}});
    if (open > 0 || sub.stage !== 'PICKED') return;
    await advanceSubOrder(context, tx, current, sub, {
      to: 'PACKED',
      by: SYSTEM,
      data: {parcel_id},
      columns: {carrier, service, ...(eta ? {estimated_delivery: eta} : {})},
    });
  });
}
