/** Millimetres along x, y and z; z is up. */
export type Dims = readonly [number, number, number];

export interface PackItem {
  line_id: string;
  sku: string;
  qty: number;
  /** Per unit. */
  weight_g: number;
  length_mm: number;
  width_mm: number;
  /** The upright edge of what must stay upright. */
  height_mm: number;
  /** Bears no more than `FRAGILE_BEARS_G`. */
  fragile?: boolean;
  /** Liquids and the like: turned about the vertical only. */
  upright?: boolean;
  /** Class of dangerous goods; null = harmless. Classes never share a parcel, nor with harmless goods. */
  hazmat?: string | null;
}

export interface Box {
  id: string;
  inner_mm: [number, number, number];
  /** What the carrier measures; the inner edges where it is not known. */
  outer_mm?: readonly number[];
  /** Of the empty box. */
  weight_g: number;
  /** Of the closed box, its own weight included. */
  max_weight_g: number;
  /** Minor units. */
  cost_amount: number;
}

/** Where one unit lies: its corner nearest to the origin, and its edges as it is turned. */
export interface Placement {
  line_id: string;
  sku: string;
  x: number;
  y: number;
  z: number;
  dx: number;
  dy: number;
  dz: number;
}

export interface PlannedParcel {
  /** Null = the unit travels in its own carton. */
  box_id: string | null;
  items: {line_id: string; sku: string; qty: number}[];
  expected_g: number;
  /** Inner edges of the box, or the unit's own. */
  dims_mm: [number, number, number];
  /** One for each unit, in the order in which they are put in: from the bottom up. */
  placements: Placement[];
}

/** What one more parcel costs to send, beside its box: estimates to compare boxes by, in minor units. */
export interface ParcelCosts {
  per_parcel: number;
  /** For each kilogram charged: the weight, or the volume in mm³ / `dim_divisor` as grams, whichever is more. */
  per_kg: number;
  dim_divisor: number;
  /** Outer volume in mm³ up to which the weight alone counts, with carriers that say so. */
  dim_above_mm3?: number;
}

export interface PackingRules {
  costs: ParcelCosts;
  /** Of carriers that charge otherwise: a parcel is taken to go by what costs least. */
  tariffs?: readonly ParcelCosts[];
  /** Share of a box that several units may fill; the rest is for padding. A single unit only has to fit. */
  fill_share: number;
}

/** What may stand on a fragile unit, all of it together, in grams. */
export const FRAGILE_BEARS_G = 200;
