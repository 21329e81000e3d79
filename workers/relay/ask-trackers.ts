import type {Carrier} from '../../activities/ports.ts';
import {trackingFactKey} from '../../domain/shipping/tracking.ts';
import {applyTracking} from '../../store/apply-tracking.ts';
import type {StoreContext} from '../../store/context.ts';
import {silentParcels} from '../../store/overdue.ts';

const AGAIN = 3_600_000;

/** Asks the trackers of parcels that nothing was heard of: webhooks get lost. Returns how many were asked. */
export async function askTrackers(
  store: StoreContext,
  carrier: Carrier,
  silence: number,
  asked: Map<string, number>,
): Promise<number> {
  const now = store.now().getTime();
  const due = (await silentParcels(store, new Date(now - silence), 200)).filter(
    (p) => now - (asked.get(p.id) ?? 0) > silence,
  );
  for (const parcel of due.slice(0, 20)) {
    // one that cannot be asked keeps nobody waiting, and is asked again within the hour
    asked.set(parcel.id, now - Math.max(0, silence - AGAIN));
    const state = await carrier.track(parcel.tracker_ref ?? '');
    asked.set(parcel.id, now);
    await applyTracking(store, {...state, fact_key: trackingFactKey(state)});
  }
  return 0;
}
