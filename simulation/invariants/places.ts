import {judgePlaces} from '../../domain/packing/judge.ts';
import type {Placement} from '../../domain/packing/types.ts';
import {groupBy} from './group-by.ts';
import type {Finding, World} from './types.ts';

/** C7: where a parcel was planned unit by unit, each has one place, inside its box, over nobody's edge and in nobody else. */
export async function everyUnitHasItsPlace(world: World): Promise<Finding[]> {
  const packings = await world.sql<{parcel_id: string; order_id: string; inner_mm: number[]; placements: Placement[]}>(
    `SELECT k.parcel_id, p.order_id, k.inner_mm, k.placements FROM parcel_packings k JOIN parcels p ON p.id = k.parcel_id
      WHERE p.state <> 'cancelled' ORDER BY k.parcel_id`,
  );
  const items = groupBy(
    await world.sql<{parcel_id: string; line_id: string; sku: string; qty: number}>(
      `SELECT parcel_id, line_id, sku, qty FROM parcel_items
        WHERE parcel_id IN (SELECT parcel_id FROM parcel_packings) ORDER BY parcel_id, line_id`,
    ),
    (item) => item.parcel_id,
  );
  return packings.flatMap(({parcel_id, order_id, inner_mm, placements}) => {
    const held = new Map((items.get(parcel_id) ?? []).map(({line_id, qty}) => [line_id, qty]));
    const placed = new Map<string, number>();
    for (const {line_id} of placements) placed.set(line_id, (placed.get(line_id) ?? 0) + 1);
    const miscounted = [...new Set([...held.keys(), ...placed.keys()])]
      .filter((line) => held.get(line) !== placed.get(line))
      .map((line) => `${placed.get(line) ?? 0} places for ${held.get(line) ?? 0} units of line ${line}`);
    const subject = world.nameOf(order_id);
    return [...miscounted, ...judgePlaces(placements, inner_mm)].map((text) => ({
      subject,
      sentence: `Order ${subject}, parcel ${parcel_id} is not to be packed as planned: ${text}.`,
    }));
  });
}
