import type {Carrier} from '../../activities/ports.ts';
import {ProviderError} from '../../domain/provider-error.ts';
import type {CollectionTerms} from '../../domain/shipping/collection.ts';
import type {StoreContext} from '../../store/context.ts';
import {driverToAskAfter, replaceDriver} from '../../store/watch-pickups.ts';

/** Asks after the next driver who was booked, and wants another where the carrier called that one off; 1 when it did. */
export async function watchPickups(
  store: StoreContext,
  carrier: Pick<Carrier, 'pickup'>,
  terms: CollectionTerms,
): Promise<number> {
  const driver = await driverToAskAfter(store, terms);
  if (!driver) return 0;
  if (await stillComes(carrier, driver.booked_ref)) return 0;
  return (await replaceDriver(store, driver)) ? 1 : 0;
}

/** A platform that says nothing clear is asked again next time. */
async function stillComes(carrier: Pick<Carrier, 'pickup'>, ref: string): Promise<boolean> {
  try {
    return (await carrier.pickup(ref)).state !== 'cancelled';
  } catch (error) {
    if (error instanceof ProviderError) return error.code !== 'not_found';
    throw error;
  }
}
