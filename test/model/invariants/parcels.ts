import {type Books, by, sum} from './books.ts';

/** C1: one label per parcel. */
export function oneLabelPerParcel({shipments, parcels}: Books): string[] {
  const bought = by(
    shipments.filter((s) => s.postage),
    (s) => s.reference,
  );
  const known = new Set(parcels.map((p) => p.id));
  return [...bought].flatMap(([parcel, labels]) => [
    ...(labels.length > 1 ? [`parcel ${parcel} has ${labels.length} labels`] : []),
    ...(known.has(parcel) ? [] : [`a label was bought for ${parcel}, which is no parcel`]),
  ]);
}

/** C1, C5, at rest: what was shipped has its label, at its price; C2: what was cancelled has none. */
export function shippedIsLabelled({shipments, parcels, subs}: Books): string[] {
  const labels = new Map(
    shipments.flatMap((s) => (s.postage ? [[s.reference, s]] : [])) as [string, (typeof shipments)[number]][],
  );
  const stages = new Map(subs.map((s) => [s.id, s.stage]));
  return parcels.flatMap((p) => {
    const label = labels.get(p.id);
    if (!label) return p.handed_over_at ? [`parcel ${p.id} was shipped without a label`] : [];
    if (stages.get(p.sub_order_id) === 'CANCELLED') return [`parcel ${p.id} is cancelled, its label is not`];
    const cost = Math.round(Number(label.postage?.rate.rate) * 100);
    const same = label.postage?.tracking_code === p.tracking_number && Number(p.cost_amount) === cost;
    return same
      ? []
      : [
          `parcel ${p.id} says ${p.tracking_number} at ${p.cost_amount}, the carrier ${label.postage?.tracking_code} at ${cost}`,
        ];
  });
}

const PACKED: readonly string[] = ['PICKED', 'PACKED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED'];

/** C3: parcels hold what was picked. */
export function parcelsHoldWhatWasPicked({items, parcels, parts, subs}: Books): string[] {
  const subOf = new Map(parcels.map((p) => [p.id, p.sub_order_id]));
  const boxed = by(items, (i) => `${subOf.get(i.parcel_id)} ${i.line_id}`);
  const stages = new Map(subs.map((s) => [s.id, s.stage]));
  return parts
    .filter((p) => PACKED.includes(stages.get(p.sub_order_id) ?? ''))
    .flatMap((p) => {
      const inside = sum(boxed.get(`${p.sub_order_id} ${p.line_id}`), (i) => i.qty);
      return inside === p.picked
        ? []
        : [`part ${p.sub_order_id} ${p.line_id}: ${p.picked} picked, ${inside} in parcels`];
    });
}

const RANK: Readonly<Record<string, number>> = {
  pre_transit: 2,
  in_transit: 3,
  out_for_delivery: 4,
  failure: 4,
  delivered: 5,
  return_to_sender: 6,
};

/** C4: what was applied never went back. */
export function trackingNeverGoesBack({trackings}: Books): string[] {
  const applied = by(
    trackings.filter((t) => t.applied),
    (t) => t.parcel_id,
  );
  return [...applied].flatMap(([parcel, steps]) => {
    let furthest = 0;
    for (const {status} of steps) {
      const rank = RANK[status] ?? furthest;
      if (rank < furthest) return [`parcel ${parcel} went back to ${status}`];
      furthest = rank;
    }
    return [];
  });
}
