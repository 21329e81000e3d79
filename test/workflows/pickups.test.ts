import type {Carrier} from '../../activities/ports.ts';
import {COLLECTION} from '../../domain/shipping/collection.ts';
import type {RelayParts} from '../../workers/relay/start-relay.ts';
import {freshKey} from '../support/api.ts';
import {violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

interface Pickup {
  pickup_id: string;
  carrier: string;
  day: string;
  state: string;
  from: string;
  until: string;
  parcels: number | null;
  confirmation: string | null;
  cost: {amount: number} | null;
  failure: string | null;
  instead: string[];
}
interface AtCarrier {
  reference: string;
  status: string;
  instructions: string;
  from: string;
}

/** A Tuesday, ten in the morning in New York. */
const MORNING = Date.parse('2026-11-24T15:00:00Z');

describe('a pickup', () => {
  let world: World;
  let floor: Floor;
  let carrier: string;
  beforeAll(async () => {
    const collection = {...COLLECTION, retry_first: 50, retry_max: 400, lease: 4_000, pickup_look: 1_000};
    const relay = (parts: RelayParts) => ({...parts, carrier: mortal(parts.carrier)});
    // two relays: a driver is asked for once all the same
    world = await startWorld({relays: 2, t0: MORNING, policy: {collection}, relay});
    floor = openFloor(world);
    await openShop(world.api);
    carrier = await pack();
  });
  afterAll(() => world.close());
  afterEach(async () => {
    for (const end of dead.splice(0)) end();
    await fetch(`${world.carrierUrl}/_control/faults`, {method: 'DELETE'});
  });

  /** At the next call of this name the relay is killed when the carrier has done it. */
  const dying = new Set<keyof Carrier>();
  const dead: (() => void)[] = [];
  const dies = <A extends unknown[], T>(name: keyof Carrier, call: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      const answer = await call(...args);
      if (dying.delete(name)) await new Promise((_, reject) => dead.push(() => reject(new Error('killed'))));
      return answer;
    };
  };
  const mortal = (real: Carrier): Carrier => ({
    ...real,
    offerPickup: dies('offerPickup', real.offerPickup),
    bookPickup: dies('bookPickup', real.bookPickup),
    cancelPickup: dies('cancelPickup', real.cancelPickup),
  });

  /** One more parcel that waits at the door; whose it is. */
  const pack = async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    // a busy machine may not know its verdict yet
    const {order_id: id} = (await floor.place({lines: [{sku, qty: 1}]})).body;
    const east = await floor.appears(id, 'EAST');
    await floor.pick(east);
    const [parcel] = await floor.pack(id, east);
    return parcel?.carrier ?? '';
  };
  let days = 0;
  /** Another Wednesday for each story. */
  const another = () => new Date(MORNING + (1 + 7 * ++days) * 86_400_000).toISOString().slice(0, 10);
  const PATH = '/v1/warehouses/EAST/pickups';
  const want = (body: object, key = freshKey()) => world.api.as('warehouse_lead').post(PATH, {carrier, ...body}, key);
  const cancel = (id: string) => world.api.as('warehouse_lead').post(`/v1/pickups/${id}/cancel`, {});
  const find = async (id: string) =>
    ((await world.api.as('ops').get(`${PATH}?limit=100`).expect(200)).body as Pickup[]).find(
      ({pickup_id}) => pickup_id === id,
    ) as Pickup;
  const reaches = (id: string, state: string, parcels?: number) =>
    until(
      `pickup ${id} to be ${state}`,
      async () => {
        const found = await find(id);
        return found.state === state && (parcels === undefined || found.parcels === parcels) && found;
      },
      () => find(id),
    );
  const wanted = async (body: object) => (await want(body).expect(200)).body as Pickup;
  const booked = async (day = another()) => reaches((await wanted({day})).pickup_id, 'booked');
  const atCarrier = async (id: string) => {
    const {pickups} = (await (await fetch(`${world.carrierUrl}/_control/ledger`)).json()) as {pickups: AtCarrier[]};
    return pickups.filter(({reference}) => reference.startsWith(id));
  };
  const coming = async (id: string) => (await atCarrier(id)).filter(({status}) => status === 'scheduled');
  const strike = (operation: string, spec: object) => floor.control(world.carrierUrl, 'faults', {operation, ...spec});
  const REFUSED = {mode: 'status', status: 422, body: '{"error":{"code":"PICKUP.NO","message":"no","errors":[]}}'};

  it('is booked once for what is ready, after the cut-off of the site', async () => {
    const key = freshKey();
    const {pickup_id: id} = (await want({}, key).expect(200)).body as Pickup;
    expect(((await want({}, key).expect(200)).body as Pickup).pickup_id).toBe(id);
    expect(((await want({}).expect(200)).body as Pickup).pickup_id).toBe(id);
    const made = await reaches(id, 'booked');
    expect(made).toMatchObject({day: '2026-11-24', from: '2026-11-24T21:00:00.000Z', parcels: 1, failure: null});
    expect(made.confirmation).toMatch(/^WTC/);
    expect(made.cost?.amount).toBe(450);
    expect(await coming(id)).toMatchObject([{instructions: '1 parcel, 1 kg', from: '2026-11-24T21:00:00.000Z'}]);
    expect((await want({carrier: 'Nobody'}, key).expect(422)).body.code).toBe('idempotency_key_reused');
  });

  const LOST = [
    ['is lost on its way back', {mode: 'drop', when: 'after'}],
    ['is lost on its way there', {mode: 'drop', when: 'before'}],
    ['is an error after it was done', {mode: 'error_after'}],
    ['is garbage', {mode: 'garbage', when: 'after'}],
    ['comes when there is room again', {mode: 'status', status: 429}],
  ] as const;
  it.each(LOST)('is booked once where the answer %s', async (_, spec) => {
    await strike('pickup.create', spec);
    await strike('pickup.buy', spec);
    const {pickup_id: id} = await booked();
    expect(await coming(id)).toHaveLength(1);
  });

  it.each(LOST)('is called off where the answer %s', async (_, spec) => {
    const {pickup_id: id} = await booked();
    await strike('pickup.cancel', spec);
    await cancel(id).expect(200);
    await reaches(id, 'cancelled');
    expect(await coming(id)).toEqual([]);
    await cancel(id).expect(200);
  });

  it.each(['offerPickup', 'bookPickup'] as const)(
    'is booked once where the relay is killed behind %s',
    async (name) => {
      dying.add(name);
      const {pickup_id: id} = await booked();
      expect(dead).toHaveLength(1);
      expect(await coming(id)).toHaveLength(1);
    },
  );

  it('is called off where the relay is killed behind that', async () => {
    const {pickup_id: id} = await booked();
    dying.add('cancelPickup');
    await cancel(id).expect(200);
    await reaches(id, 'cancelled');
    expect([dead.length, await coming(id)]).toEqual([1, []]);
  });

  it('that is called off and wanted again on that day is booked again', async () => {
    const {pickup_id: id, day} = await booked();
    await cancel(id).expect(200);
    await reaches(id, 'cancelled');
    expect((await booked(day)).pickup_id).toBe(id);
    expect(await coming(id)).toHaveLength(1);
  });

  it('that is called off while it is being booked is not left behind', async () => {
    await strike('pickup.buy', {mode: 'delay', when: 'after', delay_ms: 1_500});
    const {pickup_id: id} = await wanted({day: another()});
    await until('it to be booked there', async () => (await coming(id)).length > 0);
    await cancel(id).expect(200);
    await reaches(id, 'cancelled');
    expect(await coming(id)).toEqual([]);
  });

  it('that is called off while its booking takes longer than a relay is waited for is not left behind', async () => {
    await strike('pickup.buy', {mode: 'delay', when: 'before', delay_ms: 6_000});
    const {pickup_id: id} = await wanted({day: another()});
    const {prisma} = world.api.store;
    await until('its offer to be kept', async () => (await prisma.pickups.findUnique({where: {id}}))?.offer_ref);
    await cancel(id).expect(200);
    await reaches(id, 'cancelled');
    await until('the late driver to be called off', async () =>
      (await atCarrier(id)).every(({status}) => status === 'canceled'),
    );
  });

  it('that the carrier does not make is told with what to do instead', async () => {
    await strike(`pickup.rates.${carrier}`, {mode: 'drop'});
    const none = await reaches((await wanted({day: another()})).pickup_id, 'refused');
    expect(none).toMatchObject({failure: 'no_pickups', instead: ['another_day', 'counter'], parcels: null});
    expect((await cancel(none.pickup_id).expect(409)).body.code).toBe('pickup_over');
    const open = (await world.api.as('ops').get('/v1/ops/exceptions?kind=pickup').expect(200)).body.items;
    expect(open).toMatchObject([{code: 'no_pickups', subject: `EAST ${carrier} ${none.day}`, call: 'createPickup'}]);
    await strike('pickup.buy', REFUSED);
    const refused = await reaches((await wanted({day: none.day})).pickup_id, 'refused');
    expect(refused).toMatchObject({pickup_id: none.pickup_id, failure: 'pickup_no'});
    expect(refused.instead).toContain('call_carrier');
    expect((await booked(none.day)).pickup_id).toBe(none.pickup_id);
  });

  it('that the carrier no longer calls off comes, and that is told', async () => {
    const {pickup_id: id} = await booked();
    await strike('pickup.cancel', REFUSED);
    await cancel(id).expect(200);
    await until('the refusal', async () => (await find(id)).failure !== null);
    expect(await find(id)).toMatchObject({state: 'booked', failure: 'not_cancelled', instead: ['call_carrier']});
    expect(await coming(id)).toHaveLength(1);
  });

  it('whose driver the carrier calls off is booked with another', async () => {
    const {pickup_id: id, confirmation} = await booked();
    await floor.control(world.carrierUrl, 'pickups', {confirmation});
    const found = await until('another driver', async () => {
      const now = await find(id);
      return now.state === 'booked' && now.confirmation !== confirmation && now;
    });
    expect(found).toMatchObject({failure: null});
    expect((await atCarrier(id)).map(({status}) => status)).toEqual(['canceled', 'scheduled']);
    // nobody else is to be had: that is told
    await strike(`pickup.rates.${carrier}`, {mode: 'drop', count: 100});
    await floor.control(world.carrierUrl, 'pickups', {confirmation: found.confirmation});
    expect(await reaches(id, 'refused')).toMatchObject({failure: 'no_pickups', parcels: null, confirmation: null});
  });

  it('is booked anew when more is ready, and stays where that is not possible', async () => {
    const {pickup_id: id} = await booked();
    const before = (await find(id)).parcels ?? 0;
    await pack();
    await reaches(id, 'booked', before + 1);
    expect((await atCarrier(id)).map(({status}) => status)).toEqual(['canceled', 'scheduled']);
    await strike(`pickup.rates.${carrier}`, {mode: 'drop', count: 100});
    await pack();
    await until('the refusal', async () => (await find(id)).failure !== null);
    expect(await find(id)).toMatchObject({state: 'booked', parcels: before + 1, failure: 'no_pickups'});
    expect(await coming(id)).toHaveLength(1);
  });

  it('is told from what is ready, and asked for by those who work there, in time and on open days', async () => {
    const told = (await world.api.as('packer').get('/v1/warehouses/EAST/collection').expect(200)).body;
    expect(told).toMatchObject([{carrier, unlisted: 3, parcels: 3}]);
    expect((await want({carrier: 'Nobody'}).expect(409)).body.code).toBe('nothing_to_fetch');
    expect((await want({day: '2026-11-28'}).expect(409)).body.detail).toContain('closed');
    expect((await want({day: '2026-11-23'}).expect(409)).body.code).toBe('no_pickup_then');
    for (const role of ['picker', 'checkout', 'support'] as const)
      await world.api.as(role).post(PATH, {carrier}, freshKey()).expect(403);
    await world.api.as('ops').post('/v1/pickups/none/cancel', {}).expect(404);
  });

  it('leaves nothing behind that the audit does not know', async () => {
    const {prisma} = world.api.store;
    const told = {OR: [{booked_parcels: 3}, {failure: 'no_pickups'}]};
    await until('every driver to be told of all', async () => {
      return (await prisma.pickups.count({where: {state: 'booked', NOT: told}})) === 0;
    });
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
