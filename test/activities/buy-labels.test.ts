import type {Carrier} from '../../activities/ports.ts';
import {shippingActivities} from '../../activities/shipping.ts';
import {createEasypostCarrier} from '../../adapters/easypost.ts';
import {CARRIERS} from '../../domain/shipping/carrier-health.ts';
import {CHOICE} from '../../domain/shipping/choose-carrier.ts';
import {INSURANCE} from '../../domain/shipping/customs.ts';
import type {Store} from '../../store/index.ts';
import {type CarrierFixture, openCarrierFixture} from '../emulators/carrier-support.ts';

const HOUR = 3_600_000;
const ADDRESS = {name: 'A', line1: '1 Dock St', city: 'New York', region: 'NY', postal_code: '10001', country: 'US'};
const PARCEL = {
  parcel_id: 'par-1',
  from: ADDRESS,
  to: {...ADDRESS, city: 'Los Angeles', region: 'CA', postal_code: '90028'},
  weight_g: 500,
  length_mm: 200,
  width_mm: 100,
  height_mm: 100,
  delivery_sla: 'STANDARD',
  rules: {order_id: 'ord-1', policy_version: 1, terms: CARRIERS, weights: CHOICE, insurance: INSURANCE},
  promise: {pickup_at: null, deliver_by: null},
  contents: {currency: 'USD', lines: []},
};
const WISH = {sub_order_id: 'sub-1', sla_days: {SAME_DAY: 0, NEXT_DAY: 1, TWO_DAY: 2, STANDARD: null}};

let fixture: CarrierFixture;
let carrier: Carrier;
let shipment: string | null;
let parcel: typeof PARCEL;
let kept: object[];
let settled: string[];
let stuck: Set<string>;

beforeEach(async () => {
  fixture = await openCarrierFixture();
  carrier = createEasypostCarrier({apiKey: 'EZTK_1', baseUrl: fixture.url});
  shipment = null;
  parcel = PARCEL;
  kept = [];
  settled = [];
  stuck = new Set();
});
afterEach(() => fixture.discard());

/** One packed parcel, as the database would keep it. */
const verbs: Partial<Store> = {
  parcelsToLabel: async () => ({
    order_id: 'ord-1',
    stuck: stuck.size > 0,
    address: null,
    parcels: settled.length > 0 ? [] : [{...parcel, shipment_ref: shipment} as never],
  }),
  carrierAdmission: async ({carriers}) => Object.fromEntries(carriers.map((name) => [name, 'yes'])),
  carrierRecords: async () => [],
  logCarrierChoice: async () => undefined,
  hearOfPurchase: async () => ({asked_again: true}),
  reportStuck: async ({code}) => {
    stuck.add(code);
  },
  clearStuck: async () => stuck.clear(),
  keepShipment: async ({shipment_ref, declared, insured_amount}) => {
    kept.push({customs_amount: declared?.value ?? null, insured_amount});
    shipment ??= shipment_ref;
    return shipment;
  },
  settleLabel: async ({tracking_number}) => {
    settled.push(tracking_number);
  },
};
const buy = (through: Carrier = carrier) =>
  shippingActivities(verbs as Store, through, () => 0).buyLabels(WISH as never);
const labels = async () => (await fixture.ledger()).labels;
const passed = (hours: number) => fixture.control('clock', {advance_ms: hours * HOUR});

describe('a label whose rate is gone when it is to be bought', () => {
  it('is bought at a new rate of the same shipment, once', async () => {
    await fixture.control('faults', {operation: 'shipment.buy', mode: 'error_before'});
    await expect(buy()).rejects.toMatchObject({code: 'provider_broken'});
    await passed(25);
    await buy();
    expect(settled).toHaveLength(1);
    expect(await labels()).toHaveLength(1);
    expect((await fixture.ledger()).shipments).toHaveLength(1);
  });

  it('because another attempt has asked for prices anew, too', async () => {
    const overtaken: Carrier = {
      ...carrier,
      createShipment: async (request) => {
        const made = await carrier.createShipment(request);
        await carrier.rerate(made.shipment_ref);
        return made;
      },
    };
    await buy(overtaken);
    expect(await labels()).toHaveLength(1);
  });

  it('is adopted when another attempt bought it meanwhile', async () => {
    await buy({
      ...carrier,
      buy: async (ref, rate) => {
        await fixture.client.Shipment.buy(ref, rate);
        await passed(25);
        return carrier.buy(ref, rate);
      },
    });
    expect(await labels()).toHaveLength(1);
    expect(await carrier.rerate(shipment ?? '')).toMatchObject({label: {tracking_number: settled[0]}});
  });
});

