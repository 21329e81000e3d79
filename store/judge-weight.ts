import {type Allowed, allowedWeight, type Observation, observe, WEIGHING} from '../domain/packing/tolerance.ts';
import type {Policy} from '../domain/policy/policy.ts';
import type {StoreContext, Tx} from './context.ts';
import type {boxes, parcels} from './generated/client.ts';

/** What a parcel may weigh in the box it was really put into, by what its products were found to weigh. */
export async function allowedFor(
  tx: Tx,
  parcel: parcels,
  box: boxes | null,
  rules: Policy['warehouse'],
): Promise<Allowed> {
  const planned = parcel.suggested_box ? await tx.boxes.findUnique({where: {id: parcel.suggested_box}}) : null;
  const expected = parcel.expected_g - (planned?.weight_g ?? 0) + (box?.weight_g ?? 0);
  const lines = await weighedLines(tx, parcel);
  const terms = rules.weighing ?? WEIGHING;
  return allowedWeight(lines, expected, await known(tx, lines, terms.newest), {
    fixed: {share: rules.weight_tolerance_share, floor_g: rules.weight_tolerance_g},
    terms,
  });
}

/** Keeps what an accepted weight says of the products in the parcel. */
export async function keepWeighing(
  context: StoreContext,
  tx: Tx,
  parcel: parcels,
  {measured_g, box}: {measured_g: number; box: boxes | null},
): Promise<void> {
  const lines = await weighedLines(tx, parcel);
  const said = lines.reduce((sum, {qty, weight_g}) => sum + qty * weight_g, box?.weight_g ?? 0);
  const weightOf = new Map(lines.map(({sku, weight_g}) => [sku, weight_g]));
  await tx.weighings.createMany({
    data: observe(lines, measured_g - said).map((seen) => ({
      ...seen,
      parcel_id: parcel.id,
      weight_g: weightOf.get(seen.sku) ?? 0,
      at: context.now(),
    })),
  });
}

interface Line {
  sku: string;
  qty: number;
  weight_g: number;
}

/** One for each product, as its lines were placed. */
function weighedLines(tx: Tx, {id}: parcels): Promise<Line[]> {
  return tx.$queryRaw<Line[]>`
    SELECT i.sku, sum(i.qty)::int AS qty, max(l.weight_g)::int AS weight_g
      FROM parcel_items i JOIN order_lines l ON l.id = i.line_id WHERE i.parcel_id = ${id} GROUP BY i.sku ORDER BY i.sku`;
}

/** The newest weighings of each product, of the time since it is said to weigh what it is. */
async function known(tx: Tx, lines: readonly Line[], newest: number): Promise<Map<string, Observation[]>> {
  const rows = await tx.$queryRaw<(Observation & {sku: string})[]>`
    SELECT s.sku, w.qty, w.residual_mg
      FROM unnest(${lines.map(({sku}) => sku)}::text[], ${lines.map(({weight_g}) => weight_g)}::int[]) AS s(sku, weight_g),
      LATERAL (SELECT qty, residual_mg FROM weighings WHERE sku = s.sku AND weight_g = s.weight_g
        ORDER BY at DESC, parcel_id DESC LIMIT ${newest}) w`;
  const bySku = new Map<string, Observation[]>();
  for (const {sku, ...seen} of rows) bySku.set(sku, [...(bySku.get(sku) ?? []), seen]);
  return bySku;
}
