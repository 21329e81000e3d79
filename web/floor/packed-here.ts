import {keepFact, readFact} from './database.ts';

export interface PackedHere {
  parcel_id: string;
  number: string;
  /** RFC 3339 */
  at: string;
}

const NAME = 'packed';
const KEPT = 8;

/** The parcels last packed on this device, newest first: their labels can be printed again. */
export const readPacked = async (): Promise<PackedHere[]> => (await readFact<PackedHere[]>(NAME)) ?? [];

export async function keepPacked(parcel: PackedHere): Promise<void> {
  const others = (await readPacked()).filter(({parcel_id}) => parcel_id !== parcel.parcel_id);
  await keepFact(NAME, [parcel, ...others].slice(0, KEPT));
}
