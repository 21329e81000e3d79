import type {OrderView} from '../../simulation/api-types.ts';
import type {Tx} from '../../store/context.ts';
import {readProfile} from '../../store/personal-data.ts';
import {freshKey} from '../support/api.ts';
import {capturesOf, eventsOf, holdsOf, labels, violationsAtRest, violationsNow} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop, SHIPPING, TAX_BP} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const withTax = (items: number) => items + Math.floor((items * TAX_BP + 5_000) / 10_000);
const CHANGES = {
  until: {quantity: 'pick', address: 'handover'},
  hold_for: 60_000,
  void_check: 300,
  void_retry: 300,
  void_asks: 2,
} as const;

describe('a change of a placed order', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld({policy: {changes: CHANGES}});
    floor = openFloor(world);
    await openShop(world.api);
    await world.api.as('admin').put('/v1/tax-rates/US-CA', {rate_bp: 2_000, inclusive: false}).expect(200);
  });
  afterAll(() => world.close());

  const change = (id: string, body: object, key = freshKey(), role = 'support') =>
    world.api.as(role as 'support').post(`/v1/orders/${id}/changes`, {reason: 'the customer called', ...body}, key);
  const buy = async (qty = 2, left = 20): Promise<{id: string; line: string; sku: string; order: OrderView}> => {
    const sku = await offer(world.api, {price: 1_000, at: {EAST: left}});
    const order = await floor.buy({lines: [{sku, qty}]});
    return {id: order.order_id, line: order.lines[0]?.line_id ?? '', sku, order};
  };
  const liveHolds = async (id: string) =>
    (await holdsOf(world, id)).filter((hold) => hold.status === 'requires_capture').map((hold) => hold.amount);

  it('to fewer units lowers the total and what is taken', async () => {
    const {id, line, order} = await buy(3);
    const {body} = await change(id, {kind: 'quantity', lines: [{line_id: line, qty: 1}]}).expect(200);
    expect(body).toMatchObject({kind: 'quantity', applied: [{line_id: line, qty: -2}], refused: []});
    expect(body.total.amount).toBeLessThan(order.total.amount);
    await floor.deliver(id, floor.partFrom(order, 'EAST'));
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([body.total.amount]);
  });

  it('to more units is held first, at the price of now, and sent as a part of its own', async () => {
    const {id, line, sku, order} = await buy(1);
    const product = {name: 'Dearer', price: {amount: 1_500, currency: 'USD'}, weight_g: 400, length_mm: 100};
    const size = {width_mm: 80, height_mm: 60, capacity_units: 1, barcode: `bar-${sku}`, backorderable: false};
    await world.api
      .as('admin')
      .put(`/v1/products/${sku}`, {...product, ...size, category: 'things'})
      .expect(200);
    const {body} = await change(id, {kind: 'quantity', lines: [{line_id: line, qty: 3}]}).expect(200);
    expect(body.applied).toEqual([expect.objectContaining({sku, qty: 2})]);
    expect(body.total.amount).toBe(order.total.amount + withTax(3_000));
    expect((await violationsNow(world)).filter(({id}) => id.startsWith('M'))).toEqual([]);
    expect(await liveHolds(id)).toEqual([body.total.amount]);
    const after = await floor.order(id);
    expect(after.sub_orders).toHaveLength(2);
    for (const part of after.sub_orders) await floor.deliver(id, part);
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).reduce((sum, c) => sum + c.amount, 0)).toBe(body.total.amount);
  });

  it('that the bank gives no money for leaves everything as it was', async () => {
    const sku = await offer(world.api, {price: 1_000, at: {EAST: 5}});
    const order = await floor.buy({lines: [{sku, qty: 1}], payment_method: 'pm_card_declineOffSession'});
    const id = order.order_id;
    const {body} = await change(id, {kind: 'add_lines', add: [{sku, qty: 2}]}).expect(402);
    expect(body).toMatchObject({code: 'payment_declined', refused: [{code: 'payment_declined'}]});
    const after = await floor.order(id);
    expect([after.total, after.lines.length, after.sub_orders.length]).toEqual([order.total, 1, 1]);
    expect(await liveHolds(id)).toEqual([order.total.amount]);
    const {warehouses} = (await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200)).body;
    expect(warehouses[0].reserved).toBe(1);
    await floor.cancel(id).expect(200);
  });

  it('for which the stock is gone lets the new hold go and keeps the old one', async () => {
    const {id, sku, order} = await buy(1, 2);
    const {body} = await change(id, {kind: 'add_lines', add: [{sku, qty: 5}]}).expect(409);
    expect(body).toMatchObject({code: 'change_refused', refused: [{sku, code: 'out_of_stock'}]});
    expect(body.refused[0].possible).toMatch(/ask for less/);
    expect(await liveHolds(id)).toEqual([order.total.amount]);
    await floor.cancel(id).expect(200);
  });

  it('sent twice under one key is made once', async () => {
    const {id, line} = await buy(1);
    const body = {kind: 'quantity', lines: [{line_id: line, qty: 2}]};
    const key = freshKey();
    const answers = await Promise.all([change(id, body, key), change(id, body, key)]);
    expect(answers.map((a) => a.status)).toEqual([200, 200]);
    expect((await floor.order(id)).lines).toHaveLength(2);
    await floor.cancel(id).expect(200);
  });

  const CALIFORNIA = {
    name: 'Ann Example',
    line1: '9 Example Street West',
    city: 'Los Angeles',
    region: 'CA',
    postal_code: '90012',
    country: 'US',
    lat: 34.06,
    lng: -118.24,
  };

  it('of the address before the label is taxed by the new one, and held for', async () => {
    const {id, order} = await buy(2);
    const {body} = await change(id, {kind: 'address', ship_to: CALIFORNIA}).expect(200);
    expect(body.total.amount).toBe(2_000 + 400 + SHIPPING);
    expect(await liveHolds(id)).toEqual([body.total.amount]);
    const [part] = (await floor.order(id)).sub_orders;
    if (!part) throw new Error('there is no part');
    await floor.deliver(id, part);
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([body.total.amount]);
    expect(body.total.amount).not.toBe(order.total.amount);
  });

  it('of the address after the label voids it and buys another one', async () => {
    const {id, order} = await buy(2);
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    const [old] = await floor.pack(id, east);
    await change(id, {kind: 'address', ship_to: CALIFORNIA}).expect(200);
    const scan = await floor.scan({kind: 'dispatch', code: old?.tracking_number ?? ''}, 'packer');
    expect(scan).toMatchObject({accepted: false, code: 'cancelled'});
    await until('the new label', async () => (await floor.order(id)).sub_orders[0]?.parcels[0]?.tracking_number);
    const [parcel] = (await floor.order(id)).sub_orders[0]?.parcels ?? [];
    expect(parcel?.parcel_id).not.toBe(old?.parcel_id);
    const refundOf = async () =>
      (await world.api.store.prisma.parcels.findUniqueOrThrow({where: {id: old?.parcel_id ?? ''}})).void_state;
    await until('the old label to be asked back', async () => (await refundOf()) === 'submitted', refundOf);
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
    const {shipment_ref} = await world.api.store.prisma.parcels.findUniqueOrThrow({where: {id: old?.parcel_id ?? ''}});
    await floor.control(world.carrierUrl, 'refunds', {shipment_id: shipment_ref, state: 'refunded'});
    await until('the money for it', async () => (await refundOf()) === 'refunded', refundOf);
    expect((await labels(world)).filter((l) => l.shipment_id === shipment_ref && l.voided_at)).toHaveLength(1);
  });

  it('of the address after the hand-over is refused, and says what can be done', async () => {
    const {id, order} = await buy(1);
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    await floor.pack(id, east);
    await floor.dispatch(id, east);
    const {body} = await change(id, {kind: 'address', ship_to: CALIFORNIA}).expect(409);
    expect(body.refused).toEqual([{code: 'already_shipped', possible: expect.stringContaining('return')}]);
    const [parcel] = (await floor.order(id)).sub_orders[0]?.parcels ?? [];
    if (parcel) await floor.say(parcel, 'delivered');
    await floor.ends(id, 'delivered');
    await change(id, {kind: 'address', ship_to: CALIFORNIA}).expect(409);
  });

  it('of the address is judged as at checkout', async () => {
    const {id} = await buy(1);
    const wrong = {...CALIFORNIA, postal_code: '10001'};
    const {body} = await change(id, {kind: 'address', ship_to: wrong}).expect(422);
    expect(body.errors[0].pointer).toBe('/ship_to/postal_code');
    await floor.cancel(id).expect(200);
  });

  it('that holds it back keeps everybody away until it is released', async () => {
    const {id, order} = await buy(1);
    const east = floor.partFrom(order, 'EAST');
    const task = await floor.openTask(east, 'pick');
    await change(id, {kind: 'hold'}).expect(200);
    expect((await floor.order(id)).waiting_on).toMatchObject({name: 'ops', deadline: expect.any(String)});
    const stop = task.stops[0];
    const scan = {task_id: task.task_id, kind: 'bin', code: stop?.bin ?? ''} as const;
    expect(await floor.scan(scan)).toMatchObject({accepted: false, code: 'on_hold'});
    const {body} = await world.api.as('warehouse_lead').get('/v1/warehouses/EAST/tasks?state=open&limit=500');
    expect((body as {task_id: string}[]).map((t) => t.task_id)).not.toContain(task.task_id);
    await change(id, {kind: 'release'}).expect(200);
    expect((await floor.order(id)).waiting_on?.name).toBe('pick');
    await floor.deliver(id, east);
    await floor.ends(id, 'delivered');
    await change(id, {kind: 'release'}).expect(409);
  });

  it('that holds it back for too long asks ops, and is not forgotten', async () => {
    const {id} = await buy(1);
    await change(id, {kind: 'hold', until: new Date(Date.now() + 1_200).toISOString()}).expect(200);
    const stuck = () => world.api.store.prisma.stuck_steps.count({where: {order_id: id, resolved_at: null}});
    await until('ops to be asked', async () => (await stuck()) === 1);
    await change(id, {kind: 'release'}).expect(200);
    expect(await stuck()).toBe(0);
    await floor.cancel(id).expect(200);
  });

  it('is kept with who, in which role and why', async () => {
    const {id} = await buy(1);
    await change(id, {kind: 'hold', reason: 'looks odd'}).expect(200);
    await change(id, {kind: 'release', reason: 'it is fine'}).expect(200);
    const {body} = await world.api.as('support').get(`/v1/orders/${id}/history`).expect(200);
    const rows = (body as {subject: string}[]).filter((row) => row.subject.startsWith('change:'));
    expect(rows).toEqual([
      expect.objectContaining({to: 'hold applied', role: 'support', note: 'looks odd'}),
      expect.objectContaining({to: 'release applied', role: 'support', note: 'it is fine'}),
    ]);
    await floor.cancel(id).expect(200);
  });

  it('is not for everybody: a checkout holds nothing back', async () => {
    const {id} = await buy(1);
    await change(id, {kind: 'hold'}, freshKey(), 'checkout').expect(403);
    await floor.cancel(id, {unpick: true}).expect(200);
  });

  it('of units that are packed puts them back, where support asks for it', async () => {
    const {id, order, sku, line} = await buy(2, 2);
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    await floor.pack(id, east);
    expect((await floor.cancel(id)).status).toBe(409);
    const {body} = await floor.cancel(id, {unpick: true}).expect(200);
    expect(body.cancelled).toEqual([{line_id: line, qty: 2}]);
    await floor.ends(id, 'cancelled');
    const stock = async () => (await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200)).body.warehouses[0];
    expect(await stock()).toMatchObject({on_hand: 2, available: 0});
    const task = await floor.openTask(east, 'unpick');
    for (const stop of task.stops) {
      const {task_id} = task;
      expect(await floor.scan({task_id, kind: 'bin', code: stop.bin})).toMatchObject({accepted: true});
      expect(await floor.scan({task_id, kind: 'item', code: stop.barcode, qty: stop.qty})).toMatchObject({
        accepted: true,
      });
    }
    expect(await stock()).toMatchObject({on_hand: 2, available: 2});
    expect((await eventsOf(world, id)).map((e) => e.type)).toContain('sub_order.put_back');
  });

  it('of some of the packed units packs the rest anew', async () => {
    const {id, order, line} = await buy(3);
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    await floor.pack(id, east);
    const {body} = await change(id, {kind: 'quantity', lines: [{line_id: line, qty: 1}], unpick: true}).expect(200);
    expect(body.applied).toEqual([expect.objectContaining({line_id: line, qty: -2})]);
    await floor.reaches(id, east.sub_order_id, 'PICKED');
    const again = floor.partFrom(await floor.order(id), 'EAST');
    await floor.pack(id, again);
    await floor.carry(id, again);
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([body.total.amount]);
  });

  it('asked for by the customer needs the link of the order, and for another address their e-mail', async () => {
    const {id, order, sku} = await buy(3);
    const {customer_id} = await world.api.store.prisma.orders.findUniqueOrThrow({where: {id}});
    const email = (await readProfile(world.api.store, world.api.store.prisma as Tx, customer_id))?.email ?? '';
    const token = order.tracking_url.split('/').pop() ?? '';
    const post = (path: string, body: object) => world.api.as('checkout').post(`/v1/track/${token}/${path}`, body);
    expect((await post('cancel', {items: [{sku, qty: 1}]}).expect(200)).body.cancelled).toHaveLength(1);
    const refused = await post('address', {ship_to: CALIFORNIA, confirm_email: 'somebody@else.example'}).expect(403);
    expect(refused.body.code).toBe('not_confirmed');
    await post('address', {ship_to: CALIFORNIA, confirm_email: ` ${email.toUpperCase()}`}).expect(200);
    await world.api.as('checkout').post('/v1/track/aaaaaaaaaaaaaaaaaaaaaaaaa/cancel', {}).expect(404);
    await post('cancel', {}).expect(200);
    await floor.ends(id, 'cancelled');
    const {body} = await world.api.as('support').get(`/v1/orders/${id}/history`).expect(200);
    expect((body as {role: string}[]).map((row) => row.role)).toContain('customer');
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
