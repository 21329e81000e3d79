import {DEFAULT_POLICY} from '../../domain/policy/policy.ts';
import {capturesOf, eventsOf, holdsOf, mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const LOST_AFTER = 8_000;

describe('a parcel whose tracker falls silent', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld({policy: {shipping: {...DEFAULT_POLICY.shipping, lost_after: LOST_AFTER}}});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  it('is lost: nothing is paid for it, and the order is refunded', async () => {
    const sku = await offer(world.api, {at: {EAST: 2}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    await floor.pack(id, east);
    await floor.dispatch(id, east);
    await floor.ends(id, 'refunded');
    expect((await holdsOf(world, id)).map((h) => [h.status, h.amount_received])).toEqual([['canceled', 0]]);
    const {body} = await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200);
    expect(body.warehouses[0]).toMatchObject({on_hand: 0, reserved: 0, in_transit: 0});
    await until('the mail about it', async () => (await mailsOf(world, id)).includes('You do not pay for your order'));
  });

  it('is not lost when the tracker speaks again in time', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    await floor.pack(id, east);
    await floor.dispatch(id, east);
    const [parcel] = (await floor.order(id)).sub_orders[0]?.parcels ?? [];
    if (!parcel) throw new Error('nothing is on the road');
    const began = Date.now();
    await until('the time of a silent parcel to pass', async () => {
      await floor.say(parcel, 'in_transit');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return Date.now() - began > LOST_AFTER + 1_000;
    });
    await floor.say(parcel, 'delivered');
    await floor.ends(id, 'delivered');
    expect((await eventsOf(world, id)).map((e) => e.type)).not.toContain('sub_order.exception');
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([order.total.amount]);
  });

  it('takes only its own part of a split order with it', async () => {
    const sku = await offer(world.api, {at: {EAST: 1, WEST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const id = order.order_id;
    const [east, west] = [floor.partFrom(order, 'EAST'), floor.partFrom(order, 'WEST')];
    await floor.deliver(id, west);
    await floor.pick(east);
    await floor.pack(id, east);
    await floor.dispatch(id, east);
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([west.value.amount]);
    expect((await floor.order(id)).payment.authorized.amount).toBe(0);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
