import type {Declared} from '../domain/shipping/customs.ts';
import type {StoreContext} from './context.ts';
import {toJson} from './record-change.ts';

/**
 * Keeps the carrier's shipment of a parcel before anything is bought on it, so that every later attempt buys on the
 * same one. Returns the reference that stands; null for a parcel that was given up meanwhile.
 */
export async function keepShipment(
  context: StoreContext,
  input: {
    parcel_id: string;
    shipment_ref: string;
    /** what customs were told; null: no border */
    declared: Declared | null;
    /** minor units; null: not insured */
    insured_amount: number | null;
  },
): Promise<string | null> {
  const {declared, insured_amount: insured} = input;
  const told = {
    ...(declared && {customs_amount: BigInt(declared.value), declared: JSON.parse(toJson(declared))}),
    insured_amount: insured === null ? null : BigInt(insured),
  };
  await context.prisma.parcels.updateMany({
    where: {id: input.parcel_id, shipment_ref: null, state: {not: 'cancelled'}},
    data: {shipment_ref: input.shipment_ref, label_state: 'buying', ...told},
  });
  const parcel = await context.prisma.parcels.findUniqueOrThrow({where: {id: input.parcel_id}});
  return parcel.state === 'cancelled' ? null : (parcel.shipment_ref ?? input.shipment_ref);
}
