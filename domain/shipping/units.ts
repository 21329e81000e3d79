/** An international ounce is 28.349523125 g by definition (1959 yard and pound agreement): here in units of 1e-9 g. */
const OUNCE_NANOGRAMS = 28_349_523_125n;

/**
 * Millimetres as inches for a carrier, rounded up to 0.1 (1 in = 25.4 mm). Parts of a millimetre count as one.
 * @throws RangeError for anything but a finite number >= 0
 */
export function mmToInches(mm: number): number {
  return ceilTenths(whole(mm) * 10n, 254n);
}

/**
 * Grams as ounces for a carrier, rounded up to 0.1. Parts of a gram count as one.
 * @throws RangeError for anything but a finite number >= 0
 */
export function gramsToOunces(grams: number): number {
  return ceilTenths(whole(grams) * 1_000_000_000n, OUNCE_NANOGRAMS);
}

/** `numerator / denominator` rounded up to tenths, in exact integers. */
function ceilTenths(numerator: bigint, denominator: bigint): number {
  return Number((numerator * 10n + denominator - 1n) / denominator) / 10;
}

function whole(value: number): bigint {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`not a measure: ${value}`);
  return BigInt(Math.ceil(value));
}
