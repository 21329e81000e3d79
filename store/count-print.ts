import type {StoreContext} from './context.ts';
import {transact} from './transact.ts';

interface Print {
  parcel_id: string;
  by: {actor: string; role: string};
  reason: string | null;
}

/**
 * Notes that a parcel's label was printed, by whom and why: the first time as such, every other time as a reprint.
 * Nothing is bought again. False, and nothing is noted, where it was printed before and nobody says why once more.
 */
export function countPrint(
  context: StoreContext,
  {parcel_id, by, format, reason}: Print & {format: string},
): Promise<boolean> {
  const at = context.now();
  return transact(context, async (tx) => {
    const [parcel] = await tx.$queryRaw<{again: boolean}[]>`SELECT printed_at IS NOT NULL AS again FROM parcels
      WHERE id = ${parcel_id} FOR UPDATE`;
    if (parcel?.again && reason === null) return false;
    const counted = await tx.$executeRaw`UPDATE parcels
      SET reprints = reprints + CASE WHEN printed_at IS NULL THEN 0 ELSE 1 END, printed_at = COALESCE(printed_at, ${at})
      WHERE id = ${parcel_id} AND label_url IS NOT NULL`;
    if (counted > 0) await tx.label_prints.create({data: {parcel_id, format, reason, ...by, at}});
    return true;
  });
}

/** Counts one more print of the carrier's own picture of a label. */
export function countReprint(context: StoreContext, {parcel_id, by, reason}: Print): Promise<void> {
  const at = context.now();
  const {actor, role} = by;
  return transact(context, async (tx) => {
    const counted = await tx.$executeRaw`UPDATE parcels SET reprints = reprints + 1
      WHERE id = ${parcel_id} AND label_url IS NOT NULL`;
    if (counted > 0) await tx.label_prints.create({data: {parcel_id, format: 'carrier', reason, actor, role, at}});
  });
}
