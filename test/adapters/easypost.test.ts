import type {Carrier, ShipmentRequest} from '../../activities/ports.ts';
import {createEasypostCarrier} from '../../adapters/easypost.ts';
import {type CarrierFixture, openCarrierFixture, T0} from '../emulators/carrier-support.ts';

let fixture: CarrierFixture;
let carrier: Carrier;

beforeEach(async () => {
  fixture = await openCarrierFixture({refundDelayMs: 60_000});
  carrier = createEasypostCarrier({apiKey: 'EZTK_1', baseUrl: fixture.url});
});

afterEach(() => fixture.discard());

const REQUEST: ShipmentRequest = {
  reference: 'parcel-1',
  from: {name: 'WH NY', line1: '1 Dock St', city: 'New York', region: 'NY', postal_code: '10001', country: 'US'},
  to: {
    name: 'Ada Lovelace',
    line1: '9 Sunset Blvd',
    line2: '',
    city: 'Los Angeles',
    region: 'CA',
    postal_code: '90028',
    country: 'US',
    phone: undefined,
  },
  weight_g: 500,
  length_mm: 254,
  width_mm: 200,
  height_mm: 100,
};

async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const {name, code, retryable, unknown} = error as Record<string, unknown>;
  return {name, code, retryable, unknown};
}

const fault = (operation: string, mode: string, more: object = {}) =>
  fixture.control('faults', {operation, mode, ...more});

async function quoted() {
  const shipment = await carrier.createShipment(REQUEST);
  const [cheapest] = shipment.rates.toSorted((a, b) => a.amount - b.amount);
  if (!cheapest) throw new Error('no rates');
  return {ref: shipment.shipment_ref, rate: cheapest, rates: shipment.rates};
}

describe('rates', () => {
  it('has addresses verified, corrected and refused', async () => {
    const to = {...REQUEST.to, line2: undefined};
    expect(await carrier.verifyAddress(to)).toEqual({deliverable: true, codes: [], address: to});
    const wrong = {...to, line1: '417 Montgomery Stret', line2: 'Floor 5'};
    const right = {...wrong, line1: '417 Montgomery Street'};
    expect(await carrier.verifyAddress(wrong)).toEqual({deliverable: true, codes: [], address: right});
    const nowhere = {...to, line1: '1 Unfindable Road'};
    expect(await carrier.verifyAddress(nowhere)).toEqual({
      deliverable: false,
      codes: ['E.ADDRESS.NOT_FOUND'],
      address: nowhere,
    });
  });
  it('come as exact minor units, before anything is bought', async () => {
    const shipment = await carrier.createShipment(REQUEST);
    expect(shipment).toMatchObject({label: null, refund: 'none'});
    const raw = await fixture.client.Shipment.retrieve(shipment.shipment_ref);
    expect(shipment.rates.map(({amount}) => amount)).toEqual(raw.rates.map(({rate}) => Number(rate.replace('.', ''))));
    expect(shipment.rates[0]).toMatchObject({
      currency: 'USD',
      carrier: expect.any(String),
      carbon_g: expect.any(Number),
    });
  });

  it('are for the parcel in inches and ounces, never smaller than it is', async () => {
    const {shipment_ref: ref} = await carrier.createShipment(REQUEST);
    const {parcel, reference, to_address: to} = await fixture.client.Shipment.retrieve(ref);
    expect(parcel).toMatchObject({length: 10, width: 7.9, height: 4, weight: 17.7});
    expect(reference).toBe('parcel-1');
    expect(to).toMatchObject({name: 'Ada Lovelace', street1: '9 Sunset Blvd', state: 'CA', zip: '90028', phone: null});
  });
});

describe('a label', () => {
  it('is bought at the chosen rate', async () => {
    const {ref, rate} = await quoted();
    const {label} = await carrier.buy(ref, rate.rate_ref);
    expect(label).toMatchObject({
      carrier: rate.carrier,
      service: rate.service,
      cost: rate.amount,
      currency: 'USD',
      delivery_days: rate.delivery_days,
      tracking_number: expect.any(String),
      tracker_ref: expect.stringMatching(/^trk_/),
    });
    expect((await fetch(label?.label_url ?? '')).status).toBe(200);
    expect(label?.estimated_delivery).toBeGreaterThan(T0);
    expect((await carrier.retrieve(ref)).label).toEqual(label);
  });

  it('is adopted when it was bought already, at whatever rate', async () => {
    const {ref, rates} = await quoted();
    const [first, second] = rates;
    const bought = await carrier.buy(ref, first?.rate_ref ?? '');
    expect(await carrier.buy(ref, second?.rate_ref ?? '')).toEqual(bought);
    expect((await fixture.ledger()).labels).toHaveLength(1);
  });

  it.each([
    ['error_after', {}],
    ['drop', {when: 'after'}],
    ['garbage', {when: 'after'}],
  ])('is bought once when the answer is lost by %s %j', async (mode, more) => {
    const {ref, rate} = await quoted();
    await fault('shipment.buy', mode, more);
    expect(await failureOf(carrier.buy(ref, rate.rate_ref))).toMatchObject({
      name: 'ProviderError',
      retryable: true,
      unknown: true,
    });
    expect((await carrier.buy(ref, rate.rate_ref)).label).not.toBeNull();
    expect((await fixture.ledger()).labels).toHaveLength(1);
  });

  it.each([
    ['SHIPMENT.POSTAGE.TIMED_OUT', 'carrier_outcome_unknown'],
    ['SHIPMENT.POSTAGE.NO_RESPONSE', 'carrier_outcome_unknown'],
    // still at work, and perhaps for another carrier
    ['SHIPMENT.PURCHASE.IN_PROGRESS', 'provider_busy'],
  ])('has an unknown outcome on %s', async (code, ours) => {
    const {ref, rate} = await quoted();
    await fault('shipment.buy', 'status', {status: 422, body: JSON.stringify({error: {code, message: 'm'}})});
    expect(await failureOf(carrier.buy(ref, rate.rate_ref))).toEqual({
      name: 'ProviderError',
      code: ours,
      retryable: true,
      unknown: true,
    });
  });

  it('is refused for good by another answer of the carrier', async () => {
    const {ref, rate} = await quoted();
    const body = JSON.stringify({error: {code: 'SHIPMENT.POSTAGE.FAILURE', message: 'to 9 Sunset Blvd'}});
    await fault('shipment.buy', 'status', {status: 422, body});
    await expect(carrier.buy(ref, rate.rate_ref)).rejects.toMatchObject({
      code: 'shipment_postage_failure',
      message: 'EasyPost refused: SHIPMENT.POSTAGE.FAILURE',
      retryable: false,
      unknown: false,
    });
  });
});

