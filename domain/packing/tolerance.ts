/** When the weights that a product was found to have count, instead of the same tolerance for all. */
export interface WeighingTerms {
  /** weighings of a product that are needed */
  at_least: number;
  /** the newest so many are looked at */
  newest: number;
  /** how many standard deviations are still right */
  deviations: number;
  /** grams that nobody minds: scale, tape, label */
  floor_g: number;
}

export const WEIGHING: WeighingTerms = {at_least: 8, newest: 50, deviations: 4, floor_g: 10};

/** What an accepted weighing says of one product in it. */
export interface Observation {
  /** Units of it in the parcel. */
  qty: number;
  /** By how much each unit was heavier than it is said to be, milligrams. */
  residual_mg: number;
}

export interface WeighedLine {
  sku: string;
  qty: number;
  /** Of a unit, as the catalogue says. */
  weight_g: number;
}

/** What a parcel may weigh: within `tolerance_g` of `expected_g`. */
export interface Allowed {
  expected_g: number;
  tolerance_g: number;
  /** Whether it comes from weighings of every product in it. */
  learnt: boolean;
}

/**
 * What is learnt from a parcel: what it weighed more or less than expected, shared over its products by their expected
 * weight. Parcels of one product tell exactly; mixed ones roughly, and the median below is not moved by a few of them.
 */
export function observe(lines: readonly WeighedLine[], residual_g: number): (Observation & {sku: string})[] {
  const total = lines.reduce((sum, {qty, weight_g}) => sum + qty * weight_g, 0);
  return lines
    .filter(({qty}) => qty > 0)
    .map(({sku, qty, weight_g}) => ({
      sku,
      qty,
      residual_mg: total > 0 ? Math.round((1_000 * residual_g * weight_g) / total) : 0,
    }));
}

/**
 * The weight a parcel may have. With d the residuals of a product's units and q their numbers, its units are heavier by
 * m = median(d), and scatter by s = 1.4826 · median(|d − m| · √q), which for a normal distribution is the standard deviation
 * (F. R. Hampel, "The influence curve and its role in robust estimation", 1974); half of the weighings may be wrong without
 * moving either far. A parcel is expected to weigh Σ qty · m more, with the variance Σ qty · s² + qty² · s² · (π/2) / N: its own
 * scatter and that of m, N units having been weighed. Where a product was not weighed `at_least` times, the fixed tolerance
 * around the catalogue's weight counts; the learnt one is never wider than it.
 */
export function allowedWeight(
  lines: readonly WeighedLine[],
  expected_g: number,
  known: ReadonlyMap<string, readonly Observation[]>,
  {fixed, terms}: {fixed: {share: number; floor_g: number}; terms: WeighingTerms},
): Allowed {
  const wide = (grams: number) => Math.max(fixed.floor_g, fixed.share * grams);
  const packed = lines.filter(({qty}) => qty > 0);
  if (packed.some(({sku}) => (known.get(sku)?.length ?? 0) < terms.at_least)) {
    return {expected_g, tolerance_g: Math.round(wide(expected_g)), learnt: false};
  }
  let [shift, variance] = [0, 0];
  for (const {sku, qty} of packed) {
    const {middle, scatter, units} = learn(known.get(sku) ?? []);
    shift += qty * middle;
    variance += scatter ** 2 * (qty + (qty ** 2 * Math.PI) / 2 / units);
  }
  const learnt_g = Math.round(expected_g + shift / 1_000);
  const tolerance = Math.max(terms.floor_g, (terms.deviations * Math.sqrt(variance)) / 1_000);
  return {expected_g: learnt_g, tolerance_g: Math.round(Math.min(tolerance, wide(expected_g))), learnt: true};
}

export function isWithin(
  measured_g: number,
  {expected_g, tolerance_g}: Pick<Allowed, 'expected_g' | 'tolerance_g'>,
): boolean {
  return Math.abs(measured_g - expected_g) <= tolerance_g;
}

/** Milligrams: by how much units are heavier than they are said to be, and how they scatter. */
function learn(observations: readonly Observation[]): {middle: number; scatter: number; units: number} {
  const middle = median(observations.map(({residual_mg}) => residual_mg));
  const apart = observations.map(({qty, residual_mg}) => Math.abs(residual_mg - middle) * Math.sqrt(qty));
  const units = observations.reduce((sum, {qty}) => sum + qty, 0);
  return {middle, scatter: 1.4826 * median(apart), units};
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}
