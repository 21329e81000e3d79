import type {Carrier} from '../../activities/ports.ts';
import {buyLabel} from '../../activities/buy-label.ts';
import {createEasypostCarrier} from '../../adapters/easypost.ts';
import {NO_PROMISE} from '../../activities/choose-carrier.ts';
import {CARRIERS} from '../../domain/shipping/carrier-health.ts';
import {CHOICE} from '../../domain/shipping/choose-carrier.ts';
import {INSURANCE} from '../../domain/shipping/customs.ts';
import type {carrier_health} from '../../store/generated/client.ts';
import {bindStore} from '../../store/index.ts';
import {countCarrierRecords} from '../../store/record-arrival.ts';
import {switchCarrier} from '../../store/switch-carrier.ts';
import {type CarrierFixture, openCarrierFixture} from '../emulators/carrier-support.ts';
import {startTestStore, type TestStore} from '../support/store.ts';

const FROM = {name: 'A', line1: '1 Dock St', city: 'New York', region: 'NY', postal_code: '10001', country: 'US'};
const TO = {...FROM, city: 'Los Angeles', region: 'CA', postal_code: '90028'};
const SIZE = {weight_g: 500, length_mm: 200, width_mm: 100, height_mm: 100};

let fixture: CarrierFixture;
let carrier: Carrier;
let test: TestStore;
let now: number;
const kept = new Map<string, string>();

beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test.close());
beforeEach(async () => {
  fixture = await openCarrierFixture();
  carrier = createEasypostCarrier({apiKey: 'EZTK_1', baseUrl: fixture.url});
  now = Date.UTC(2026, 3, 10, 9);
  kept.clear();
  await test.store.prisma.carrier_health.deleteMany();
});
afterEach(() => fixture.discard());

/** One attempt of one parcel; the engine would repeat it. */
function attempt(parcel: string, through: Carrier = carrier) {
  const store = bindStore({...test.store, now: () => new Date(now)});
  const keep = async (ref: string) => {
    kept.set(parcel, ref);
    return ref;
  };
  const request = {reference: parcel, from: FROM, to: TO, ...SIZE};
  const rules = {order_id: 'ord-1', policy_version: 1, terms: CARRIERS, weights: CHOICE, insurance: INSURANCE};
  const wanted = {shipment_ref: kept.get(parcel) ?? null, request, rules, wish: NO_PROMISE, keep};
  return buyLabel({carrier: through, store}, wanted);
}

/** Until it has a label, as the engine would; how often it took. */
async function labelled(parcel: string): Promise<{carrier: string; attempts: number}> {
  for (let attempts = 1; attempts <= 20; attempts += 1) {
    const label = await attempt(parcel).catch(() => null);
    if (label) return {carrier: label.carrier, attempts};
  }
  throw new Error(`${parcel} has no label after twenty attempts`);
}

const fault = (spec: object) => fixture.control('faults', {count: 1_000, ...spec});
const cure = () => fetch(`${fixture.url}/_control/faults`, {method: 'DELETE'});
const healthOf = (name: string): Promise<carrier_health> =>
  test.store.prisma.carrier_health.findUniqueOrThrow({where: {carrier: name}});
const labels = async () => (await fixture.ledger()).labels;
const refusal = (code: string) => ({mode: 'status', status: 422, body: JSON.stringify({error: {code, message: 'm'}})});

const DOWN: Record<string, object> = {
  'fails inside': {mode: 'status', status: 503},
  'wants to be left alone': {mode: 'status', status: 429, retry_after: 1},
  'answers with garbage': {mode: 'garbage'},
  'answers with garbage after it sold': {mode: 'garbage', when: 'after'},
  'hangs up': {mode: 'drop'},
  'times out': refusal('SHIPMENT.POSTAGE.TIMED_OUT'),
  'gives no response, having sold': {...refusal('SHIPMENT.POSTAGE.NO_RESPONSE'), when: 'after'},
};

describe.each(Object.entries(DOWN))('a carrier that %s', (_, spec) => {
  it('is routed around, and every parcel has one label', async () => {
    expect((await labelled('par-0')).carrier).toBe('NordFreight');
    await fault({operation: 'shipment.buy.NordFreight', ...spec});
    for (let i = 1; i <= 4; i += 1) await labelled(`par-${i}`);
    expect((await labels()).length).toBe(5);
    const health = await healthOf('NordFreight');
    expect(health.state).toBe('open');
    expect(health.failures).toBeLessThanOrEqual(10);
    expect(await labelled('par-5')).toEqual({carrier: 'SwiftPost', attempts: 1});
    await cure();
    now = Math.max(now, health.probe_at?.getTime() ?? 0);
    expect((await labelled('par-6')).carrier).toBe('NordFreight');
    expect(await healthOf('NordFreight')).toMatchObject({state: 'closed', failures: 0});
    expect(new Set((await labels()).map((label) => label.shipment_id)).size).toBe(7);
  });
});

