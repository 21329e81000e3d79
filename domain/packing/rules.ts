import type {PackingRules} from './types.ts';

/**
 * Used where a policy has none. The fill share stays below one although every unit has a real place: sizes are measured
 * to a millimetre at best, people do not lay like machines, and what travels beside something else wants padding.
 */
export const PACKING: PackingRules = {
  costs: {per_parcel: 400, per_kg: 80, dim_divisor: 5_000},
  fill_share: 0.85,
};