describe('a shipment that no carrier offered anything for', () => {
  it('waits for ops by name and is offered again at the next attempt', async () => {
    const silent: Carrier = {
      ...carrier,
      createShipment: async (request) => ({...(await carrier.createShipment(request)), rates: []}),
      rerate: async (ref) => ({...(await carrier.rerate(ref)), rates: []}),
    };
    await expect(buy(silent)).rejects.toMatchObject({code: 'no_rates', retryable: true});
    expect(await labels()).toEqual([]);
    expect([...stuck]).toEqual(['no_rates']);
    await buy({...carrier, retrieve: async (ref) => ({...(await carrier.retrieve(ref)), rates: []})});
    expect(await labels()).toHaveLength(1);
    expect(stuck.size).toBe(0);
  });
});

const TEA = {
  ...{sku: 'TEA', description: 'Tea set', qty: 2, value: 36_050, weight_g: 1_800},
  ...{hs_code: '6911.10', origin_country: 'JP'},
};
const holding = (...lines: object[]) => ({...PARCEL, contents: {currency: 'USD', lines}}) as typeof PARCEL;
const toGermany = {...ADDRESS, city: 'Berlin', region: '', postal_code: '10115', country: 'DE'};
const declared = async () => {
  const {shipments} = await fixture.ledger();
  return shipments.map(({customs_items, insured}) => ({customs_items, insured}));
};

describe('a parcel that crosses a border', () => {
  it('is declared with code, origin and value, and is not opened without them', async () => {
    parcel = {...holding({...TEA, hs_code: null}), to: toGermany};
    const missing = {code: 'customs_data_missing', retryable: false, message: expect.stringContaining('TEA')};
    await expect(buy()).rejects.toMatchObject(missing);
    expect((await fixture.ledger()).shipments).toEqual([]);
    parcel = {...holding(TEA), to: toGermany};
    await buy();
    expect(await declared()).toMatchObject([
      {
        customs_items: [
          {hs_tariff_number: '6911.10', origin_country: 'JP', quantity: 2, value: '360.50', currency: 'USD'},
        ],
      },
    ]);
    expect(kept).toEqual([{customs_amount: 36_050, insured_amount: 36_050}]);
  });
});

describe('a parcel that is worth much', () => {
  it('is insured with its label, once, however often it is tried', async () => {
    parcel = holding(TEA);
    await fixture.control('faults', {operation: 'shipment.buy', mode: 'drop', when: 'after'});
    await expect(buy()).rejects.toMatchObject({unknown: true});
    expect(await declared()).toEqual([{customs_items: null, insured: '360.50'}]);
    await buy();
    expect(await declared()).toEqual([{customs_items: null, insured: '360.50'}]);
    expect(kept).toEqual([{customs_amount: null, insured_amount: 36_050}]);
  });
  it('is not insured below the threshold', async () => {
    parcel = holding({...TEA, value: 1_000});
    await buy();
    expect(await declared()).toEqual([{customs_items: null, insured: null}]);
  });
});

describe('a shipment that is refused', () => {
  it.each(['ADDRESS.VERIFY.FAILURE', 'SHIPMENT.INVALID_PARAMS'])('by %s needs a person, not a repeat', async (code) => {
    const body = JSON.stringify({error: {code, message: 'House number is missing', errors: []}});
    await fixture.control('faults', {operation: 'shipment.create', mode: 'status', status: 422, body});
    await expect(buy()).rejects.toMatchObject({
      code: code.toLowerCase().replaceAll('.', '_'),
      retryable: false,
      unknown: false,
    });
  });
});

/** F27: the platform does not know whether the carrier has sold. */
describe.each(['SHIPMENT.POSTAGE.TIMED_OUT', 'SHIPMENT.POSTAGE.NO_RESPONSE', 'SHIPMENT.PURCHASE.IN_PROGRESS'])(
  '%s',
  (code) => {
    it.each(['before', 'after'])('%s the label was sold ends in one label', async (when) => {
      const body = JSON.stringify({error: {code, message: 'm', errors: []}});
      await fixture.control('faults', {operation: 'shipment.buy', mode: 'status', status: 422, when, body});
      const ours = code.endsWith('IN_PROGRESS') ? 'provider_busy' : 'carrier_outcome_unknown';
      await expect(buy()).rejects.toMatchObject({code: ours, retryable: true, unknown: true});
      await buy();
      expect(settled).toHaveLength(1);
      expect(await labels()).toHaveLength(1);
    });
  },
);
