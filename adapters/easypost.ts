import {AsyncLocalStorage} from 'node:async_hooks';
import easypost from '@easypost/api';
import type {Carrier, CarrierPickup, ManifestForm, Shipment} from '../activities/ports.ts';
import {ProviderError} from '../domain/provider-error.ts';
import {easypostFailure, refusalCode} from './easypost-errors.ts';
import {addressParams, readVerified} from './easypost-address.ts';
import {readShipment, readTracker, shipmentParams} from './easypost-shipment.ts';
import {formRefOf, readForm} from './easypost-form.ts';
import {pickupParams, readPickup} from './easypost-pickup.ts';
import {providerFailure} from './provider-failures.ts';
import {retryAfterOf} from './retry-after.ts';

// the types describe a CommonJS module, the runtime gives the class itself
const EasyPost = easypost as unknown as (typeof easypost)['default'];
type Client = InstanceType<typeof EasyPost>;

export interface EasypostOptions {
  apiKey: string;
  /** without the version, such as http://127.0.0.1:8090; EasyPost itself when absent */
  baseUrl?: string | undefined;
  timeoutMs?: number | undefined;
}

/** Rates, labels and tracking of many carriers through EasyPost. Failures are ProviderErrors. */
export function createEasypostCarrier(options: EasypostOptions): Carrier {
  const client = createClient(options);
  return {
    verifyAddress: (address) =>
      heeding(async () =>
        readVerified(address, await attempt(() => client.Address.create({...addressParams(address), verify: true}))),
      ),
    // repeated, it leaves a shipment without postage behind, which costs nothing
    createShipment: (request) => heeding(() => shipment(() => client.Shipment.create(shipmentParams(request)))),
    retrieve: (ref) => heeding(() => retrieve(client, ref)),
    rerate: (ref) => heeding(() => rerate(client, ref)),
    buy: (ref, rateRef) => heeding(() => buy(client, ref, rateRef)),
    refund: (ref) => heeding(() => refund(client, ref)),
    track: (ref) => heeding(async () => readTracker(await attempt(() => client.Tracker.retrieve(ref)))),
    makeForm: (refs) =>
      heeding(async () =>
        readForm(await attempt(() => client.ScanForm.create({shipments: refs.map((id) => ({id}))} as never))),
      ),
    formOf: (ref) => heeding(() => formOf(client, ref)),
    // repeated, it leaves an offer behind, which costs nothing
    offerPickup: (request) => heeding(() => pickup(() => client.Pickup.create(pickupParams(request)))),
    pickup: (ref) => heeding(() => pickup(() => client.Pickup.retrieve(ref))),
    bookPickup: (ref, {carrier, service}) =>
      heeding(() => becomes(client, ref, 'booked', () => client.Pickup.buy(ref, carrier, service))),
    cancelPickup: (ref) => heeding(() => becomes(client, ref, 'cancelled', () => client.Pickup.cancel(ref))),
  };
}

interface SdkRequest {
  timeout(limits: {response: number; deadline: number}): SdkRequest;
  on(event: 'response', listener: (response: {headers: Record<string, string | undefined>}) => void): SdkRequest;
}

/** What the last answer of a call said beside its body: the SDK's errors have no headers. */
const heard = new AsyncLocalStorage<{retryAfter: number | null}>();

/** A call that is turned away tells for how long. */
function heeding<T>(call: () => Promise<T>): Promise<T> {
  const answer: {retryAfter: number | null} = {retryAfter: null};
  return heard.run(answer, async () => {
    try {
      return await call();
    } catch (error) {
      const throttled = error instanceof ProviderError && error.code === 'provider_throttled';
      throw throttled ? providerFailure.throttled('EasyPost', answer.retryAfter) : error;
    }
  });
}

