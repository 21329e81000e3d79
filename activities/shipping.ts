import {chooseRate} from '../domain/shipping/choose-rate.ts';
import type {Sla} from '../domain/policy/policy.ts';
import type {Store} from '../store/index.ts';
import type {ParcelToLabel} from '../store/parcels-to-label.ts';
import type {Carrier, Label, Shipment, ShipmentRequest} from './ports.ts';
import {ProviderError} from '../domain/provider-error.ts';

const DAY = 86_400_000;

export function shippingActivities(store: Store, carrier: Carrier, now: () => number) {
  return {
    /** Buys one label for every packed parcel that has none: the cheapest service that keeps the delivery promise. */
    async buyLabels(input: {
      sub_order_id: string;
      sla_days: Record<Sla, number | null>;
    }): Promise<{carrier: string | null}> {
      let used: string | null = null;
      for (const parcel of await store.parcelsToLabel({sub_order_id: input.sub_order_id})) {
        const label = await buyOne(store, carrier, parcel, input.sla_days[parcel.delivery_sla as Sla]);
        if (!label) continue;
        const days = label.delivery_days;
        const eta = label.estimated_delivery ?? (days === null ? null : now() + days * DAY);
        await store.settleLabel({parcel_id: parcel.parcel_id, ...label, estimated_delivery: eta});
        used = label.carrier;
      }
      return {carrier: used};
    },
  };
}

function buyOne(store: Store, carrier: Carrier, parcel: ParcelToLabel, maxDays: number | null): Promise<Label | null> {
  const {parcel_id, shipment_ref, from, to, weight_g, length_mm, width_mm, height_mm} = parcel;
  const request = {reference: parcel_id, from, to, weight_g, length_mm, width_mm, height_mm};
  const keep = (ref: string) => store.keepShipment({parcel_id, shipment_ref: ref});
  return buyLabel(carrier, {shipment_ref, request, keep}, maxDays);
}

export interface Wanted {
  /** of an attempt before */
  shipment_ref: string | null;
  request: ShipmentRequest;
  /** keeps the shipment's reference; returns the one that stands, null where none is wanted any more */
  keep: (ref: string) => Promise<string | null>;
}

/**
 * The shipment is kept before anything is bought on it: a later attempt finds the label instead of buying another. Null
 * for what was given up meanwhile.
 */
export async function buyLabel(carrier: Carrier, wanted: Wanted, maxDays: number | null): Promise<Label | null> {
  const opened = await openShipment(carrier, wanted);
  if (!opened) return null;
  if (opened.label) return opened.label;
  // what carriers did not offer at the time they may offer now
  const shipment = opened.rates.length === 0 ? await carrier.rerate(opened.shipment_ref) : opened;
  if (shipment.label) return shipment.label;
  const bought = await buyBest(carrier, shipment, maxDays).catch(async (error: unknown) => {
    if (!(error instanceof ProviderError) || error.code !== 'rate_gone') throw error;
    const again = await carrier.rerate(shipment.shipment_ref);
    return again.label ? again : buyBest(carrier, again, maxDays);
  });
  if (!bought.label)
    throw new ProviderError('no_label', `no label for ${wanted.request.reference}`, {retryable: true, unknown: true});
  return bought.label;
}

async function buyBest(carrier: Carrier, {shipment_ref, rates}: Shipment, maxDays: number | null): Promise<Shipment> {
  const choice = chooseRate(rates, {max_days: maxDays});
  if (choice) return carrier.buy(shipment_ref, choice.rate.rate_ref);
  throw new ProviderError('no_rates', `no carrier offers a service for ${shipment_ref}`, {
    retryable: true,
    unknown: false,
  });
}

async function openShipment(carrier: Carrier, {shipment_ref, request, keep}: Wanted): Promise<Shipment | null> {
  if (shipment_ref) return carrier.retrieve(shipment_ref);
  const shipment = await carrier.createShipment(request);
  const kept = await keep(shipment.shipment_ref);
  if (kept === null) return null;
  return kept === shipment.shipment_ref ? shipment : carrier.retrieve(kept);
}
