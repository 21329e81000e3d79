/** Amounts are integer minor units of one currency; all results are exact. */

/**
 * The part of `amount` that belongs to the first `count` of `of` equal units: floor(amount * count / of).
 * Differences of this running share add up to `amount` exactly, whatever the order in which units leave.
 */
export function runningShare(amount: number, count: number, of: number): number {
  if (of === 0) return 0;
  return Number((BigInt(amount) * BigInt(count)) / BigInt(of));
}

/**
 * Splits `total` over `weights` by the largest remainder (Hamilton) method: every part is the exact quotient rounded
 * down, and the units left over go one each to the largest remainders, ties to the earlier part. With no weight at
 * all the first part takes everything.
 */
export function splitByWeight(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, w) => a + BigInt(w), 0n);
  if (sum === 0n) return weights.map((_, i) => (i === 0 ? total : 0));
  const exact = weights.map((w) => BigInt(total) * BigInt(w));
  const parts = exact.map((x) => Number(x / sum));
  let left = total - parts.reduce((a, p) => a + p, 0);
  const byRemainder = exact.map((x, i) => ({i, remainder: x % sum}));
  byRemainder.sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1));
  for (const {i} of byRemainder) {
    if (left <= 0) break;
    parts[i] = (parts[i] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

/** `amount * basisPoints / 10 000`, half a unit rounded up. */
export function percentOf(amount: number, basisPoints: number): number {
  return Number((BigInt(amount) * BigInt(basisPoints) + 5_000n) / 10_000n);
}
