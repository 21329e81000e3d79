interface Line {
  id: string;
  sku: string;
  qty: number;
  cancelled: number;
}

/**
 * Which units of which lines are meant when somebody names products only: those of the newest line first. More than there
 * are stay with the newest line, and a product that was never ordered with its own name, so that both are refused by name.
 * @param lines newest first
 */
export function newestUnits(
  lines: readonly Line[],
  items: readonly {sku: string; qty: number}[],
): {line_id: string; qty: number}[] {
  return items.flatMap(({sku, qty}) => {
    let left = qty;
    const taken = lines
      .filter((line) => line.sku === sku)
      .map((line) => {
        const take = Math.min(left, line.qty - line.cancelled);
        left -= take;
        return {line_id: line.id, qty: take};
      });
    const [newest] = taken;
    if (!newest) return [{line_id: sku, qty}];
    newest.qty += left;
    return taken.filter((line) => line.qty > 0);
  });
}