describe('a probe', () => {
  const open = async () => {
    await fault({operation: 'shipment.buy.NordFreight', mode: 'status', status: 503});
    await labelled('par-1');
    now = (await healthOf('NordFreight')).probe_at?.getTime() ?? 0;
  };

  it('is made by one parcel while the others go elsewhere', async () => {
    await open();
    await cure();
    let go: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      go = resolve;
    });
    const slow: Carrier = {...carrier, buy: (...args) => waiting.then(() => carrier.buy(...args))};
    const probe = attempt('par-2', slow);
    while ((await healthOf('NordFreight')).state !== 'half_open')
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await attempt('par-3'))?.carrier).toBe('SwiftPost');
    go();
    expect((await probe)?.carrier).toBe('NordFreight');
    expect((await attempt('par-4'))?.carrier).toBe('NordFreight');
  });

  it('that fails costs its parcel nothing but the time: the next best sells in the same attempt', async () => {
    await open();
    expect((await attempt('par-2'))?.carrier).toBe('SwiftPost');
    expect(await healthOf('NordFreight')).toMatchObject({state: 'open', probes_failed: 1});
  });
});

describe('a carrier that people switch off', () => {
  it('is asked for nothing until they or the clock say so', async () => {
    await labelled('par-1');
    const off = {carrier: 'NordFreight', active: false, reason: 'strike', until: new Date(now + 1_000), actor: 'ops'};
    await switchCarrier({...test.store, now: () => new Date(now)}, off);
    expect((await labelled('par-2')).carrier).toBe('SwiftPost');
    now += 1_000;
    expect((await labelled('par-3')).carrier).toBe('NordFreight');
  });
  it('leaves the parcel waiting by name when there is no other', async () => {
    await labelled('par-1');
    for (const name of ['NordFreight', 'SwiftPost']) {
      await switchCarrier(test.store, {carrier: name, active: false, reason: 'r', until: null, actor: 'ops'});
    }
    await expect(attempt('par-2')).rejects.toMatchObject({code: 'no_carrier', retryable: true, unknown: false});
  });
  it('has to be one', async () => {
    expect(
      await switchCarrier(test.store, {carrier: 'X', active: false, reason: 'r', until: null, actor: 'o'}),
    ).toBeNull();
  });
});

interface Reasons {
  chosen: string;
  ranked: {rate_ref: string; total: number; terms: Record<string, number>}[];
}

it('why a carrier was chosen is kept, term by term, before its label is bought', async () => {
  await fault({operation: 'shipment.buy', mode: 'status', status: 503, count: 1});
  await expect(attempt('par-w')).rejects.toMatchObject({code: 'provider_broken'});
  const [first] = await test.store.prisma.decisions.findMany({where: {kind: 'carrier', id: {startsWith: 'dec_par-w'}}});
  const {chosen: ref, ranked} = (first?.output ?? {chosen: '', ranked: []}) as unknown as Reasons;
  const [chosen] = ranked;
  expect(chosen?.rate_ref).toBe(ref);
  expect(Object.values(chosen?.terms ?? {}).reduce((a, b) => a + b)).toBe(chosen?.total);
});

it('what became of earlier parcels counts', async () => {
  const arrivals = Array.from({length: 300}, (_, i) => ({
    ...{parcel_id: `old-${i}`, carrier: 'NordFreight', service: 'Economy'},
    ...{on_time: i % 10 === 0, arrived_at: new Date(now - 86_400_000)},
  }));
  await test.store.prisma.carrier_arrivals.createMany({data: arrivals});
  await countCarrierRecords({...test.store, now: () => new Date(now)});
  expect(await test.store.prisma.carrier_records.findMany()).toMatchObject([
    {carrier: 'NordFreight', service: 'Economy', arrived: 300, on_time: 30},
  ]);
  const label = await attempt('par-r');
  expect(`${label?.carrier} ${label?.service}`).not.toBe('NordFreight Economy');
  await test.store.prisma.carrier_records.deleteMany();
});

it('a carrier that names no price is not asked', async () => {
  await fault({operation: 'shipment.rates.NordFreight', mode: 'status'});
  expect(await labelled('par-1')).toEqual({carrier: 'SwiftPost', attempts: 1});
});
