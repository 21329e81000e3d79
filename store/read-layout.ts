import {type BinsOfAisle, deriveLayout} from '../domain/picking/derive-layout.ts';
import type {Layout} from '../domain/picking/layout.ts';
import type {Tx} from './context.ts';

export interface KnownLayout {
  layout: Layout;
  source: 'stored' | 'derived';
}

/** The floor of a warehouse as somebody stored it, else as its bins suggest; null when nothing is known. */
export async function readLayout(tx: Tx, warehouse: string): Promise<KnownLayout | null> {
  const stored = await tx.layouts.findUnique({where: {warehouse_id: warehouse}});
  if (stored) return {layout: stored.body as unknown as Layout, source: 'stored'};
  const bins = await tx.$queryRaw<BinsOfAisle[]>`
    SELECT aisle, percentile_disc(0.5) WITHIN GROUP (ORDER BY x_mm) AS x, min(y_mm) AS from, max(y_mm) AS to
      FROM bins WHERE warehouse_id = ${warehouse} GROUP BY aisle`;
  const layout = deriveLayout(bins);
  return layout && {layout, source: 'derived'};
}
