import {capturesOf, holdsOf, mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

describe('units that are not in stock yet', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const buyPart = async () => {
    const here = await offer(world.api, {at: {EAST: 3}});
    const awaited = await offer(world.api, {backorderable: true});
    return floor.buy({
      lines: [
        {sku: here, qty: 1},
        {sku: awaited, qty: 2},
      ],
    });
  };
  const lineOf = (order: {lines: {line_id: string}[]}, i: number) => order.lines[i]?.line_id ?? '';

  it('are a sub-order of their own without a place, and the rest goes on', async () => {
    const order = await buyPart();
    const id = order.order_id;
    expect(order.status).toBe('awaiting_fulfillment');
    expect(floor.partFrom(order, null)).toMatchObject({stage: 'BACKORDERED', source: {kind: null, id: null}});
    expect(order.lines[1]).toMatchObject({qty: 2, backordered: 2, allocated: 0});

    await floor.deliver(id, floor.partFrom(order, 'EAST'));
    await floor.waitsOn(id, 'stock');
    expect((await floor.order(id)).status).toBe('partially_fulfilled');
    expect(await mailsOf(world, id)).toContain('Part of your order will come later');

    await floor.cancel(id, {lines: [{line_id: lineOf(order, 1), qty: 2}]}).expect(200);
    await floor.ends(id, 'delivered');
    const after = await floor.order(id);
    expect(after.total).toEqual(after.payment.captured);
    expect(after.payment.authorized.amount).toBe(0);
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([floor.partFrom(order, 'EAST').value.amount]);
  });

  it('cancelled while the rest is on the road make the order fulfilled', async () => {
    const order = await buyPart();
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    await floor.pack(id, east);
    await floor.dispatch(id, east);
    expect((await floor.order(id)).status).toBe('partially_fulfilled');
    await floor.cancel(id, {lines: [{line_id: lineOf(order, 1), qty: 2}]}).expect(200);
    expect((await floor.order(id)).status).toBe('fulfilled');
    for (const parcel of floor.partFrom(await floor.order(id), 'EAST').parcels) await floor.say(parcel, 'delivered');
    await floor.ends(id, 'delivered');
  });

  it('can be cancelled as a whole order', async () => {
    const awaited = await offer(world.api, {backorderable: true});
    const order = await floor.buy({lines: [{sku: awaited, qty: 1}]});
    expect(order).toMatchObject({status: 'awaiting_fulfillment', waiting_on: {name: 'stock'}});
    await floor.cancel(order.order_id).expect(200);
    await floor.ends(order.order_id, 'cancelled');
    expect((await holdsOf(world, order.order_id)).map((h) => h.status)).toEqual(['canceled']);
  });

  it('are refused where the order does not allow them', async () => {
    const awaited = await offer(world.api, {backorderable: true});
    const answer = await floor.place({lines: [{sku: awaited, qty: 1}], allow_backorder: false});
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({code: 'out_of_stock', errors: [{pointer: '/lines/0/qty'}]});
  });

  it('leave books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
