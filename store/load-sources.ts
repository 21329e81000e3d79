import type {PlanSource} from '../domain/routing/plan.ts';
import type {StoreContext, Tx} from './context.ts';

const HOUR = 3_600_000;

interface Units {
  warehouse_id: string;
  sku: string;
  available: number;
}

/** The places at work that have units of these products to promise, but for one that is to be avoided. */
export async function loadSources(
  context: Pick<StoreContext, 'now'>,
  tx: Tx,
  skus: string[],
  avoid?: string,
): Promise<PlanSource[]> {
  const units = await tx.$queryRaw<Units[]>`SELECT warehouse_id, sku, available FROM stock_free
    WHERE sku = ANY(${skus}) AND available > 0 ORDER BY warehouse_id, sku`;
  const wanted = units.filter(({warehouse_id}) => warehouse_id !== avoid);
  return placesOf(context, tx, wanted);
}

/** The places at work that have units set aside for lines that wait. */
export async function loadEarmarked(context: Pick<StoreContext, 'now'>, tx: Tx, skus: string[]): Promise<PlanSource[]> {
  const units = await tx.$queryRaw<Units[]>`SELECT warehouse_id, sku, earmarked AS available FROM stock
    WHERE sku = ANY(${skus}) AND earmarked > 0 ORDER BY warehouse_id, sku`;
  return placesOf(context, tx, units);
}

/** With the tasks that are open there, and those that were done in the last hour. */
async function placesOf({now}: Pick<StoreContext, 'now'>, tx: Tx, units: readonly Units[]): Promise<PlanSource[]> {
  const hourAgo = new Date(now().getTime() - HOUR);
  const places = await tx.$queryRaw<Omit<PlanSource, 'available'>[]>`
    SELECT w.id AS warehouse_id, w.address->>'country' AS country, w.lat, w.lng, w.priority,
      (SELECT count(*)::int FROM tasks t WHERE t.warehouse_id = w.id AND t.state = 'open') AS queue,
      (SELECT count(*)::int FROM tasks t
        WHERE t.warehouse_id = w.id AND t.closed_at > ${hourAgo} AND t.state = 'done') AS per_hour
    FROM warehouses w WHERE w.active AND w.id = ANY(${units.map((unit) => unit.warehouse_id)}) ORDER BY w.id`;
  return places.map((place) => {
    const own = units.filter((unit) => unit.warehouse_id === place.warehouse_id);
    return {...place, available: Object.fromEntries(own.map(({sku, available}) => [sku, available]))};
  });
}
