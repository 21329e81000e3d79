import type {Sla} from '../domain/policy/policy.ts';
import {ProviderError} from '../domain/provider-error.ts';
import {declare, insuredValue} from '../domain/shipping/customs.ts';
import type {Store} from '../store/index.ts';
import type {ParcelToLabel} from '../store/parcels-to-label.ts';
import {buyLabel} from './buy-label.ts';
import {deliverable} from './check-address.ts';
import {isNobody, type Promised} from './choose-carrier.ts';
import type {Carrier, Label} from './ports.ts';

const DAY = 86_400_000;
const STEP = 'buyLabels';

type SlaDays = Record<Sla, number | null>;

export function shippingActivities(store: Store, carrier: Carrier, now: () => number) {
  return {
    /** Buys one label for every packed parcel that has none, of the carrier that costs least all in all. */
    async buyLabels(input: {sub_order_id: string; sla_days: SlaDays}): Promise<{carrier: string | null}> {
      const {sub_order_id} = input;
      const {order_id, stuck, parcels, address} = await store.parcelsToLabel({sub_order_id});
      let used: string | null = null;
      const [first] = parcels;
      const to = first && address ? await deliverable({store, carrier}, address, first.to) : undefined;
      for (const parcel of parcels) {
        const label = await buyOne(
          store,
          carrier,
          {...parcel, ...(to && {to})},
          promisedFor(parcel, input.sla_days, now()),
        ).catch(async (error: unknown) => {
          // it waits for ops by name while it is tried again
          if (isNobody(error)) await store.reportStuck({order_id, sub_order_id, step: STEP, code: error.code});
          throw error;
        });
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

/** The window on record; where there is none, the days of the delivery promise. */
function promisedFor({promise, delivery_sla}: ParcelToLabel, slaDays: SlaDays, now: number): Promised {
  const handed_over = Math.max(now, promise.pickup_at ?? now);
  const days = slaDays[delivery_sla as Sla];
  return {handed_over, deliver_by: promise.deliver_by ?? (days === null ? null : handed_over + days * DAY)};
}

/** Throws `customs_data_missing`, before anything is opened or paid, for products without code or origin. */
async function buyOne(store: Store, carrier: Carrier, parcel: ParcelToLabel, wish: Promised): Promise<Label | null> {
  const {parcel_id, shipment_ref, from, to, weight_g, length_mm, width_mm, height_mm, rules, contents} = parcel;
  const declared = declare(from.country, to.country, contents);
  if (declared.kind === 'missing') {
    const message = `customs asks for HS code and origin of ${declared.skus.join(', ')}`;
    throw new ProviderError('customs_data_missing', message, {retryable: false, unknown: false});
  }
  const customs = declared.kind === 'declared' ? declared : null;
  const amount = insuredValue(contents, rules.insurance);
  const insured = amount === null ? undefined : {amount, currency: rules.insurance.currency};
  const size = {weight_g, length_mm, width_mm, height_mm};
  const request = {reference: parcel_id, from, to, ...size, customs: customs ?? undefined, insured};
  const keep = (ref: string) =>
    store.keepShipment({parcel_id, shipment_ref: ref, declared: customs, insured_amount: amount});
  return buyLabel({carrier, store}, {shipment_ref, request, rules, wish, keep});
}
