/** What a parcel should weigh: grams of all units and of the box (null = own carton, counted with the unit). */
export function expectedWeight(
  items: readonly {weight_g: number; qty: number}[],
  box: {weight_g: number} | null,
): number {
  return items.reduce((sum, item) => sum + item.weight_g * item.qty, box?.weight_g ?? 0);
}

/** Whether a measured weight is near enough: within a share of the expected one, but at least within `floor_g`. */
export function weightOk(measured_g: number, expected_g: number, tolerance: {share: number; floor_g: number}): boolean {
  return Math.abs(measured_g - expected_g) <= Math.max(tolerance.floor_g, tolerance.share * expected_g);
}
