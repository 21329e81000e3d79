import {violationsAtRest} from '../support/books.ts';
import {openReturns} from '../support/returns.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

type Returns = ReturnType<typeof openReturns>;

describe('a return', () => {
  let world: World;
  let desk: Returns;
  beforeAll(async () => {
    world = await startWorld();
    desk = openReturns(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const stockOf = async (sku: string) =>
    (await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200)).body.warehouses[0];

  it('of everything brings the goods back on the shelf and the money back to the customer', async () => {
    const sku = await offer(world.api, {price: 1_999, at: {EAST: 5}});
    const order = await desk.delivered(sku, 2);
    const line_id = order.lines[0]?.line_id ?? '';
    const asked = await desk.announce(order.order_id, [{line_id, qty: 2}]);
    expect(asked).toMatchObject({state: 'approved', reasons: ['within_policy'], expected: order.total});
    const code = await desk.send(asked.return_id);
    expect(await desk.scan(code)).toMatchObject({accepted: false, code: 'done'});
    for (const bin of ['Z-99', '~STAGING']) {
      const {body} = await desk.inspect(asked.return_id, [{line_id, qty: 2, grade: 'as_new', bin}]).expect(422);
      expect(body.errors).toMatchObject([{pointer: '/lines/0/bin', code: 'unknown_bin'}]);
    }
    expect((await desk.inspect(asked.return_id, [{line_id, qty: 2, grade: 'as_new', bin: 'A-2'}])).status).toBe(200);
    await desk.ends(asked.return_id, 'closed');
    await desk.refunded(order.order_id, order.total.amount);
    await desk.floor.becomes(order.order_id, 'refunded');
    expect(await stockOf(sku)).toMatchObject({on_hand: 5, reserved: 0, in_transit: 0});
    const shown = await desk.floor.order(order.order_id);
    expect(shown.lines[0]).toMatchObject({delivered: 2, returned: 2});
  });

  it('of one unit leaves the order delivered and gives back its share; what is opened brings less', async () => {
    const sku = await offer(world.api, {price: 1_000, at: {EAST: 3}});
    const order = await desk.delivered(sku, 3);
    const line_id = order.lines[0]?.line_id ?? '';
    const asked = await desk.announce(order.order_id, [{line_id, qty: 1}]);
    await desk.send(asked.return_id);
    await desk.inspect(asked.return_id, [{line_id, qty: 1, grade: 'opened'}]);
    const closed = await desk.ends(asked.return_id, 'closed');
    expect(closed.lines[0]?.findings).toEqual([{grade: 'opened', qty: 1, disposition: 'refurbish'}]);
    const amount = closed.refund?.amount ?? 0;
    expect(amount).toBeLessThan(closed.expected?.amount ?? 0);
    await desk.refunded(order.order_id, amount);
    expect((await desk.floor.order(order.order_id)).status).toBe('delivered');
    expect(await stockOf(sku)).toMatchObject({on_hand: 0});
  });

  it('is refused with a reason and what is possible instead', async () => {
    const sku = await offer(world.api, {at: {EAST: 3}});
    const order = await desk.delivered(sku, 2);
    const line_id = order.lines[0]?.line_id ?? '';
    const code = async (lines: {line_id: string; qty: number}[]) => {
      const {status, body} = await desk.ask(order.order_id, lines);
      expect(status).toBe(409);
      return [body.errors[0].code, body.possible[0].qty];
    };
    expect(await code([{line_id: 'lin_nothing', qty: 1}])).toEqual(['not_bought', 0]);
    expect(await code([{line_id, qty: 3}])).toEqual(['more_than_delivered', 2]);
    const [one, two] = await Promise.all([
      desk.ask(order.order_id, [{line_id, qty: 2}]),
      desk.ask(order.order_id, [{line_id, qty: 2}]),
    ]);
    expect([one.status, two.status].sort()).toEqual([201, 409]);
    expect(await code([{line_id, qty: 1}])).toEqual(['in_another_return', 0]);
    const id = (one.status === 201 ? one : two).body.return_id as string;
    await desk.becomes(id, 'label_ready');
    await world.api.as('support').post(`/v1/returns/${id}/cancel`, {}).expect(200);
    await desk.ends(id, 'cancelled');
    const again = await desk.announce(order.order_id, [{line_id, qty: 2}]);
    await desk.send(again.return_id);
    await desk.inspect(again.return_id, [{line_id, qty: 2, grade: 'as_new'}]);
    await desk.ends(again.return_id, 'closed');
    expect(await code([{line_id, qty: 1}])).toEqual(['already_returned', 0]);
    await desk.floor.becomes(order.order_id, 'refunded');
  });

  it('that is odd goes to a person', async () => {
    const sku = await offer(world.api, {at: {EAST: 2}});
    const order = await desk.delivered(sku, 1);
    const line_id = order.lines[0]?.line_id ?? '';
    const asked = await desk.announce(order.order_id, [{line_id, qty: 1, reason: 'damaged'}]);
    expect(asked).toMatchObject({state: 'in_review', reasons: ['claims_damaged']});
    const decision = {decision: 'refuse', note: 'the picture shows another product'};
    await world.api.as('support').post(`/v1/returns/${asked.return_id}/decision`, decision).expect(200);
    await desk.ends(asked.return_id, 'refused');
  });

  it('can be exchanged: the same is sent again and nothing is charged', async () => {
    const sku = await offer(world.api, {at: {EAST: 3}});
    const order = await desk.delivered(sku, 1);
    const id = order.order_id;
    const line_id = order.lines[0]?.line_id ?? '';
    const asked = await desk.announce(id, [{line_id, qty: 1, reason: 'defective'}], {resolution: 'exchange'});
    await desk.send(asked.return_id);
    await desk.inspect(asked.return_id, [{line_id, qty: 1, grade: 'defective'}]);
    const part = await desk.floor.reaches(id, (await nextPart(id)).sub_order_id, 'ALLOCATED');
    await desk.floor.deliver(id, part);
    const closed = await desk.ends(asked.return_id, 'closed');
    expect(closed).toMatchObject({resolution: 'exchange', refund: {amount: 0}});
    const shown = await desk.floor.order(id);
    expect(shown).toMatchObject({status: 'delivered', payment: {captured: order.total, refunded: {amount: 0}}});
    expect(shown.lines).toHaveLength(2);
    const again = await desk.announce(id, [{line_id: shown.lines[1]?.line_id ?? '', qty: 1}]);
    await desk.send(again.return_id);
    await desk.inspect(again.return_id, [{line_id: shown.lines[1]?.line_id ?? '', qty: 1, grade: 'as_new'}]);
    await desk.ends(again.return_id, 'closed');
    await desk.refunded(id, order.total.amount);
    await desk.floor.becomes(id, 'refunded');
  });

  const nextPart = async (id: string) => {
    for (;;) {
      const part = (await desk.floor.order(id)).sub_orders[1];
      if (part) return part;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('may be a parcel that could not be delivered: on the shelf again, and nothing is charged', async () => {
    const sku = await offer(world.api, {at: {EAST: 2}});
    const order = await desk.floor.buy({lines: [{sku, qty: 2}]});
    const id = order.order_id;
    const east = desk.floor.partFrom(order, 'EAST');
    await desk.floor.pick(east);
    await desk.floor.pack(id, east);
    await desk.floor.dispatch(id, east);
    const [parcel] = (await desk.floor.order(id)).sub_orders[0]?.parcels ?? [];
    if (!parcel) throw new Error('nothing is on the road');
    await desk.floor.say(parcel, 'in_transit', 'return_to_sender');
    await desk.floor.waitsOn(id, 'ops');
    expect(await desk.scan(parcel.tracking_number ?? '')).toMatchObject({accepted: true});
    await desk.floor.ends(id, 'refunded');
    expect(await stockOf(sku)).toMatchObject({on_hand: 2, reserved: 0, in_transit: 0});
    expect((await desk.floor.order(id)).payment).toMatchObject({captured: {amount: 0}, authorized: {amount: 0}});
    const {body} = await world.api.as('support').get(`/v1/returns?order_id=${id}`).expect(200);
    expect(body).toEqual([expect.objectContaining({kind: 'come_back', state: 'closed'})]);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
