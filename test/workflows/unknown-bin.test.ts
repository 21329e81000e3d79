import {violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

describe('units whose bin the records do not know', () => {
  let world: World;
  let floor: Floor;
  let sku: string;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
    sku = await offer(world.api, {at: {EAST: 5}});
  });
  afterAll(() => world.close());

  const buy = async () => {
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    return {id: order.order_id, east: floor.partFrom(order, 'EAST')};
  };

  it('are picked where they are found, and leave the house like all others', async () => {
    const first = await buy();
    await floor.deliver(first.id, first.east);
    // the records of one shelf are short of what is in the house
    await world.api.store.pool.query(`UPDATE stock_bins SET on_hand = 1 WHERE sku = $1 AND bin = 'A-1'`, [sku]);
    const second = await buy();
    await floor.deliver(second.id, second.east);
    await floor.ends(second.id, 'delivered');
  });

  it('leave nothing behind but the shelf that was short before', async () => {
    expect((await violationsAtRest(world)).map(({id, subject}) => [id, subject])).toEqual([['S1', `${sku}@EAST`]]);
    const staging = {warehouse_id: 'EAST', sku, bin: '~STAGING'};
    const row = await world.api.store.prisma.stock_bins.findUnique({where: {warehouse_id_sku_bin: staging}});
    expect(row?.on_hand).toBe(0);
  });
});
