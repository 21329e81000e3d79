import {bought, type CarrierFixture, openCarrierFixture, parcelTo, T0} from './carrier-support.ts';

describe('carrier emulator: shipments through the EasyPost SDK', () => {
  let carrier: CarrierFixture;
  beforeAll(async () => {
    carrier = await openCarrierFixture();
  });
  afterAll(() => carrier.discard());

  it('rates a shipment with several carriers, always the same', async () => {
    const first = await carrier.client.Shipment.create(parcelTo() as never);
    const second = await carrier.client.Shipment.create(parcelTo() as never);
    expect(first.id).toMatch(/^shp_[0-9a-f]{32}$/);
    expect(first.rates.map((rate) => `${rate.carrier} ${rate.service}`)).toEqual([
      'SwiftPost Ground',
      'SwiftPost Priority',
      'SwiftPost Express',
      'NordFreight Economy',
      'NordFreight Standard',
    ]);
    expect(second.rates.map((rate) => rate.rate)).toEqual(first.rates.map((rate) => rate.rate));
    expect(second.id).not.toBe(first.id);
    expect(first.rates[1]).toMatchObject({
      object: 'Rate',
      rate: expect.stringMatching(/^\d+\.\d{2}$/),
      currency: 'USD',
      delivery_days: 2,
      est_delivery_days: 2,
      delivery_date: '2026-04-12T20:00:00Z',
      delivery_date_guaranteed: false,
      shipment_id: first.id,
      carbon_offset: {grams: expect.any(Number)},
    });
    expect(first.postage_label).toBeNull();
  });

  it('offers the courier in town only, and bills in the currency of the sender', async () => {
    const here = await carrier.client.Shipment.create(parcelTo({city: 'New York', state: 'NY', zip: '10011'}) as never);
    expect(here.rates.map((rate) => rate.service)).toEqual(expect.arrayContaining(['SameDay', 'NextDay']));
    const brazil = {name: 'CD', street1: 'Rua A 1', city: 'São Paulo', state: 'SP', zip: '01310-100', country: 'BR'};
    const there = await carrier.client.Shipment.create(
      parcelTo({city: 'Sao Paulo', state: 'SP', zip: '04094-050', country: 'BR'}, {from_address: brazil}) as never,
    );
    expect(there.rates.find((rate) => rate.service === 'SameDay')?.currency).toBe('BRL');
  });

  it('asks more for weight, for room and for distance', async () => {
    const price = async (to: object, parcel: object) => {
      const shipment = await carrier.client.Shipment.create(parcelTo({...to}, {parcel}) as never);
      return Number(shipment.rates.find((rate) => rate.service === 'Ground')?.rate);
    };
    const small = {length: 6, width: 4, height: 2, weight: 10};
    const base = await price({}, small);
    expect(await price({}, {...small, weight: 200})).toBeGreaterThan(base);
    expect(await price({}, {...small, length: 30, width: 12, height: 12})).toBeGreaterThan(base);
    expect(await price({city: 'Newark', state: 'NJ', zip: '07102'}, small)).toBeLessThan(base);
    expect(await price({city: 'Berlin', state: '', zip: '10115', country: 'DE'}, small)).toBeGreaterThan(base);
  });

  it('has no rates but messages for a parcel nobody takes', async () => {
    const shipment = await carrier.client.Shipment.create(parcelTo({}, {parcel: {weight: 5000}}) as never);
    expect(shipment.rates).toEqual([]);
    expect(shipment.messages).toContainEqual(expect.objectContaining({carrier: 'NordFreight', type: 'rate_error'}));
  });

  it('sells postage once', async () => {
    const shipment = await carrier.client.Shipment.create(parcelTo() as never);
    const rate = shipment.lowestRate(['SwiftPost']);
    const paid = await carrier.client.Shipment.buy(shipment.id, rate);
    expect(paid.tracking_code).toMatch(/^SWP\d{16}$/);
    expect(paid.selected_rate).toMatchObject({id: rate.id, rate: rate.rate});
    expect(paid.postage_label).toMatchObject({
      label_url: `${carrier.url}/labels/${shipment.id}.pdf`,
      label_pdf_url: `${carrier.url}/labels/${shipment.id}.pdf`,
      label_size: '4x6',
      label_date: '2026-04-10T09:00:00Z',
    });
    expect(paid.tracker).toMatchObject({
      tracking_code: paid.tracking_code,
      status: 'pre_transit',
      shipment_id: shipment.id,
    });
    expect(paid.fees.map((fee) => fee.amount)).toEqual([expect.stringMatching(/^\d+\.\d{5}$/), `${rate.rate}000`]);
    await expect(carrier.client.Shipment.buy(shipment.id, shipment.rates[0]!)).rejects.toMatchObject({
      statusCode: 422,
      code: 'SHIPMENT.POSTAGE.EXISTS',
    });
    const again = await carrier.client.Shipment.retrieve(shipment.id);
    expect(again.tracking_code).toBe(paid.tracking_code);
    const labels = (await carrier.ledger()).labels.filter((label) => label.shipment_id === shipment.id);
    expect(labels).toEqual([
      expect.objectContaining({cost: Math.round(Number(rate.rate) * 100), currency: 'USD', voided_at: null}),
    ]);
  });

  it('forgets old rates on a new rating, and rates nothing that is bought', async () => {
    const shipment = await carrier.client.Shipment.create(parcelTo() as never);
    const fresh = (await carrier.client.Shipment.regenerateRates(shipment.id)) as unknown as typeof shipment;
    expect(fresh.rates.map((rate) => rate.rate)).toEqual(shipment.rates.map((rate) => rate.rate));
    await expect(carrier.client.Shipment.buy(shipment.id, shipment.rates[0]!)).rejects.toMatchObject({statusCode: 404});
    await carrier.client.Shipment.buy(shipment.id, fresh.rates[0]!);
    await expect(carrier.client.Shipment.regenerateRates(shipment.id)).rejects.toMatchObject({statusCode: 422});
  });

  it('answers wrong requests in the shape of EasyPost', async () => {
    await expect(carrier.client.Shipment.retrieve('shp_none')).rejects.toMatchObject({
      statusCode: 404,
      code: 'NOT_FOUND',
    });
    await expect(carrier.client.Shipment.create({parcel: {weight: 1}} as never)).rejects.toMatchObject({
      statusCode: 422,
      code: 'PARAMETER.REQUIRED',
      errors: [{field: 'from_address', message: 'cannot be blank'}],
    });
    await expect(carrier.client.Shipment.create(parcelTo({}, {parcel: {weight: 0}}) as never)).rejects.toMatchObject({
      code: 'PARAMETER.INVALID',
    });
    const bare = await fetch(`${carrier.url}/v2/shipments`);
    expect(bare.status).toBe(401);
  });

  it('lists in pages, newest first', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push((await carrier.client.Shipment.create(parcelTo() as never)).id);
    const first = await carrier.client.Shipment.all({page_size: 2});
    expect(first.shipments.map(({id}) => id)).toEqual([ids[2], ids[1]]);
    expect(first.has_more).toBe(true);
    const next = await carrier.client.Shipment.getNextPage(first);
    expect(next.shipments[0]?.id).toBe(ids[0]);
  });

  it('keeps addresses, and takes them by id', async () => {
    const address = await carrier.client.Address.create({
      street1: '1 Dock St',
      city: 'New York',
      zip: '10001',
      country: 'US',
    } as never);
    expect((await carrier.client.Address.retrieve(address.id)).street1).toBe('1 Dock St');
    const shipment = await carrier.client.Shipment.create(parcelTo({}, {from_address: {id: address.id}}) as never);
    expect(shipment.from_address.id).toBe(address.id);
  });

  it('refunds a label that never moved, later', async () => {
    const paid = await bought(carrier.client);
    expect((await carrier.client.Shipment.refund(paid.id)).refund_status).toBe('submitted');
    expect((await carrier.client.Shipment.refund(paid.id)).refund_status).toBe('submitted');
    await carrier.control('clock', {advance_ms: 600_000});
    expect((await carrier.client.Shipment.retrieve(paid.id)).refund_status).toBe('refunded');
    const ledger = await carrier.ledger();
    expect(ledger.voids.filter((row) => row.shipment_id === paid.id)).toEqual([
      expect.objectContaining({state: 'refunded'}),
    ]);
    expect(ledger.labels.find((row) => row.shipment_id === paid.id)?.voided_at).toEqual(expect.any(String));
    expect(Date.parse(ledger.now)).toBeGreaterThan(T0);
  });

  it('rejects a refund once the parcel has moved, and takes the request again', async () => {
    const paid = await bought(carrier.client);
    await carrier.control('trackers', {shipment_id: paid.id, events: [{status: 'in_transit'}]});
    await carrier.client.Shipment.refund(paid.id);
    await carrier.control('clock', {advance_ms: 600_000});
    expect((await carrier.client.Shipment.retrieve(paid.id)).refund_status).toBe('rejected');
    expect((await carrier.client.Shipment.refund(paid.id)).refund_status).toBe('submitted');
    await carrier.control('refunds', {shipment_id: paid.id, state: 'refunded'});
    const states = (await carrier.ledger()).voids.filter((row) => row.shipment_id === paid.id).map((row) => row.state);
    expect(states).toEqual(['rejected', 'refunded']);
  });

  it('refuses a refund of what was never bought', async () => {
    const shipment = await carrier.client.Shipment.create(parcelTo() as never);
    await expect(carrier.client.Shipment.refund(shipment.id)).rejects.toMatchObject({statusCode: 422});
  });
});
