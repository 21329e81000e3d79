import type {Carrier, CarrierPickup, PickupOffer} from '../../activities/ports.ts';
import {ProviderError} from '../../domain/provider-error.ts';
import {type CollectionTerms, restOf} from '../../domain/shipping/collection.ts';
import type {StoreContext} from '../../store/context.ts';
import {
  beginPickup,
  type DuePickup,
  failPickup,
  keepOffer,
  leaveBooking,
  putOffPickup,
  settleBooked,
  settleCancelled,
} from '../../store/pickups.ts';
import type {ManifestLog} from './make-manifests.ts';

type Pickups = Pick<Carrier, 'offerPickup' | 'pickup' | 'bookPickup' | 'cancelPickup'>;

interface Desk {
  store: StoreContext;
  carrier: Pickups;
  terms: CollectionTerms;
}

/** Books or calls off the next pickup that somebody wants; returns how many there were. */
export async function bookPickups(
  store: StoreContext,
  carrier: Pickups,
  terms: CollectionTerms,
  log: ManifestLog,
): Promise<number> {
  const due = await beginPickup(store, terms);
  if (!due) return 0;
  const desk = {store, carrier, terms};
  try {
    await (due.state === 'cancelling' ? callOff(desk, due) : book(desk, due));
  } catch (error) {
    const told = error instanceof ProviderError ? error : null;
    if (told && !told.retryable) await failPickup(store, due, told.code);
    else {
      log.warn({pickup: due.id, error}, 'the pickup is asked for again later');
      await putOffPickup(store, due, restOf(terms, due.attempts, told?.retryAfter));
    }
  }
  return 1;
}

/** The offer is kept before it is bought, and what stood before is called off in between: never are there two. */
async function book(desk: Desk, due: DuePickup): Promise<void> {
  const {store, carrier, terms} = desk;
  const offered = await offerFor(carrier, due);
  if (offered?.state === 'booked') return settle(desk, due, offered);
  if (due.over) return failPickup(store, due, 'too_late');
  if (!offered) return failPickup(store, due, 'no_parcels');
  const offer = cheapest(offered, due.carrier);
  if (!offer) return failPickup(store, due, 'no_pickups');
  if (!(await keepOffer(store, due, offered.pickup_ref, terms))) return;
  if (due.booked_ref !== null) {
    if (!(await called(desk, due, due.booked_ref)) || !(await leaveBooking(store, due, terms))) return;
  }
  await settle(desk, due, await carrier.bookPickup(offered.pickup_ref, offer));
}

/** The one that an earlier attempt may have booked, else a new one; null when nothing is there to fetch. */
async function offerFor(carrier: Pickups, {offer_ref, request, over}: DuePickup): Promise<CarrierPickup | null> {
  const found = offer_ref === null ? null : await look(carrier, offer_ref);
  if (found && found.state !== 'cancelled') return found;
  const {shipment_ref} = request;
  return shipment_ref === null || over ? null : carrier.offerPickup({...request, shipment_ref});
}

const cheapest = ({offers}: CarrierPickup, carrier: string): PickupOffer | undefined =>
  offers.filter((offer) => offer.carrier === carrier).sort((a, b) => a.amount - b.amount)[0];

/** The cheapest is what is bought: where the answer was lost, too. */
async function settle({store, carrier}: Desk, due: DuePickup, pickup: CarrierPickup): Promise<void> {
  const {pickup_ref, confirmation} = pickup;
  const price = cheapest(pickup, due.carrier) ?? null;
  const known = await settleBooked(store, due, {pickup_ref, confirmation, price});
  // called off by another relay, which saw it not booked yet
  if (!known) await carrier.cancelPickup(pickup_ref);
}

async function callOff(desk: Desk, due: DuePickup): Promise<void> {
  const {store, carrier} = desk;
  const asked = due.offer_ref === null ? null : await look(carrier, due.offer_ref);
  if (asked?.state === 'booked') await settle(desk, due, asked);
  const standing = asked?.state === 'booked' ? asked.pickup_ref : due.booked_ref;
  if (standing === null || (await called(desk, due, standing))) await settleCancelled(store, due);
}

/** Calls one off; false when the carrier no longer does, and the driver comes. */
async function called({store, carrier}: Desk, due: DuePickup, ref: string): Promise<boolean> {
  try {
    await carrier.cancelPickup(ref);
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError) || error.retryable) throw error;
    await failPickup(store, due, 'not_cancelled');
    return false;
  }
}

/** Null: the platform knows no such pickup. What cannot be looked at is not known, and never refused for that. */
async function look(carrier: Pickups, ref: string): Promise<CarrierPickup | null> {
  try {
    return await carrier.pickup(ref);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.code === 'not_found') return null;
    throw new ProviderError(error.code, error.message, {
      ...{retryable: true, unknown: true, retryAfter: error.retryAfter, cause: error},
    });
  }
}