describe('a refund', () => {
  it('is asked for, and asked for again', async () => {
    const {ref, rate} = await quoted();
    await carrier.buy(ref, rate.rate_ref);
    expect(await carrier.refund(ref)).toBe('submitted');
    expect(await carrier.refund(ref)).toBe('submitted');
    await fixture.control('clock', {advance_ms: 61_000});
    expect(await carrier.retrieve(ref)).toMatchObject({refund: 'refunded'});
  });

  it('is nothing to do without a label', async () => {
    const {ref} = await quoted();
    expect(await carrier.refund(ref)).toBe('none');
  });
});

describe('tracking', () => {
  it('tells the status and when it came about', async () => {
    const {ref, rate} = await quoted();
    const {label} = await carrier.buy(ref, rate.rate_ref);
    const tracker = label?.tracker_ref ?? '';
    const seen = await carrier.track(tracker);
    expect(seen).toMatchObject({tracking_number: label?.tracking_number, raw_status: 'pre_transit'});
    expect(seen.estimated_delivery).toBe(label?.estimated_delivery);
    const at = new Date(Math.ceil(T0 / 1000) * 1000 + 60_000).toISOString();
    await fixture.control('trackers', {shipment_id: ref, events: [{status: 'in_transit', at}]});
    await fixture.control('clock', {advance_ms: 120_000});
    expect(await carrier.track(tracker)).toMatchObject({raw_status: 'in_transit', at: Date.parse(at)});
  });
});

describe('failures', () => {
  it.each<[string, object, object]>([
    ['error_before', {}, {code: 'provider_broken', retryable: true, unknown: true}],
    ['status', {status: 504}, {code: 'provider_broken', retryable: true, unknown: true}],
    ['status', {status: 429}, {code: 'provider_throttled', retryable: true, unknown: false}],
    ['status', {status: 401}, {code: 'provider_unauthorised', retryable: false, unknown: false}],
    ['status', {status: 404}, {code: 'not_found', retryable: false, unknown: false}],
    ['status', {status: 503, body: '<html>'}, {code: 'provider_broken', retryable: true, unknown: true}],
    ['drop', {}, {code: 'provider_unreachable', retryable: true, unknown: true}],
    ['garbage', {}, {code: 'provider_unreadable', retryable: true, unknown: true}],
    ['garbage', {body: '{}'}, {code: 'provider_unreadable', retryable: true, unknown: true}],
    ['garbage', {body: 'null'}, {code: 'provider_unreadable', retryable: true, unknown: true}],
    ['garbage', {body: '{"id":"shp_1","rates":7}'}, {code: 'provider_unreadable', retryable: true, unknown: true}],
  ])('%s %j are told apart', async (mode, more, expected) => {
    await fault('shipment.create', mode, more);
    expect(await failureOf(carrier.createShipment(REQUEST))).toEqual({name: 'ProviderError', ...expected});
  });

  it('tell for how long the platform wants to be left alone', async () => {
    await fault('shipment.create', 'status', {status: 429, retry_after: 7});
    await expect(carrier.createShipment(REQUEST)).rejects.toMatchObject({retryAfter: 7_000});
    await fault('shipment.create', 'status', {status: 429});
    await expect(carrier.createShipment(REQUEST)).rejects.toMatchObject({retryAfter: null});
  });

  it('does not wait for ever', async () => {
    const hasty = createEasypostCarrier({apiKey: 'EZTK_1', baseUrl: `${fixture.url}/v2/`, timeoutMs: 100});
    await fault('shipment.create', 'delay', {when: 'after', delay_ms: 400});
    expect(await failureOf(hasty.createShipment(REQUEST))).toMatchObject({
      code: 'provider_unreachable',
      retryable: true,
      unknown: true,
    });
  });

  it('is unreachable when nobody listens', async () => {
    const nowhere = createEasypostCarrier({apiKey: 'EZTK_1', baseUrl: 'http://127.0.0.1:1'});
    expect(await failureOf(nowhere.track('trk_1'))).toMatchObject({code: 'provider_unreachable', unknown: true});
  });
});
