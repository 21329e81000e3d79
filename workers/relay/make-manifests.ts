import type {Carrier, ManifestForm} from '../../activities/ports.ts';
import {ProviderError} from '../../domain/provider-error.ts';
import type {StoreContext} from '../../store/context.ts';
import {beginManifest, type DueManifest, failManifest, putOffManifest, settleManifest} from '../../store/manifests.ts';

export type Manifests = Pick<Carrier, 'makeForm' | 'formOf'>;

/** Asks the platform for the next manifest that somebody wants; returns how many there were. */
export async function makeManifests(store: StoreContext, carrier: Manifests): Promise<number> {
  const due = await beginManifest(store);
  if (!due) return 0;
  try {
    const form = await obtain(carrier, due);
    if (form.state === 'making') await putOffManifest(store, due);
    else if (form.state === 'failed') await failManifest(store, due.id, 'form_failed');
    else await settleManifest(store, due.id, form);
  } catch (error) {
    if (error instanceof ProviderError && !error.retryable) await failManifest(store, due.id, error.code);
    else {
      await putOffManifest(store, due);
      throw error;
    }
  }
  return 1;
}

/** A shipment is on one form: after a lost answer it is looked there first, and so it is where a form is refused. */
async function obtain(carrier: Manifests, {shipments, seen_before}: DueManifest): Promise<ManifestForm> {
  const made = seen_before ? await find(carrier, shipments.slice(0, 1)) : null;
  if (made) return made;
  try {
    return await carrier.makeForm(shipments);
  } catch (error) {
    const refused = error instanceof ProviderError && !error.retryable;
    const found = refused ? await find(carrier, shipments) : null;
    if (!found) throw error;
    return found;
  }
}

async function find(carrier: Manifests, shipments: readonly string[]): Promise<ManifestForm | null> {
  for (const ref of shipments) {
    const form = await carrier.formOf(ref);
    if (form) return form;
  }
  return null;
}
