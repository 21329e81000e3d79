import type {PaymentGateway} from '../../activities/ports.ts';
import {holdMoved} from '../../store/apply-hold-event.ts';
import {askingHolds} from '../../store/asking-holds.ts';
import type {StoreContext} from '../../store/context.ts';

/** The service's time between two questions about the same hold: a lost webhook is made good well within 15 minutes. */
const EVERY = 5 * 60_000;

/** Holds whose customer or shop still has to do something: the provider is asked, and their runs hear what has moved. */
export async function askHolds(
  store: StoreContext,
  gateway: Pick<PaymentGateway, 'inspect'>,
  asked: Map<string, number>,
): Promise<number> {
  const now = store.now().getTime();
  const asking = await askingHolds(store, new Date(now - EVERY), 200);
  const known = new Set(asking.map(({id}) => id));
  for (const id of [...asked.keys()].filter((each) => !known.has(each))) asked.delete(id);
  for (const hold of asking.filter(({id}) => now - (asked.get(id) ?? 0) >= EVERY).slice(0, 20)) {
    asked.set(hold.id, now);
    const state = (await gateway.inspect(hold.ref))?.hold.state ?? 'gone';
    // a shop's intent that nobody has confirmed yet looks like a declined one
    const still = state === 'requires_action' || (hold.of === 'shop' && state === 'declined');
    if (!still) await holdMoved(store, hold, {told_by: `asked:${now}`});
  }
  return 0;
}
