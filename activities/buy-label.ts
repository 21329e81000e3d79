import type {PurchaseOutcome} from '../domain/shipping/carrier-health.ts';
import {ProviderError} from '../domain/provider-error.ts';
import type {Store} from '../store/index.ts';
import {chooseAdmitted, type Desk, type Promised} from './choose-carrier.ts';
import type {CarrierRules} from '../store/carrier-choice.ts';
import type {Carrier, CarrierRate, Label, Shipment, ShipmentRequest} from './ports.ts';

/** Where labels are bought: the platform, and what is known of the carriers behind it. */
export interface Counter {
  carrier: Carrier;
  store: Desk & Pick<Store, 'hearOfPurchase'>;
}

export interface Wanted {
  /** of an attempt before */
  shipment_ref: string | null;
  request: ShipmentRequest;
  rules: CarrierRules;
  wish: Promised;
  /** keeps the shipment's reference; returns the one that stands, null where none is wanted any more */
  keep: (ref: string) => Promise<string | null>;
}

/**
 * The shipment is kept before anything is bought on it: a later attempt finds the label instead of buying another, and
 * a shipment takes one label, whichever carrier's. So when a carrier goes down the next best is asked on the same
 * shipment. Null for what was given up meanwhile.
 */
export async function buyLabel(at: Counter, wanted: Wanted): Promise<Label | null> {
  const opened = await openShipment(at.carrier, wanted);
  if (!opened) return null;
  const ref = opened.shipment_ref;
  // what carriers did not offer at the time they may offer now
  let shipment = opened.label || opened.rates.length > 0 ? opened : await at.carrier.rerate(ref);
  // every turn buys, asks for prices anew, or finds one more carrier down
  for (let turn = 0; turn <= shipment.rates.length + 1; turn += 1) {
    if (shipment.label) return shipment.label;
    const rate = await chooseAdmitted(at.store, shipment, {...wanted, parcel: wanted.request.reference});
    shipment = await buyAt(at, ref, rate, wanted, turn === 0);
  }
  throw new ProviderError('no_label', `no label for ${wanted.request.reference}`, {retryable: true, unknown: true});
}

/** Buys, and takes down how it went. A carrier that is found down here has not sold unless its shipment says so. */
async function buyAt(
  {carrier, store}: Counter,
  ref: string,
  rate: CarrierRate,
  wanted: Wanted,
  first: boolean,
): Promise<Shipment> {
  const hear = (outcome: PurchaseOutcome, retry_after: number | null = null) => {
    const {rules, request} = wanted;
    const parcel = request.reference;
    return store.hearOfPurchase({carrier: rate.carrier, parcel, outcome, retry_after, terms: rules.terms});
  };
  try {
    const bought = await carrier.buy(ref, rate.rate_ref);
    await hear('succeeded');
    return bought;
  } catch (error) {
    const outcome = outcomeOf(error);
    const {asked_again} = await hear(outcome, error instanceof ProviderError ? error.retryAfter : null);
    if (error instanceof ProviderError && error.code === 'rate_gone' && first) return carrier.rerate(ref);
    if (outcome !== 'failed' || asked_again) throw error;
    return carrier.retrieve(ref);
  }
}

/** Whose fault: a refusal is about the parcel, and one that is still at work may be another carrier's purchase. */
function outcomeOf(error: unknown): PurchaseOutcome {
  const failed =
    error instanceof ProviderError && error.retryable && !['rate_gone', 'provider_busy'].includes(error.code);
  return failed ? 'failed' : 'said_nothing';
}

async function openShipment(carrier: Carrier, {shipment_ref, request, keep}: Wanted): Promise<Shipment | null> {
  if (shipment_ref) return carrier.retrieve(shipment_ref);
  const shipment = await carrier.createShipment(request);
  const kept = await keep(shipment.shipment_ref);
  if (kept === null) return null;
  return kept === shipment.shipment_ref ? shipment : carrier.retrieve(kept);
}