function createClient({apiKey, baseUrl, timeoutMs = 20_000}: EasypostOptions): Client {
  return new EasyPost(apiKey, {
    ...(baseUrl && {baseUrl: `${baseUrl.replace(/\/+(v2\/*)?$/, '')}/v2/`}),
    // the SDK takes a `timeout` and never uses it
    requestMiddleware: (request: SdkRequest) => {
      const answer = heard.getStore();
      return request.timeout({response: timeoutMs, deadline: timeoutMs}).on('response', ({headers}) => {
        if (answer) answer.retryAfter = retryAfterOf(headers['retry-after']);
      });
    },
  });
}

async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw easypostFailure(error);
  }
}

async function shipment(call: () => Promise<unknown>): Promise<Shipment> {
  return readShipment(await attempt(call));
}

function retrieve(client: Client, ref: string): Promise<Shipment> {
  return shipment(() => client.Shipment.retrieve(ref));
}

const EXISTS = 'SHIPMENT.POSTAGE.EXISTS';

async function rerate(client: Client, ref: string): Promise<Shipment> {
  try {
    await client.Shipment.regenerateRates(ref);
  } catch (error) {
    // its label was bought by an attempt whose answer is lost
    if (refusalCode(error) !== EXISTS) throw easypostFailure(error);
  }
  // the answer has the rates only
  return retrieve(client, ref);
}

/** A rate is taken back in more ways than one: its own code, or not found, though the shipment is. */
async function buyFailure(client: Client, ref: string, rateRef: string, error: unknown): Promise<ProviderError> {
  const code = refusalCode(error) ?? '';
  const failure = easypostFailure(error);
  if (failure.retryable) return failure;
  const gone = /\bRATES?\b/.test(code) || (code === 'NOT_FOUND' && (await isThere(client, ref)));
  return gone ? new ProviderError('rate_gone', `EasyPost takes back the rate ${rateRef}`, AGAIN) : failure;
}

const AGAIN = {retryable: true, unknown: false} as const;

async function isThere(client: Client, ref: string): Promise<boolean> {
  return retrieve(client, ref).then(
    () => true,
    () => false,
  );
}

/** There is no idempotency key, but one shipment takes postage once: a second purchase is refused by that. */
async function buy(client: Client, ref: string, rateRef: string): Promise<Shipment> {
  let bought: Shipment;
  try {
    bought = readShipment(await client.Shipment.buy(ref, rateRef));
  } catch (error) {
    // an earlier attempt succeeded and its answer was lost: its label is ours, whatever its rate
    if (refusalCode(error) !== EXISTS) throw await buyFailure(client, ref, rateRef, error);
    bought = await retrieve(client, ref);
  }
  if (!bought.label) throw providerFailure.unreadable('EasyPost');
  return bought;
}

async function formOf(client: Client, ref: string): Promise<ManifestForm | null> {
  const form = formRefOf(await attempt(() => client.Shipment.retrieve(ref)));
  return form === null ? null : readForm(await attempt(() => client.ScanForm.retrieve(form)));
}

async function pickup(call: () => Promise<unknown>): Promise<CarrierPickup> {
  return readPickup(await attempt(call));
}

/** What is refused may have been done already by an earlier attempt whose answer was lost. */
async function becomes(client: Client, ref: string, state: CarrierPickup['state'], call: () => Promise<unknown>) {
  try {
    const now = readPickup(await call());
    if (now.state === state) return now;
    // a good answer that says otherwise is no answer
    throw providerFailure.unreadable('EasyPost');
  } catch (error) {
    const failure = easypostFailure(error);
    if (failure.retryable) throw failure;
    const found = await pickup(() => client.Pickup.retrieve(ref));
    if (found.state !== state) throw failure;
    return found;
  }
}

async function refund(client: Client, ref: string): Promise<Shipment['refund']> {
  try {
    return readShipment(await client.Shipment.refund(ref)).refund;
  } catch (error) {
    const failure = easypostFailure(error);
    if (failure.retryable) throw failure;
    // refused: nothing was ever bought, or an earlier request has its answer already
    const {label, refund: state} = await retrieve(client, ref);
    if (label && state === 'none') throw failure;
    return state;
  }
}
