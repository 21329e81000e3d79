import {freshKey} from '../support/api.ts';
import {mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

describe('stock that changes under orders that are on their way', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const count = (sku: string, counted: number) =>
    world.api
      .as('warehouse_lead')
      .post('/v1/inventory/counts', {warehouse: 'EAST', sku, bin: 'A-1', counted, reference: freshKey()});
  const flip = (active: boolean, more: object = {}) =>
    world.api.as('ops').post('/v1/warehouses/EAST/switch', {active, reason: 'flooded', ...more});

  it('moves the newest promise a count breaks to another place, where it is picked and paid', async () => {
    const sku = await offer(world.api, {at: {EAST: 3}, backorderable: true});
    const [old, young] = [await floor.buy({lines: [{sku, qty: 1}]}), await floor.buy({lines: [{sku, qty: 2}]})];
    await floor.openTask(floor.partFrom(young, 'EAST'), 'pick');
    await floor.receive({warehouse: 'WEST', sku, qty: 1, bin: 'A-1'});
    expect((await count(sku, 1).expect(200)).body).toMatchObject({kind: 'count', qty: -2, moved: 2});
    const west = await floor.appears(young.order_id, 'WEST');
    await floor.deliver(young.order_id, west);
    await floor.waitsOn(young.order_id, 'stock');
    expect(await mailsOf(world, young.order_id)).toContain('Part of your order will come later');
    await count(sku, 2).expect(200);
    await floor.deliver(young.order_id, await floor.appears(young.order_id, 'EAST'));
    await floor.ends(young.order_id, 'delivered');
    const {payment, total} = await floor.order(young.order_id);
    expect(payment.captured).toEqual(total);
    await floor.deliver(old.order_id, floor.partFrom(old, 'EAST'));
    await floor.ends(old.order_id, 'delivered');
  });

  it('asks for a bin to be counted in which units were missing, and sends nobody there', async () => {
    const sku = await offer(world.api, {at: {EAST: 4}, backorderable: true});
    const [first, second] = [await floor.buy({lines: [{sku, qty: 2}]}), await floor.buy({lines: [{sku, qty: 1}]})];
    const east = floor.partFrom(first, 'EAST');
    await floor.openTask(floor.partFrom(second, 'EAST'), 'pick');
    await floor.pick(east, {missing: 1});
    await floor.waitsOn(second.order_id, 'stock');
    const lead = world.api.as('warehouse_lead');
    const counts = await lead.get('/v1/warehouses/EAST/counts').expect(200);
    const task = (counts.body as {task_id: string; sku: string}[]).find((t) => t.sku === sku);
    await lead.post(`/v1/tasks/${task?.task_id}/count`, {counted: 2}).expect(200);
    for (const order of [first, second]) {
      const id = order.order_id;
      const open = await until('a place for all of it', async () => {
        const {lines, sub_orders} = await floor.order(id);
        return lines[0]?.backordered === 0 ? sub_orders.filter((s) => s.stage !== 'CANCELLED') : undefined;
      });
      for (const part of open) {
        if (part.sub_order_id !== east.sub_order_id) await floor.deliver(id, part);
        else {
          await floor.pack(id, part);
          await floor.carry(id, part);
        }
      }
      await floor.ends(id, 'delivered');
    }
  });

  it('moves the open work of a site that is switched off, and says before what would move', async () => {
    const sku = await offer(world.api, {at: {EAST: 2, LAKE: 2}});
    const only = await offer(world.api, {at: {EAST: 1}, backorderable: true});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const stays = await floor.buy({lines: [{sku: only, qty: 1}]});
    expect(floor.partFrom(order, 'EAST').stage).toBe('ALLOCATED');
    const preview = await flip(false, {preview: true}).expect(200);
    expect(preview.body).toMatchObject({active: true});
    expect(preview.body.open_work).toContainEqual({
      ...{order_id: order.order_id, sub_order_id: floor.partFrom(order, 'EAST').sub_order_id, units: 2},
    });
    await flip(false).expect(200);
    const lake = await floor.appears(order.order_id, 'LAKE');
    expect((await floor.place({lines: [{sku: only, qty: 1}], allow_backorder: false})).status).toBe(409);
    await floor.deliver(order.order_id, lake);
    await floor.ends(order.order_id, 'delivered');
    expect(floor.partFrom(await floor.order(stays.order_id), 'EAST').stage).toBe('ALLOCATED');
    await flip(true).expect(200);
    await floor.deliver(stays.order_id, floor.partFrom(stays, 'EAST'));
    await floor.ends(stays.order_id, 'delivered');
  });

  it('lets the customer go on waiting, or no longer: then only what waits is cancelled', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}, backorderable: true});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    const line_id = order.lines[0]?.line_id ?? '';
    const say = (choice: string, key = freshKey()) =>
      world.api.as('support').post(`/v1/orders/${order.order_id}/backorder`, {line_id, choice}, key);
    expect((await say('wait').expect(200)).body).toMatchObject({waiting: 2, cancelled: 0});
    const {wait} = (await floor.order(order.order_id)).lines[0] as {wait?: object};
    expect(wait).toMatchObject({role: 'support', chosen_by: expect.any(String), chosen_at: expect.any(String)});
    const key = freshKey();
    const {body} = await say('cancel', key).expect(200);
    expect(body).toMatchObject({waiting: 0, cancelled: 2});
    expect((await say('cancel', key).expect(200)).body).toEqual(body);
    expect((await say('cancel')).body).toMatchObject({code: 'nothing_waits'});
    expect((await say('wait')).body).toMatchObject({code: 'nothing_waits'});
    await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
    await floor.ends(order.order_id, 'delivered');
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
