import type {Sla} from '../domain/policy/policy.ts';
import type {Store} from '../store/index.ts';
import type {ParcelToLabel} from '../store/parcels-to-label.ts';
import {buyLabel, isNobody} from './buy-label.ts';
import type {Carrier, Label} from './ports.ts';

const DAY = 86_400_000;
const STEP = 'buyLabels';

export function shippingActivities(store: Store, carrier: Carrier, now: () => number) {
  return {
    /** Buys one label for every packed parcel that has none: the cheapest service that keeps the delivery promise. */
    async buyLabels(input: {
      sub_order_id: string;
      sla_days: Record<Sla, number | null>;
    }): Promise<{carrier: string | null}> {
      const {sub_order_id} = input;
      const {order_id, stuck, parcels} = await store.parcelsToLabel({sub_order_id});
      let used: string | null = null;
      for (const parcel of parcels) {
        const label = await buyOne(store, carrier, parcel, input.sla_days[parcel.delivery_sla as Sla]).catch(
          async (error: unknown) => {
            // it waits for ops by name while it is tried again
            if (isNobody(error)) await store.reportStuck({order_id, sub_order_id, step: STEP, code: error.code});
            throw error;
          },
        );
        if (!label) continue;
        const days = label.delivery_days;
        const eta = label.estimated_delivery ?? (days === null ? null : now() + days * DAY);
        await store.settleLabel({parcel_id: parcel.parcel_id, ...label, estimated_delivery: eta});
        used = label.carrier;
      }
      if (stuck) await store.clearStuck({order_id, sub_order_id, step: STEP});
      return {carrier: used};
    },
  };
}

function buyOne(store: Store, carrier: Carrier, parcel: ParcelToLabel, max_days: number | null): Promise<Label | null> {
  const {parcel_id, shipment_ref, from, to, weight_g, length_mm, width_mm, height_mm, terms} = parcel;
  const request = {reference: parcel_id, from, to, weight_g, length_mm, width_mm, height_mm};
  const keep = (ref: string) => store.keepShipment({parcel_id, shipment_ref: ref});
  return buyLabel({carrier, store}, {shipment_ref, request, terms, max_days, keep});
}
