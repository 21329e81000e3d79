import {capturesOf, holdsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

describe.each([
  ['one capture for each hold', false],
  ['several captures of one hold', true],
])('what may still be taken after units were cancelled, with %s', (_what, multicapture) => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld({stripe: {multicapture}});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  /** Four units at a price that leaves a remainder everywhere: two here and two there. */
  const buy = async () => {
    const sku = await offer(world.api, {price: 1_001, at: {EAST: 2, WEST: 2}});
    const order = await floor.buy({lines: [{sku, qty: 4}]});
    const line_id = order.lines[0]?.line_id ?? '';
    const cancelOne = () => floor.cancel(order.order_id, {lines: [{line_id, qty: 1}]}).expect(200);
    return {order, id: order.order_id, cancelOne};
  };
  const taken = async (id: string) => (await capturesOf(world, id)).map(({amount}) => amount);
  const sum = (amounts: number[]) => amounts.reduce((a, b) => a + b, 0);
  const nothingHeld = async (id: string) =>
    expect((await holdsOf(world, id)).filter((hold) => hold.amount_capturable > 0)).toEqual([]);

  it('is less before the first capture', async () => {
    const {order, id, cancelOne} = await buy();
    await cancelOne();
    const left = await floor.order(id);
    expect(left.total.amount).toBeLessThan(order.total.amount);
    for (const part of left.sub_orders) await floor.deliver(id, part);
    await floor.ends(id, 'delivered');
    expect(sum(await taken(id))).toBe(left.total.amount);
    await nothingHeld(id);
  });

  it('is less between two captures, and what was taken stays', async () => {
    const {order, id, cancelOne} = await buy();
    const west = floor.partFrom(order, 'WEST');
    await floor.deliver(id, west);
    await until('the first part to be paid', async () => (await taken(id)).length === 1);
    expect(await taken(id)).toEqual([west.value.amount]);
    await cancelOne();
    const left = await floor.order(id);
    await floor.deliver(id, floor.partFrom(left, 'EAST'));
    await floor.ends(id, 'delivered');
    const amounts = await taken(id);
    expect(amounts).toHaveLength(2);
    expect(amounts[0]).toBe(west.value.amount);
    expect(sum(amounts)).toBe(left.total.amount);
    expect(sum(amounts)).toBeLessThan(order.total.amount);
    await nothingHeld(id);
  });

  it('is nothing for a part that is cancelled whole', async () => {
    const {order, id, cancelOne} = await buy();
    const west = floor.partFrom(order, 'WEST');
    await floor.deliver(id, west);
    await until('the first part to be paid', async () => (await taken(id)).length === 1);
    await cancelOne();
    await cancelOne();
    await floor.ends(id, 'delivered');
    expect(await taken(id)).toEqual([west.value.amount]);
    await nothingHeld(id);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
