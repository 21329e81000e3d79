import {capturesOf, mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

describe('units that are not on their shelf', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const partAt = (id: string, warehouse: string | null) =>
    until(`a part from ${warehouse}`, async () =>
      (await floor.order(id)).sub_orders.find((s) => s.source.id === warehouse && s.stage !== 'CANCELLED'),
    );
  const stock = async (sku: string, warehouse: string) =>
    ((await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200)).body.warehouses as {warehouse: string}[]).find(
      (w) => w.warehouse === warehouse,
    );

  it('come from another warehouse, and the order still ends delivered', async () => {
    const sku = await offer(world.api, {at: {EAST: 3, LAKE: 3}});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east, {missing: 1});
    const lake = await partAt(id, 'LAKE');
    expect(lake.lines).toMatchObject([{sku, qty: 1}]);
    expect(await stock(sku, 'EAST')).toMatchObject({on_hand: 2});
    await floor.pack(id, east);
    await floor.carry(id, east);
    await floor.deliver(id, lake);
    await floor.ends(id, 'delivered');
    const after = await floor.order(id);
    expect(after.payment.captured).toEqual(order.total);
    expect(await capturesOf(world, id)).toHaveLength(2);
  });

  it('all of them missing, the whole part moves', async () => {
    const sku = await offer(world.api, {at: {EAST: 2, LAKE: 2}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const id = order.order_id;
    await floor.pick(floor.partFrom(order, 'EAST'), {missing: 2});
    const lake = await partAt(id, 'LAKE');
    await floor.deliver(id, lake);
    await floor.ends(id, 'delivered');
    expect((await floor.order(id)).payment.captured).toEqual(order.total);
  });

  it('nowhere else either, are cancelled and cost nothing', async () => {
    const sku = await offer(world.api, {at: {EAST: 3}});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east, {missing: 1});
    await until('the missing unit to be cancelled', async () => (await floor.order(id)).lines[0]?.cancelled === 1);
    await floor.pack(id, east);
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
    const after = await floor.order(id);
    expect(after.total.amount).toBeLessThan(order.total.amount);
    expect(after.payment.captured).toEqual(after.total);
    expect(await mailsOf(world, id)).toContain('Part of your order is cancelled');
  });

  it('all of them and nowhere else, end the order cancelled', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    await floor.pick(floor.partFrom(order, 'EAST'), {missing: 1});
    await floor.ends(order.order_id, 'cancelled');
    expect((await floor.order(order.order_id)).payment).toMatchObject({authorized: {amount: 0}, captured: {amount: 0}});
  });

  it('are backordered where product and order allow it', async () => {
    const sku = await offer(world.api, {at: {EAST: 2}, backorderable: true});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east, {missing: 1});
    expect(await partAt(id, null)).toMatchObject({stage: 'BACKORDERED'});
    await floor.pack(id, east);
    await floor.carry(id, east);
    await floor.waitsOn(id, 'stock');
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'delivered');
  });

  it('leave books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
