import type {Carrier, ManifestForm} from '../../activities/ports.ts';
import {ProviderError} from '../../domain/provider-error.ts';
import {type CollectionTerms, restOf} from '../../domain/shipping/collection.ts';
import type {StoreContext} from '../../store/context.ts';
import {beginManifest, type DueManifest, failManifest, putOffManifest, settleManifest} from '../../store/manifests.ts';

export interface ManifestLog {
  warn(fields: object, message: string): void;
}

export type Manifests = Pick<Carrier, 'makeForm' | 'formOf'>;

/** Asks the platform for the next manifest that somebody wants; returns how many there were. */
export async function makeManifests(
  store: StoreContext,
  carrier: Manifests,
  terms: CollectionTerms,
  log: ManifestLog,
): Promise<number> {
  const due = await beginManifest(store, terms);
  if (!due) return 0;
  const {id, attempts} = due;
  try {
    const form = await obtain(carrier, due);
    if (form.state === 'making') await putOffManifest(store, id, restOf(terms, attempts));
    else if (form.state === 'failed') await failManifest(store, id, 'form_failed');
    else await settleManifest(store, id, form);
  } catch (error) {
    const told = error instanceof ProviderError ? error : null;
    if (told && !told.retryable) await failManifest(store, id, told.code);
    else {
      log.warn({manifest: id, error}, 'the form is asked for again later');
      await putOffManifest(store, id, restOf(terms, attempts, told?.retryAfter));
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
