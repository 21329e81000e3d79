import type {ParcelView} from '../api-types.ts';
import type {Crew} from './crew.ts';
import {HOUR} from './plan.ts';

const LOOK_AGAIN_MS = [100, 250, 500, 1_000, 2_000];
const PATIENCE_MS = 180_000;
/** Statuses from which a parcel goes no further. */
const BACK: ReadonlySet<string> = new Set(['return_to_sender', 'returned']);

/** The carrier takes the parcel to a door that nobody opens, and turns back. */
export function turnBack({carrier, clock}: Crew, {tracking_number}: ParcelView): Promise<void> {
  const leaves = clock.now() + HOUR;
  return carrier.plan(tracking_number ?? '', [
    {status: 'in_transit', at: leaves},
    {status: 'return_to_sender', at: leaves + 20 * HOUR},
  ]);
}

/** Parcels that could not be delivered arrive at the dock again, once the carrier has said so, and are scanned in. */
export async function bringBack(crew: Crew, orderId: string, parcels: readonly ParcelView[]): Promise<void> {
  for (const {parcel_id, tracking_number: code} of parcels) {
    await isOnItsWayBack(crew, orderId, parcel_id);
    const answer = await crew.client.scan('receiver', {
      operation_id: `${crew.tag}:${code}:back`.slice(0, 100),
      kind: 'return',
      code: code ?? '',
    });
    if (!answer.accepted) throw new Error(`parcel ${code} came back and was refused: ${answer.code}`);
    crew.tally.add('parcels.came_back');
  }
}

async function isOnItsWayBack({client, clock}: Crew, orderId: string, parcelId: string): Promise<void> {
  const began = Date.now();
  for (let tries = 0; ; tries += 1) {
    const order = await client.order(orderId);
    const parcel = order.sub_orders.flatMap((sub) => sub.parcels).find((one) => one.parcel_id === parcelId);
    if (parcel && BACK.has(parcel.status)) return;
    if (Date.now() - began > PATIENCE_MS) throw new Error(`parcel ${parcelId} never turned back: ${parcel?.status}`);
    await clock.pause(LOOK_AGAIN_MS[Math.min(tries, LOOK_AGAIN_MS.length - 1)] as number);
  }
}
