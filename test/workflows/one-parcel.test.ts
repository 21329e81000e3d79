import {capturesOf, eventsOf, holdsOf, mailsOf, statusesOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

describe('one parcel to the door', () => {
  let world: World;
  let floor: Floor;
  let orderId: string;
  let sku: string;

  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
    sku = await offer(world.api, {price: 1_999, at: {EAST: 5}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    orderId = order.order_id;
    await floor.deliver(orderId, floor.partFrom(order, 'EAST'));
    await floor.ends(orderId, 'delivered');
  });
  afterAll(() => world.close());

  it('goes through exactly the states of the main line', async () => {
    expect(await statusesOf(world, orderId)).toEqual([
      'pending',
      'payment_processing',
      'paid',
      'awaiting_fulfillment',
      'fulfilled',
      'delivered',
    ]);
  });

  it('shows every move with who made it in the history', async () => {
    const {body} = await world.api.as('support').get(`/v1/orders/${orderId}/history`).expect(200);
    const rows = body as {subject: string; from: string | null; to: string; actor: string; at: string}[];
    expect(rows.length).toBeGreaterThan(6);
    for (const row of rows)
      expect(row).toEqual(expect.objectContaining({actor: expect.any(String), at: expect.any(String)}));
  });

  it('numbers its events without a gap and tells each milestone of the order once', async () => {
    const events = await eventsOf(world, orderId);
    expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
    for (const type of ['created', 'authorized', 'allocated', 'picked', 'packed', 'in_transit', 'delivered']) {
      expect(events.filter((e) => e.type === `order.${type}`)).toHaveLength(1);
    }
    const types = events.map((e) => e.type);
    expect(types.indexOf('order.captured')).toBeGreaterThan(types.indexOf('sub_order.delivered'));
  });

  it('takes exactly the total, once, from one hold', async () => {
    const {total, payment} = await floor.order(orderId);
    expect(total.amount).toBe(2 * 1_999 + 499 + Math.round((2 * 1_999 * 888) / 10_000));
    expect((await capturesOf(world, orderId)).map((c) => c.amount)).toEqual([total.amount]);
    expect(await holdsOf(world, orderId)).toHaveLength(1);
    expect(payment).toMatchObject({authorized: {amount: 0}, captured: total, refunded: {amount: 0}});
  });

  it('commits the stock: what was sold is gone from the shelf and from the road', async () => {
    const {body} = await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200);
    expect(body.warehouses).toEqual([
      expect.objectContaining({warehouse: 'EAST', on_hand: 3, reserved: 0, available: 3, in_transit: 0}),
    ]);
  });

  it('writes to the customer at each step, once', async () => {
    expect(await mailsOf(world, orderId)).toEqual([
      'We received your order',
      'Your order is on its way',
      'Your order arrives today',
      'Your order was delivered',
    ]);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
