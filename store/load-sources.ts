import type {PlanSource} from '../domain/routing/plan.ts';
import type {StoreContext, Tx} from './context.ts';
import {Prisma} from './generated/client.ts';

const HOUR = 3_600_000;

interface SourceRow extends Omit<PlanSource, 'available'> {
  sku: string;
  available: number;
}

/** Of each warehouse `w` at work: open tasks, and those that were done in the last hour. */
const atWork = (now: Date): Prisma.Sql => Prisma.sql`
  SELECT w.id AS warehouse_id, w.address->>'country' AS country, w.lat, w.lng, w.priority,
    (SELECT count(*)::int FROM tasks t WHERE t.warehouse_id = w.id AND t.state = 'open') AS queue,
    (SELECT count(*)::int FROM tasks t
      WHERE t.warehouse_id = w.id AND t.closed_at > ${new Date(now.getTime() - HOUR)} AND t.state = 'done') AS per_hour
  FROM warehouses w WHERE w.active`;

/** The places that have units of these products to promise. */
export async function loadSources({now}: Pick<StoreContext, 'now'>, tx: Tx, skus: string[]): Promise<PlanSource[]> {
  const rows = await tx.$queryRaw<SourceRow[]>`
    SELECT w.*, s.sku, s.available FROM stock_free s JOIN (${atWork(now())}) w USING (warehouse_id)
    WHERE s.sku = ANY(${skus}) AND s.available > 0 ORDER BY s.warehouse_id, s.sku`;
  return byPlace(rows);
}

/** Units that are set aside for lines that wait, at sites that are at work. */
export async function loadEarmarked({now}: Pick<StoreContext, 'now'>, tx: Tx, skus: string[]): Promise<PlanSource[]> {
  const rows = await tx.$queryRaw<SourceRow[]>`
    SELECT w.*, s.sku, s.earmarked AS available FROM stock s JOIN (${atWork(now())}) w USING (warehouse_id)
    WHERE s.sku = ANY(${skus}) AND s.earmarked > 0 ORDER BY s.warehouse_id, s.sku`;
  return byPlace(rows);
}

function byPlace(rows: readonly SourceRow[]): PlanSource[] {
  const sources = new Map<string, PlanSource>();
  for (const {sku, available, ...place} of rows) {
    const source = sources.get(place.warehouse_id) ?? {...place, available: {}};
    source.available[sku] = available;
    sources.set(place.warehouse_id, source);
  }
  return [...sources.values()];
}
