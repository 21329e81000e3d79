import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import {capturesOf, holdsOf, mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
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

  const receive = (sku: string, qty: number, warehouse = 'EAST') => floor.receive({warehouse, sku, qty, bin: 'A-1'});

  it('get a place by themselves when stock comes', async () => {
    const sku = await offer(world.api, {backorderable: true});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const id = order.order_id;
    const waiting = floor.partFrom(order, null);
    const {created_at} = await world.api.store.prisma.sub_orders.findFirstOrThrow({where: {order_id: id}});
    const until = new Date(created_at.getTime() + OPEN_POLICY.backorder.wait).toISOString();
    expect(order.waiting_on).toMatchObject({name: 'stock', deadline: until});
    await receive(sku, 5);
    const part = await floor.reaches(id, waiting.sub_order_id, 'ALLOCATED');
    expect((await floor.order(id)).waiting_on).toMatchObject({name: 'pick', deadline: null});
    expect(await mailsOf(world, id)).toContain('What your order waited for has arrived');
    expect(part).toMatchObject({source: {kind: 'warehouse', id: 'EAST'}, value: waiting.value});
    expect((await floor.order(id)).lines[0]).toMatchObject({backordered: 0, allocated: 2});
    await floor.deliver(id, part);
    await floor.ends(id, 'delivered');
    const {payment, total} = await floor.order(id);
    expect(payment.captured).toEqual(total);
  });

  it('are split where only some come, and the rest waits on', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}, backorderable: true});
    const order = await floor.buy({lines: [{sku, qty: 6}]});
    const id = order.order_id;
    await receive(sku, 2, 'WEST');
    const west = await floor.appears(id, 'WEST');
    expect(west.lines).toMatchObject([{qty: 2}]);
    expect((await floor.order(id)).lines[0]).toMatchObject({backordered: 3, allocated: 3});
    await floor.deliver(id, west);
    await receive(sku, 9, 'LAKE');
    const lake = await floor.appears(id, 'LAKE');
    await floor.deliver(id, lake);
    await floor.deliver(id, floor.partFrom(await floor.order(id), 'EAST'));
    await floor.ends(id, 'delivered');
    const {payment, total} = await floor.order(id);
    expect(payment.captured).toEqual(total);
  });

  it('come to whoever waits longest, and nobody later takes what is due to them', async () => {
    const sku = await offer(world.api, {backorderable: true});
    const buy = (qty: number) => floor.buy({lines: [{sku, qty}]});
    const [first, second, third] = [await buy(4), await buy(4), await buy(4)];
    await receive(sku, 10);
    const late = await buy(1);
    expect(late).toMatchObject({waiting_on: {name: 'stock'}});
    const backordered = async (order: {order_id: string}) => (await floor.order(order.order_id)).lines[0]?.backordered;
    await until('ten units to be given away', async () => (await backordered(third)) === 2);
    expect([await backordered(first), await backordered(second), await backordered(late)]).toEqual([0, 0, 1]);
    await floor.cancel(first.order_id).expect(200);
    await until('what was given back to be passed on', async () => (await backordered(late)) === 0);
    expect(await backordered(third)).toBe(0);
    for (const {order_id} of [second, third, late]) {
      await floor.cancel(order_id).expect(200);
      await floor.ends(order_id, 'cancelled');
    }
  });

  it('cancelled while some of them come leave what came', async () => {
    const sku = await offer(world.api, {backorderable: true});
    const {order_id: id} = await floor.buy({lines: [{sku, qty: 5}]});
    await receive(sku, 2);
    const east = await floor.appears(id, 'EAST');
    await floor.cancel(id, {lines: [{line_id: lineOf(await floor.order(id), 0), qty: 3}]}).expect(200);
    await floor.deliver(id, east);
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
