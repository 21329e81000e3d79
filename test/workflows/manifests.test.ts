import {COLLECTION} from '../../domain/shipping/collection.ts';
import {freshKey} from '../support/api.ts';
import {eventsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const REFUSED = {mode: 'status', status: 422, body: '{"error":{"code":"SCAN_FORM.NO","message":"no","errors":[]}}'};

interface Manifest {
  manifest_id: string;
  carrier: string;
  state: string;
  form_url: string | null;
  failure: string | null;
  parcels: {parcel_id: string; order_id: string; tracking_number: string; voided: boolean}[];
}

describe('the end-of-day manifest', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    // two relays: a manifest is asked for once all the same
    const collection = {...COLLECTION, retry_first: 50, retry_max: 400};
    world = await startWorld({relays: 2, policy: {collection}});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());
  afterEach(() => fetch(`${world.carrierUrl}/_control/faults`, {method: 'DELETE'}));

  const packed = async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    // a busy machine may not know its verdict yet
    const {order_id: id} = (await floor.place({lines: [{sku, qty: 1}]})).body;
    const east = await floor.appears(id, 'EAST');
    await floor.pick(east);
    await floor.pack(id, east);
    const parcel = (await floor.order(id)).sub_orders[0]?.parcels[0];
    const {carrier} = await world.api.store.prisma.parcels.findUniqueOrThrow({where: {id: parcel?.parcel_id ?? ''}});
    return {id: id as string, east, tracking: parcel?.tracking_number ?? '', carrier: carrier ?? ''};
  };
  const PATH = '/v1/warehouses/EAST/manifests';
  const want = (carrier: string, key = freshKey()) => world.api.as('warehouse_lead').post(PATH, {carrier}, key);
  const list = async () => (await world.api.as('ops').get(PATH).expect(200)).body as Manifest[];
  const reaches = async (id: string, state: string) => {
    const look = async () => (await list()).find(({manifest_id}) => manifest_id === id);
    await until(`manifest ${id} to be ${state}`, async () => (await look())?.state === state, look);
    return (await look()) as Manifest;
  };
  const forms = async () => {
    const ledger = await (await fetch(`${world.carrierUrl}/_control/ledger`)).json();
    return (ledger as {scan_forms: {id: string; tracking_codes: string[]}[]}).scan_forms;
  };
  const exceptions = async () =>
    (await world.api.as('ops').get('/v1/ops/exceptions?kind=manifest').expect(200)).body.items;
  const strike = (operation: string, spec: object) => floor.control(world.carrierUrl, 'faults', {operation, ...spec});
  const deliver = async ({id, east}: Awaited<ReturnType<typeof packed>>) => {
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
  };

  it('takes every labelled parcel of the carrier once, and a repeat of the call is the same manifest', async () => {
    const orders = [await packed(), await packed()];
    const {carrier} = orders[0] as {carrier: string};
    const key = freshKey();
    const made = (await want(carrier, key).expect(200)).body as Manifest;
    expect(((await want(carrier, key).expect(200)).body as Manifest).manifest_id).toBe(made.manifest_id);
    expect((await want(carrier).expect(409)).body.code).toBe('nothing_to_manifest');
    expect((await want('Nobody').expect(409)).body.code).toBe('nothing_to_manifest');
    const {parcels, form_url} = await reaches(made.manifest_id, 'made');
    expect(form_url).toMatch(/^http/);
    const tracking = orders.map((order) => order.tracking).sort();
    expect(parcels.map(({tracking_number}) => tracking_number).sort()).toEqual(tracking);
    expect((await forms()).map(({tracking_codes}) => tracking_codes.sort())).toEqual([tracking]);
    for (const {id} of orders)
      expect((await eventsOf(world, id)).filter(({type}) => type === 'sub_order.manifested')).toHaveLength(1);
    for (const order of orders) await deliver(order);
  });

  it.each([
    ['is lost on its way back', {mode: 'drop', when: 'after'}],
    ['is lost on its way there', {mode: 'drop', when: 'before'}],
    ['is an error after the form was made', {mode: 'error_after'}],
    ['is garbage', {mode: 'garbage', when: 'after'}],
    ['comes when there is room again', {mode: 'status', status: 429}],
  ])('is made once where the answer %s', async (_, spec) => {
    const order = await packed();
    const before = (await forms()).length;
    await strike('scan_form.create', spec);
    const {manifest_id} = (await want(order.carrier).expect(200)).body as Manifest;
    await reaches(manifest_id, 'made');
    const after = await forms();
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)?.tracking_codes).toEqual([order.tracking]);
    await deliver(order);
  });

  it('that the platform refuses gives its parcels back for another', async () => {
    const order = await packed();
    await strike('scan_form.create', REFUSED);
    const refused = (await want(order.carrier).expect(200)).body as Manifest;
    expect(await reaches(refused.manifest_id, 'failed')).toMatchObject({parcels: [], failure: 'scan_form_no'});
    expect(await exceptions()).toMatchObject([
      {key: `manifest:${refused.manifest_id}`, code: 'scan_form_no', call: 'createManifest', severity: 'medium'},
    ]);
    const again = (await want(order.carrier).expect(200)).body as Manifest;
    await reaches(again.manifest_id, 'made');
    expect(await exceptions()).toEqual([]);
    await deliver(order);
  });

  it('that the platform refuses is nobody’s any more when its parcels have left without it', async () => {
    const [order, later] = [await packed(), await packed()];
    await strike('scan_form.create', REFUSED);
    const refused = (await want(order.carrier).expect(200)).body as Manifest;
    await reaches(refused.manifest_id, 'failed');
    expect(await exceptions()).toHaveLength(1);
    await deliver(order);
    expect(await exceptions()).toHaveLength(1);
    await deliver(later);
    expect(await exceptions()).toEqual([]);
    // of what is packed from then on it says nothing
    const next = await packed();
    expect(await exceptions()).toEqual([]);
    await deliver(next);
  });

  it('tells which of its parcels are void: cancelled after the form was made', async () => {
    const order = await packed();
    const {manifest_id} = (await want(order.carrier).expect(200)).body as Manifest;
    await reaches(manifest_id, 'made');
    await world.api
      .as('support')
      .post(`/v1/orders/${order.id}/cancel`, {reason: 'customer_request', unpick: true}, freshKey())
      .expect((answer) => {
        if (answer.status >= 300) throw new Error(answer.text);
      });
    await until('the parcel to be void', async () => {
      const found = (await list()).find((each) => each.manifest_id === manifest_id);
      return found?.parcels[0]?.voided === true;
    });
    const asked = () => eventsOf(world, order.id).then((all) => all.find(({type}) => type === 'sub_order.void_asked'));
    await until('the money to be asked back', async () => (await asked()) !== undefined);
    expect((await asked())?.data).toMatchObject({manifest_id});
  });

  it('is for those who work there', async () => {
    for (const role of ['picker', 'checkout', 'support'] as const)
      await world.api.as(role).post(PATH, {carrier: 'x'}, freshKey()).expect(403);
    await world.api.as('ops').post('/v1/warehouses/NOWHERE/manifests', {carrier: 'x'}, freshKey()).expect(404);
  });

  it('leaves nothing behind that the audit does not know', async () => {
    await world.advance(3_600_000);
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
