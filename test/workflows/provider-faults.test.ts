import {capturesOf, eventsOf, holdsOf, labels, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

describe('a provider that did what was asked and then failed to say so', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterEach(async () => {
    for (const url of [world.stripeUrl, world.carrierUrl]) await fetch(`${url}/_control/faults`, {method: 'DELETE'});
  });
  afterAll(() => world.close());

  const buy = async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    return {id: order.order_id, east: floor.partFrom(order, 'EAST'), total: order.total.amount};
  };
  const fired = async (url: string) => {
    const {faults} = (await floor.control(url, 'faults')) as {faults: {fired: number}[]};
    return faults.reduce((sum, f) => sum + f.fired, 0);
  };

  it.each(['error_after', 'drop', 'garbage'])('holds the money once (%s)', async (mode) => {
    const fault = {operation: 'payment_intents.create', mode, ...(mode === 'error_after' ? {} : {when: 'after'})};
    await floor.control(world.stripeUrl, 'faults', fault);
    const {id, total} = await buy();
    expect(await fired(world.stripeUrl)).toBe(1);
    const holds = await holdsOf(world, id);
    expect(holds.map((h) => [h.status, h.amount])).toEqual([['requires_capture', total]]);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it.each(['error_after', 'drop'])('takes the money once (%s)', async (mode) => {
    const {id, east, total} = await buy();
    const fault = {operation: 'payment_intents.capture', mode, ...(mode === 'error_after' ? {} : {when: 'after'})};
    await floor.control(world.stripeUrl, 'faults', fault);
    await floor.deliver(id, east);
    await floor.ends(id, 'delivered');
    expect(await fired(world.stripeUrl)).toBe(1);
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([total]);
    expect((await eventsOf(world, id)).filter((e) => e.type === 'order.captured')).toHaveLength(1);
  });

  it('lets the money go once', async () => {
    const {id} = await buy();
    await floor.control(world.stripeUrl, 'faults', {operation: 'payment_intents.cancel', mode: 'error_after'});
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
    expect(await fired(world.stripeUrl)).toBe(1);
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['canceled']);
    const types = (await eventsOf(world, id)).map((e) => e.type);
    expect(types.filter((t) => t.startsWith('order.hold_released'))).toHaveLength(1);
    expect(types).not.toContain('order.hold_expired');
  });

  it.each(['error_after', 'drop'])('sells one label (%s)', async (mode) => {
    const {id, east} = await buy();
    await floor.pick(east);
    const fault = {operation: 'shipment.buy', mode, ...(mode === 'error_after' ? {} : {when: 'after'})};
    await floor.control(world.carrierUrl, 'faults', fault);
    const before = (await labels(world)).length;
    const [parcel] = await floor.pack(id, east);
    expect(await fired(world.carrierUrl)).toBe(1);
    const bought = (await labels(world)).slice(before);
    expect(bought.map((l) => l.tracking_code)).toEqual([parcel?.tracking_number]);
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
