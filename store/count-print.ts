import type {StoreContext} from './context.ts';

/** Notes that a parcel's label was printed: the first time as such, every other time as a reprint. Nothing is bought again. */
export async function countPrint(context: StoreContext, parcelId: string): Promise<void> {
  await context.prisma.$executeRaw`UPDATE parcels
    SET reprints = reprints + CASE WHEN printed_at IS NULL THEN 0 ELSE 1 END,
      printed_at = COALESCE(printed_at, ${context.now()})
    WHERE id = ${parcelId} AND label_url IS NOT NULL`;
}
