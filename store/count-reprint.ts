import type {StoreContext} from './context.ts';

/** Counts one more print of a parcel's label; nothing is bought again. */
export async function countReprint(context: StoreContext, parcelId: string): Promise<void> {
  await context.prisma.$executeRaw`UPDATE parcels SET reprints = reprints + 1
    WHERE id = ${parcelId} AND label_url IS NOT NULL`;
}
