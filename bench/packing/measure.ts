import {judgeParcels} from '../../domain/packing/judge.ts';
import {planParcels} from '../../domain/packing/plan-parcels.ts';
import type {PackingRules, PlannedParcel} from '../../domain/packing/types.ts';
import type {Instance} from './instances.ts';

/** To the last millimetre, and by the number of boxes alone. */
export const FEWEST: PackingRules = {costs: {per_parcel: 0, per_kg: 0, dim_divisor: 5_000}, fill_share: 1};

/** What one more carton costs counts, and what is sent by weight or volume. */
export const CHEAPEST: PackingRules = {costs: {per_parcel: 400, per_kg: 80, dim_divisor: 5_000}, fill_share: 1};

export interface Measured {
  parcels: PlannedParcel[];
  /** Real milliseconds, on this machine as it is. */
  ms: number;
  /** What the checker has against it. */
  faults: string[];
}

export function measure({items, boxes}: Instance, rules: PackingRules): Measured {
  const began = performance.now();
  const parcels = planParcels(items, boxes, rules);
  const ms = performance.now() - began;
  const packed = parcels.map(({box_id, placements}) => ({
    box: boxes.find(({id}) => id === box_id) ?? null,
    placements,
  }));
  return {parcels, ms, faults: judgeParcels(items, packed)};
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
