import type {Front} from './fronts.ts';
import type {World} from '../support/world.ts';

/** Every parcel has a code of its own, so that explaining one explains no other. */
const codeOf = (parcelId: string) => `DOOR ${parcelId}`;

/** What its carrier says of a parcel's delivery, in a code nobody knows. */
export const strangeDelivery = (parcelId: string) => [
  {status: 'in_transit'},
  {status: 'unknown', carrier_code: codeOf(parcelId)},
];

/** Ops write down what the code means, once the word of it is kept; true when that is done. */
export async function explain({api}: World, front: Front, parcelId: string): Promise<boolean> {
  const code = codeOf(parcelId);
  const word = await api.store.prisma.parcel_events.findFirst({where: {parcel_id: parcelId, carrier_code: code}});
  if (!word) return false;
  const codes = [{carrier: word.code_carrier, code, status: 'delivered'}];
  return (await front.as('ops').put('/v1/carrier-codes', {codes})).status === 200;
}
