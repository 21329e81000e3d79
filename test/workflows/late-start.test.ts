import {eventsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {storeOrder} from '../support/stored-order.ts';
import {startWorld, type World} from '../support/world.ts';

describe('an order whose API process died before it could start its run', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  it('is started from the relay and goes the same way', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const id = await storeOrder(world.api.store, {lines: [{sku, qty: 1}]});
    await floor.waitsOn(id, 'pick');
    await floor.deliver(id, floor.partFrom(await floor.order(id), 'EAST'));
    await floor.ends(id, 'delivered');
    expect((await eventsOf(world, id)).filter((e) => e.type === 'order.payment_started')).toHaveLength(1);
  });

  it('ends cancelled when the payment is declined, with nobody there to be told', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const id = await storeOrder(world.api.store, {
      lines: [{sku, qty: 1}],
      payment_method: 'pm_card_chargeCustomerFail',
    });
    await floor.ends(id, 'cancelled');
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
