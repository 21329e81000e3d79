import type {StoreContext} from './context.ts';

/**
 * Keeps the carrier's shipment of a parcel before anything is bought on it, so that every later attempt buys on the
 * same one. Returns the reference that stands; null for a parcel that was given up meanwhile.
 */
export async function keepShipment(
  context: StoreContext,
  input: {
    parcel_id: string;
    shipment_ref: string;
    /** minor units; null: no border, not insured */
    customs_amount: number | null;
    insured_amount: number | null;
  },
): Promise<string | null> {
  const {customs_amount: customs, insured_amount: insured} = input;
  const declared = {
    customs_amount: customs === null ? null : BigInt(customs),
    insured_amount: insured === null ? null : BigInt(insured),
  };
  await context.prisma.parcels.updateMany({
    where: {id: input.parcel_id, shipment_ref: null, state: {not: 'cancelled'}},
    data: {shipment_ref: input.shipment_ref, label_state: 'buying', ...declared},
  });
  const parcel = await context.prisma.parcels.findUniqueOrThrow({where: {id: input.parcel_id}});
  return parcel.state === 'cancelled' ? null : (parcel.shipment_ref ?? input.shipment_ref);
}
