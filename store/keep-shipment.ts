import type {StoreContext} from './context.ts';

/**
 * Keeps the carrier's shipment of a parcel before anything is bought on it, so that every later attempt buys on the
 * same one. Returns the reference that stands.
 */
export async function keepShipment(
  context: StoreContext,
  input: {parcel_id: string; shipment_ref: string},
): Promise<string> {
  await context.prisma.parcels.updateMany({
    where: {id: input.parcel_id, shipment_ref: null},
    data: {shipment_ref: input.shipment_ref, label_state: 'buying'},
  });
  const parcel = await context.prisma.parcels.findUniqueOrThrow({where: {id: input.parcel_id}});
  return parcel.shipment_ref ?? input.shipment_ref;
}
