import type {StoreContext} from './context.ts';
import {transact} from './transact.ts';

interface Print {
  parcel_id: string;
  by: {actor: string; role: string};
}

/**
 * Notes that a parcel's label was printed, by whom and why: the first time as such, every other time as a reprint.
 * Nothing is bought again.
 */
export function countPrint(
  context: StoreContext,
  {parcel_id, by, format, reason}: Print & {format: string; reason: string | null},
): Promise<void> {
  const at = context.now();
  return transact(context, async (tx) => {
    const counted = await tx.$executeRaw`UPDATE parcels
      SET reprints = reprints + CASE WHEN printed_at IS NULL THEN 0 ELSE 1 END, printed_at = COALESCE(printed_at, ${at})
      WHERE id = ${parcel_id} AND label_url IS NOT NULL`;
    if (counted > 0) await tx.label_prints.create({data: {parcel_id, format, reason, ...by, at}});
  });
}

/** Counts one more print of the carrier's own picture of a label. */
export function countReprint(context: StoreContext, {parcel_id, by}: Print): Promise<void> {
  const at = context.now();
  const {actor, role} = by;
  return transact(context, async (tx) => {
    const counted = await tx.$executeRaw`UPDATE parcels SET reprints = reprints + 1
      WHERE id = ${parcel_id} AND label_url IS NOT NULL`;
    if (counted > 0)
      await tx.label_prints.create({data: {parcel_id, format: 'carrier', reason: null, actor, role, at}});
  });
}
