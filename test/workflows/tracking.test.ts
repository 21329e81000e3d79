import {capturesOf, eventsOf, labels, mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';
import {storeWebhook} from '../../store/store-webhook.ts';

describe('what the tracker says', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const packed = async () => {
    const sku = await offer(world.api, {at: {EAST: 2}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    const [parcel] = await floor.pack(order.order_id, east);
    if (!parcel) throw new Error('nothing was packed');
    return {id: order.order_id, east, parcel, total: order.total.amount};
  };
  const expectDelivered = async (id: string, total: number) => {
    await floor.ends(id, 'delivered');
    const {lines, sub_orders, payment} = await floor.order(id);
    expect(lines[0]).toMatchObject({picked: 2, shipped: 2, delivered: 2});
    expect(sub_orders[0]).toMatchObject({stage: 'DELIVERED', parcels: [{status: 'delivered'}]});
    expect(payment).toMatchObject({captured: {amount: total}, authorized: {amount: 0}});
    expect(await capturesOf(world, id)).toHaveLength(1);
    expect((await eventsOf(world, id)).filter((e) => e.type === 'order.delivered')).toHaveLength(1);
  };

  it('in any order ends in the same state', async () => {
    const {id, east, parcel, total} = await packed();
    await floor.dispatch(id, east);
    for (const status of ['delivered', 'in_transit', 'out_for_delivery', 'pre_transit'] as const) {
      await floor.say(parcel, status);
    }
    await expectDelivered(id, total);
  });

  it('two and three times counts once', async () => {
    const {id, east, parcel, total} = await packed();
    await floor.control(world.carrierUrl, 'faults', {operation: 'webhook', mode: 'duplicate', count: 6});
    await floor.dispatch(id, east);
    for (const status of ['in_transit', 'out_for_delivery', 'out_for_delivery', 'delivered', 'delivered'] as const) {
      await floor.say(parcel, status);
    }
    await expectDelivered(id, total);
    expect((await mailsOf(world, id)).filter((m) => m === 'Your order was delivered').length).toBeLessThanOrEqual(1);
  });

  it('shuffled on the way ends in the same state', async () => {
    const {id, east, parcel, total} = await packed();
    await floor.control(world.carrierUrl, 'faults', {operation: 'webhook', mode: 'shuffle', count: 6});
    await floor.dispatch(id, east);
    await floor.say(parcel, 'in_transit', 'out_for_delivery', 'delivered');
    await expectDelivered(id, total);
  });

  it('before anybody scanned the parcel out of the house implies that it was handed over', async () => {
    const {id, parcel, total} = await packed();
    await floor.say(parcel, 'delivered');
    await expectDelivered(id, total);
    const late = await floor.scan({kind: 'dispatch', code: parcel.tracking_number ?? ''}, 'packer');
    expect(late).toMatchObject({accepted: false, code: 'done'});
    const types = (await eventsOf(world, id)).map((e) => e.type);
    expect(types.indexOf('sub_order.in_transit')).toBeLessThan(types.indexOf('sub_order.delivered'));
  });

  it('at the same moment as the dispatch scan counts once', async () => {
    const {id, parcel, total} = await packed();
    await Promise.all([
      floor.scan({kind: 'dispatch', code: parcel.tracking_number ?? ''}, 'packer'),
      floor.say(parcel, 'in_transit'),
    ]);
    await floor.say(parcel, 'delivered');
    await expectDelivered(id, total);
    expect((await eventsOf(world, id)).filter((e) => e.type === 'sub_order.in_transit')).toHaveLength(1);
  });

  it('in words nobody knows, from the future, without a time or about a foreign parcel moves nothing', async () => {
    const {id, east, parcel, total} = await packed();
    await floor.dispatch(id, east);
    const say = (event: object, code = parcel.tracking_number) =>
      floor.control(world.carrierUrl, 'trackers', {tracking_code: code, events: [event]});
    const future = new Date(Date.now() + 400 * 86_400_000).toISOString();
    await say({status: 'error'});
    await say({status: 'unknown', datetime: future});
    await say({status: 'cancelled'});
    const {prisma} = world.api.store;
    const foreign = {tracking_code: 'FOREIGN1', status: 'delivered', tracking_details: []};
    const odd = {tracking_code: parcel.tracking_number, status: 'teleported', tracking_details: [{datetime: 'soon'}]};
    for (const [i, result] of [foreign, odd].entries()) {
      const body = {id: `evt_odd_${i}`, description: 'tracker.updated', result};
      await storeWebhook(world.api.store, {provider: 'easypost', event_id: body.id, type: body.description, body});
    }
    const rows = () =>
      prisma.parcel_events.findMany({where: {parcel_id: parcel.parcel_id}, orderBy: {stored_at: 'asc'}});
    const seen = await until('all of it to be heard', async () => {
      const all = await rows();
      return all.length >= 5 && all;
    });
    const applied = seen.filter((row) => row.applied).map((row) => row.status);
    expect(applied.filter((status) => status !== 'pre_transit')).toEqual([]);
    for (const row of seen) expect(row.at.getTime()).toBeLessThanOrEqual(Date.now());
    expect((await floor.order(id)).sub_orders[0]).toMatchObject({stage: 'IN_TRANSIT'});

    await say({status: 'delivered', datetime: future});
    await say({status: 'in_transit'});
    await expectDelivered(id, total);
    const told = (await eventsOf(world, id)).filter((e) => e.type === 'sub_order.tracked');
    for (const {data} of told as unknown as {data: {at: string}}[]) {
      expect(Date.parse(data.at)).toBeLessThanOrEqual(Date.now());
    }
    const foreigner = await prisma.webhook_inbox.findFirstOrThrow({where: {event_id: 'evt_odd_0'}});
    expect(foreigner.outcome).toBe('unknown_parcel');
    // its parcel might be on its way into our books: it would be asked for again for minutes
    await prisma.webhook_inbox.update({where: {id: foreigner.id}, data: {processed_at: new Date()}});
  });

  it('never led to a second label', async () => {
    const codes = (await labels(world)).map((l) => l.tracking_code);
    const parcels = await world.api.store.prisma.parcels.count();
    expect(codes).toHaveLength(parcels);
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
