import {bought, type CarrierFixture, openCarrierFixture, T0} from './carrier-support.ts';

const HOUR = 3_600_000;
const dock = {name: 'WH NY', street1: '1 Dock St', city: 'New York', state: 'NY', zip: '10001', country: 'US'};

type Answer = Record<string, unknown> & {id: string; status: string};

describe('carrier emulator: what a driver fetches', () => {
  let carrier: CarrierFixture;
  beforeEach(async () => {
    carrier = await openCarrierFixture();
  });
  afterEach(() => carrier.discard());

  const form = async (...ids: string[]) =>
    (await carrier.client.ScanForm.create({shipments: ids.map((id) => ({id}))} as never)) as unknown as Answer;
  const ask = async (shipment: string, more: object = {}) =>
    (await carrier.client.Pickup.create({
      ...{reference: 'p-1', address: dock, shipment: {id: shipment}, instructions: '2 parcels'},
      ...{min_datetime: new Date(T0 + HOUR).toISOString(), max_datetime: new Date(T0 + 3 * HOUR).toISOString()},
      ...more,
    } as never)) as unknown as Answer;
  const books = async (part: string) => ((await carrier.control('ledger'))[part] ?? []) as Answer[];
  const code = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: {code?: string}) => error.code,
    );

  it('makes one form for shipments of one carrier and place, and each is on one', async () => {
    const [one, two] = [await bought(carrier.client), await bought(carrier.client)];
    const made = await form(one.id, two.id);
    expect(made).toMatchObject({status: 'created', tracking_codes: [one.tracking_code, two.tracking_code]});
    expect(await code(form(two.id))).toBe('SCAN_FORM.SHIPMENT.EXISTS');
    expect(((await carrier.client.Shipment.retrieve(one.id)) as unknown as {scan_form: Answer}).scan_form.id).toBe(
      made.id,
    );
    expect(await carrier.client.ScanForm.retrieve(made.id)).toMatchObject({id: made.id});
    expect(await books('scan_forms')).toMatchObject([{id: made.id}]);
  });

  it('refuses forms of what was not paid, was given back, or leaves from elsewhere', async () => {
    const elsewhere = {from_address: {...dock, street1: '2 Other St'}};
    const [one, other, back] = [
      await bought(carrier.client),
      await bought(carrier.client, elsewhere),
      await bought(carrier.client),
    ];
    await carrier.client.Shipment.refund(back.id);
    expect(await code(form(one.id, other.id))).toBe('SCAN_FORM.SHIPMENT.ADDRESSES_DIFFER');
    expect(await code(form(back.id))).toBe('SCAN_FORM.SHIPMENT.REFUNDED');
    const unpaid = await carrier.client.Shipment.create({
      from_address: dock,
      to_address: dock,
      parcel: {weight: 10},
    } as never);
    expect(await code(form(unpaid.id))).toBe('SCAN_FORM.SHIPMENT.NO_POSTAGE');
    expect(await code(form())).toBe('PARAMETER.REQUIRED');
    expect(await books('scan_forms')).toEqual([]);
  });

  it('offers drivers, books one of them once, and calls it off once', async () => {
    const {Pickup} = carrier.client;
    const paid = await bought(carrier.client);
    const asked = await ask(paid.id);
    const name = paid.selected_rate.carrier;
    expect(asked).toMatchObject({status: 'unknown', confirmation: null});
    expect(asked['pickup_rates']).toMatchObject([
      {carrier: name, service: 'Scheduled', rate: '4.50'},
      {service: 'SameDay'},
    ]);
    expect(await code(Pickup.cancel(asked.id))).toBe('PICKUP.NOT_SCHEDULED');
    expect(await code(Pickup.buy(asked.id, 'Nobody', 'Scheduled'))).toBe('PICKUP.RATE');
    expect(await Pickup.buy(asked.id, name, 'Scheduled')).toMatchObject({
      status: 'scheduled',
      confirmation: 'WTC1000001',
    });
    expect(await code(Pickup.buy(asked.id, name, 'SameDay'))).toBe('PICKUP.SCHEDULED');
    expect(await Pickup.retrieve('p-1')).toMatchObject({id: asked.id, status: 'scheduled'});
    expect(await Pickup.cancel(asked.id)).toMatchObject({status: 'canceled'});
    expect(await code(Pickup.cancel(asked.id))).toBe('PICKUP.NOT_SCHEDULED');
    expect(await books('pickups')).toMatchObject([{status: 'canceled', service: 'Scheduled', cost: 450}]);
  });

  it('keeps its drivers when it is started again', async () => {
    const paid = await bought(carrier.client);
    const {id} = await ask(paid.id);
    await carrier.client.Pickup.buy(id, paid.selected_rate.carrier, 'Scheduled');
    await carrier.close();
    carrier = await openCarrierFixture({booksDir: carrier.dir});
    expect(await books('pickups')).toMatchObject([{id, status: 'scheduled'}]);
  });

  it('refuses a driver for nothing, for another time than there is, and where a carrier offers none', async () => {
    const paid = await bought(carrier.client);
    const past = {min_datetime: new Date(T0 - 3 * HOUR).toISOString(), max_datetime: new Date(T0 - HOUR).toISOString()};
    expect(await code(ask(paid.id, past))).toBe('PARAMETER.INVALID');
    expect(await code(ask(paid.id, {min_datetime: ''}))).toBe('PARAMETER.REQUIRED');
    expect(await code(ask('shp_none'))).toBe('NOT_FOUND');
    await carrier.control('faults', {operation: `pickup.rates.${paid.selected_rate.carrier}`, mode: 'drop'});
    expect(await ask(paid.id)).toMatchObject({pickup_rates: [], messages: [{type: 'rate_error'}]});
    await carrier.client.Shipment.refund(paid.id);
    expect(await code(ask(paid.id))).toBe('PICKUP.REFUNDED');
  });
});
