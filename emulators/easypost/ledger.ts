import type {Carrier} from './carrier.ts';
import {changedAt, statusOf} from './views.ts';
import {exactTime} from './wire.ts';

const timeOrNull = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : exactTime(at);

/** Everything that really happened: costs in minor units, times on the virtual clock. */
export function ledgerOf(carrier: Carrier): Record<string, unknown> {
  const {state} = carrier;
  return {
    now: exactTime(carrier.clock.now()),
    shipments: shipmentRows(carrier),
    labels: [...state.postage.values()].map((postage) => ({
      shipment_id: postage.shipment_id,
      tracking_code: postage.tracking_code,
      carrier: postage.carrier,
      service: postage.service,
      cost: postage.cost,
      currency: postage.currency,
      bought_at: exactTime(postage.bought_at),
      voided_at: voidedAt(carrier, postage.shipment_id),
    })),
    voids: [...state.refundsById.values()].map((refund) => ({
      shipment_id: refund.shipment_id,
      at: exactTime(refund.at),
      state: refund.state,
      settled_at: timeOrNull(refund.settled_at),
    })),
    scan_forms: [...state.scanForms.values()].map(({id, created_at, shipments}) => ({
      id,
      at: exactTime(created_at),
      tracking_codes: shipments.flatMap((shipment) => state.postage.get(shipment)?.tracking_code ?? []),
    })),
    pickups: [...state.pickups.values()].map(({id, reference, status, shipment_id, bought, min, max, ...pickup}) => ({
      id,
      reference,
      status,
      shipment_id,
      carrier: bought?.carrier ?? null,
      service: bought?.service ?? null,
      cost: bought?.rate ?? null,
      from: exactTime(min),
      until: exactTime(max),
      instructions: pickup.instructions,
      at: exactTime(pickup.created_at),
      changed_at: timeOrNull(pickup.changed_at),
    })),
    trackers: [...state.trackers.values()].map((tracker) => ({
      id: tracker.id,
      tracking_code: tracker.tracking_code,
      shipment_id: tracker.shipment_id,
      status: statusOf(tracker),
      updated_at: exactTime(changedAt(tracker)),
      details: tracker.details.length,
    })),
    tracker_events: eventRows(carrier),
    planned: state.planned.size,
    webhooks_pending: carrier.webhooksPending(),
    webhooks: carrier.webhooks(),
  };
}

function shipmentRows({state}: Carrier): Record<string, unknown>[] {
  return [...state.shipments.values()].map((shipment) => {
    const postage = state.postage.get(shipment.id);
    const tracker = postage && state.trackers.get(postage.tracker_id);
    const refund = state.refunds.get(shipment.id);
    return {
      id: shipment.id,
      reference: shipment.reference,
      is_return: shipment.is_return,
      to_country: shipment.to_address.country,
      from_country: shipment.from_address.country,
      customs_items: shipment.customs_info?.customs_items ?? null,
      // nothing is insured that was not bought
      insured: postage ? (shipment.insurance ?? null) : null,
      created: exactTime(shipment.created_at),
      bought_at: timeOrNull(postage?.bought_at),
      carrier: postage?.carrier ?? null,
      service: postage?.service ?? null,
      rate: postage?.cost ?? null,
      currency: postage?.currency ?? null,
      tracking_code: postage?.tracking_code ?? null,
      status: tracker ? statusOf(tracker) : 'unknown',
      refund_status: refund?.state ?? null,
      voided_at: refund?.state === 'refunded' ? timeOrNull(refund.settled_at) : null,
    };
  });
}

function voidedAt({state}: Carrier, shipmentId: string): string | null {
  const refund = state.refunds.get(shipmentId);
  return refund?.state === 'refunded' ? timeOrNull(refund.settled_at) : null;
}

function eventRows({state}: Carrier): Record<string, unknown>[] {
  const rows = [...state.trackers.values()].flatMap((tracker) =>
    tracker.details.map(({status, arrived_at, datetime, message, silent}) => ({
      tracking_code: tracker.tracking_code,
      status,
      at: arrived_at,
      datetime,
      message,
      silent,
    })),
  );
  rows.sort((a, b) => a.at - b.at);
  return rows.map((row) => ({...row, at: exactTime(row.at), datetime: exactTime(row.datetime)}));
}
