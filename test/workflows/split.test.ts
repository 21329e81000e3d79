import {capturesOf, eventsOf, holdsOf, mailsOf, statusesOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

/** Three equal units, two here and one there: every share of tax and shipping leaves a remainder. */
async function buySplit(world: World, floor: Floor) {
  const sku = await offer(world.api, {price: 1_001, at: {EAST: 2, WEST: 1}});
  return floor.buy({lines: [{sku, qty: 3}]});
}
const sum = (captures: {amount: number}[]) => captures.reduce((a, c) => a + c.amount, 0);

describe('an order that leaves from two places', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  it('is two sub-orders that add up to the total and go on without each other', async () => {
    const order = await buySplit(world, floor);
    const id = order.order_id;
    const [east, west] = [floor.partFrom(order, 'EAST'), floor.partFrom(order, 'WEST')];
    expect(east.value.amount + west.value.amount).toBe(order.total.amount);

    await floor.deliver(id, west);
    const between = await floor.order(id);
    expect(between.status).toBe('partially_fulfilled');
    expect(floor.partFrom(between, 'EAST').stage).toBe('ALLOCATED');
    expect(between.waiting_on?.name).toBe('pick');

    await floor.deliver(id, east);
    await floor.ends(id, 'delivered');
    expect(await statusesOf(world, id)).toEqual([
      'pending',
      'payment_processing',
      'paid',
      'awaiting_fulfillment',
      'partially_fulfilled',
      'fulfilled',
      'delivered',
    ]);
    const types = (await eventsOf(world, id)).map((e) => e.type);
    for (const milestone of ['order.picked', 'order.packed', 'order.in_transit', 'order.delivered']) {
      expect(types.filter((t) => t === milestone)).toHaveLength(1);
    }
    expect((await mailsOf(world, id)).filter((m) => m === 'Your order was delivered')).toHaveLength(2);
  });

  it('holds the rest again before the first capture lets it go, and takes the total to the cent', async () => {
    const order = await buySplit(world, floor);
    const id = order.order_id;
    const [east, west] = [floor.partFrom(order, 'EAST'), floor.partFrom(order, 'WEST')];
    await floor.deliver(id, east);
    await floor.deliver(id, west);
    await floor.ends(id, 'delivered');

    const captures = await capturesOf(world, id);
    expect(captures.map((c) => c.amount)).toEqual([east.value.amount, west.value.amount]);
    expect(sum(captures)).toBe(order.total.amount);
    const [first, second, ...more] = await holdsOf(world, id);
    expect(more).toEqual([]);
    expect([first?.amount, second?.amount]).toEqual([order.total.amount, west.value.amount]);
    expect(Date.parse(second?.authorized_at ?? '')).toBeLessThanOrEqual(Date.parse(captures[0]?.at ?? ''));
  });

  it('goes on when both parts arrive at the same moment', async () => {
    const order = await buySplit(world, floor);
    const parts = [floor.partFrom(order, 'EAST'), floor.partFrom(order, 'WEST')];
    await Promise.all(parts.map((part) => floor.deliver(order.order_id, part)));
    await floor.ends(order.order_id, 'delivered');
    expect(sum(await capturesOf(world, order.order_id))).toBe(order.total.amount);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('a split order where the provider allows several captures', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld({stripe: {multicapture: true}});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  it('takes both parts from the one hold', async () => {
    const order = await buySplit(world, floor);
    const id = order.order_id;
    const [east, west] = [floor.partFrom(order, 'EAST'), floor.partFrom(order, 'WEST')];
    await floor.deliver(id, west);
    await floor.deliver(id, east);
    await floor.ends(id, 'delivered');
    expect(await holdsOf(world, id)).toHaveLength(1);
    const captures = await capturesOf(world, id);
    expect(captures.map((c) => c.amount)).toEqual([west.value.amount, east.value.amount]);
    expect(sum(captures)).toBe(order.total.amount);
  });

  it('lets the rest of the hold go when what is left is cancelled', async () => {
    const order = await buySplit(world, floor);
    const id = order.order_id;
    const [east, west] = [floor.partFrom(order, 'EAST'), floor.partFrom(order, 'WEST')];
    await floor.deliver(id, west);
    await floor.cancel(id, {lines: [{line_id: order.lines[0]?.line_id ?? '', qty: 2}]}).expect(200);
    await floor.ends(id, 'delivered');
    const [hold] = await holdsOf(world, id);
    expect(hold).toMatchObject({amount_received: west.value.amount, amount_capturable: 0});
    expect((await floor.order(id)).total.amount).toBe(order.total.amount - east.value.amount);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
