import type {Response} from 'supertest';
import type {OrderView} from '../../simulation/api-types.ts';
import {freshKey} from '../support/api.ts';
import {violationsAtRest} from '../support/books.ts';
import {openReturns} from '../support/returns.ts';
import {offer, openShop} from '../support/shop.ts';
import {openSupplier, purchaseAt} from '../support/suppliers.ts';
import {startWorld, type World} from '../support/world.ts';

const usd = (amount: number) => ({amount, currency: 'USD'});
const lineOf = ({lines}: OrderView) => lines[0]?.line_id ?? '';

/** The answer is a problem of that code whose sentences have all of these. */
function expectTold(answer: Response, status: number, code: string, ...words: (string | RegExp)[]) {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const {detail, errors} = answer.body as {detail: string; errors: {detail: string}[]};
  const said = [detail, ...errors.map((one) => one.detail)].join('\n');
  for (const word of words) expect(said).toMatch(word);
}

/** Every refusal names what can be done instead, and then that is done. */
describe('what is refused', () => {
  let world: World;
  let desk: ReturnType<typeof openReturns>;
  let floor: ReturnType<typeof openReturns>['floor'];
  beforeAll(async () => {
    world = await startWorld();
    desk = openReturns(world);
    ({floor} = desk);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const support = (path: string, body: object) => world.api.as('support').post(path, body, freshKey());
  const refund = (id: string, body: object) => support(`/v1/orders/${id}/refunds`, {reason: 'sorry', ...body});
  const change = (id: string, body: object) => support(`/v1/orders/${id}/changes`, {reason: 'asked for', ...body});

  /** What has left EAST is with the customer. */
  const arrives = async ({order_id: id}: OrderView) => {
    for (const parcel of floor.partFrom(await floor.order(id), 'EAST').parcels) await floor.say(parcel, 'delivered');
    await floor.ends(id, 'delivered');
  };

  it('of more money than was taken names the amount that can be given back', async () => {
    const order = await desk.delivered(await offer(world.api, {at: {EAST: 2}}), 2);
    const {order_id: id, total} = order;
    const goodwill = (amount: number) => refund(id, {kind: 'goodwill', amount: usd(amount)});
    expectTold(await goodwill(total.amount + 1), 409, 'refund_too_large', `${total.amount} minor units of USD`);
    await goodwill(700).expect(201);
    const left = total.amount - 700;
    const more = await goodwill(total.amount);
    expectTold(more, 409, 'refund_too_large', `${left} minor units of USD`);
    expect(more.body.possible).toEqual(usd(left));
    await goodwill(more.body.possible.amount).expect(201);
    expectTold(await goodwill(1), 409, 'refund_too_large', /^0 minor units/);
    await desk.refunded(id, total.amount);
  });

  it('of money for more units than were paid names the units', async () => {
    const order = await desk.delivered(await offer(world.api, {at: {EAST: 3}}), 3);
    const units = (qty: number) => refund(order.order_id, {kind: 'line', lines: [{line_id: lineOf(order), qty}]});
    await units(1).expect(201);
    const more = await units(3);
    expectTold(more, 409, 'units_already_refunded', '2 units were paid for and not given back');
    await units(more.body.possible_qty).expect(201);
    await desk.refunded(order.order_id, order.total.amount - (await shippingOf(order)));
  });

  /** What of the total is no line's: the shipping charge is given back by a refund of its own. */
  const shippingOf = async ({order_id}: OrderView) => {
    const {body} = await world.api.as('support').get(`/v1/orders/${order_id}/refunds`).expect(200);
    return body.possible_shipping.amount as number;
  };

  it('of money before any was taken says to cancel', async () => {
    const order = await floor.buy({lines: [{sku: await offer(world.api, {at: {EAST: 1}}), qty: 1}]});
    const {order_id: id} = order;
    expectTold(await refund(id, {kind: 'goodwill', amount: usd(1)}), 409, 'nothing_captured', 'cancel it instead');
    await floor.cancel(id).expect(200);
    expectTold(await floor.cancel(id), 409, 'nothing_cancelled', 'place a new order', 'of 1 ordered 1 cancelled');
  });

  it('of a cancellation tells where the units are, before and after they arrive', async () => {
    const sku = await offer(world.api, {at: {EAST: 2, WEST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    const {order_id: id} = order;
    const line_id = lineOf(order);
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    await floor.pack(id, east);
    await floor.dispatch(id, east);
    const {body} = await floor.cancel(id, {lines: [{line_id, qty: 3}]}).expect(200);
    expect(body.cancelled).toEqual([{line_id, qty: 1}]);
    expect(body.refused).toMatchObject([{line_id, qty: 2, code: 'already_shipped'}]);
    expect(body.refused[0].possible).toMatch(/ask for a return.*of 3 ordered 2 on the way, 1 cancelled/);
    expectTold(await floor.cancel(id), 409, 'nothing_cancelled', 'ask for a return', '2 on the way');
    expectTold(await desk.ask(id, [{line_id, qty: 2}]), 409, 'return_refused', /not been delivered.*nothing/);
    await arrives(order);
    expectTold(await floor.cancel(id), 409, 'nothing_cancelled', 'ask for a return', '2 with the customer');
    await desk.announce(id, [{line_id, qty: 2}]);
  });

  it('of an edit too late says whom to ask, or to ask for a return', async () => {
    const order = await floor.buy({lines: [{sku: await offer(world.api, {at: {EAST: 3}}), qty: 3}]});
    const {order_id: id} = order;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    const fewer = {kind: 'quantity', lines: [{line_id: lineOf(order), qty: 2}]};
    expectTold(await change(id, fewer), 409, 'change_refused', 'unpick', 'of 3 ordered 3 picked');
    const {body} = await change(id, {...fewer, unpick: true}).expect(200);
    expect(body.applied).toMatchObject([{qty: -1}]);
    await floor.pack(id, east);
    await floor.dispatch(id, east);
    const none = {kind: 'quantity', lines: [{line_id: lineOf(order), qty: 0}]};
    const late = await change(id, {...none, unpick: true});
    expectTold(late, 409, 'change_refused', 'ask for a return');
    expect(late.body.refused[0].possible).toMatch('ask for a return');
    await arrives(order);
    expectTold(await change(id, none), 409, 'change_refused', 'ask for a return of what was delivered');
    await desk.announce(id, [{line_id: lineOf(order), qty: 2}]);
  });

  it('of a return of what was never bought lists what could be sent back', async () => {
    const order = await desk.delivered(await offer(world.api, {at: {EAST: 2}}), 2);
    const {order_id: id} = order;
    const line_id = lineOf(order);
    const stranger = await desk.ask(id, [{line_id: 'lin_of_another_order', qty: 1}]);
    expectTold(stranger, 409, 'return_refused', 'no such line', 'returnable');
    expect(stranger.body.possible).toEqual([{line_id: 'lin_of_another_order', qty: 0, until: null}]);
    expect(stranger.body.returnable).toEqual([{line_id, qty: 2, until: expect.any(String)}]);
    expectTold(await desk.ask(id, [{line_id, qty: 3}]), 409, 'return_refused', 'fewer were delivered; 2 can be');
    const {return_id} = await desk.announce(id, [{line_id, qty: 1}]);
    const twice = await desk.ask(id, [{line_id, qty: 2}]);
    expectTold(twice, 409, 'return_refused', 'in another return', '1 can be');
    await desk.send(return_id);
    const tooMany = await desk.inspect(return_id, [{line_id, qty: 2, grade: 'as_new'}]);
    expectTold(tooMany, 409, 'not_announced', '1 were announced');
    await desk.inspect(return_id, [{line_id, qty: 1, grade: 'as_new'}]);
    await desk.ends(return_id, 'closed');
    expectTold(await desk.ask(id, [{line_id, qty: 2}]), 409, 'return_refused', 'came back already; 1 can be');
    await desk.announce(id, [{line_id, qty: twice.body.possible[0].qty}]);
  });

  it('of a supplier’s answer names how many are wanted, and then what was acknowledged', async () => {
    const sku = await offer(world.api, {});
    const supplier = await openSupplier(world, {character: 'silent', offers: {[sku]: {}}});
    const {order_id: id} = await floor.buy({lines: [{sku, qty: 2}]});
    const {purchase_order_id} = await purchaseAt(world, id, supplier.id);
    const answer = (qty: number) =>
      supplier.calls.post(`/v1/purchase-orders/${purchase_order_id}/acknowledge`, {lines: [{sku, qty}]});
    expectTold(await answer(3), 422, 'purchase_mismatch', `2 of ${sku} at most`);
    await answer(2).expect(200);
    const other = await answer(1);
    expectTold(other, 409, 'purchase_answered', `send what was acknowledged, 2 of ${sku}`);
    expect(other.body.acknowledged).toMatchObject([{sku, qty: 2}]);
    expectTold(await floor.cancel(id), 409, 'nothing_cancelled', 'a supplier sends it', 'of 2 ordered 2 open');
    const shipped = {tracking_number: freshKey(), carrier: 'Post', shipped_at: new Date().toISOString()};
    const ship = (lines: object[]) =>
      supplier.calls.post(`/v1/purchase-orders/${purchase_order_id}/shipments`, {...shipped, lines});
    expectTold(await ship([{sku, qty: 3}]), 422, 'purchase_mismatch', `2 of ${sku} at most`);
    await ship([{sku, qty: 2}]).expect(200);
    const {tracking_number} = shipped;
    const delivered = {tracking_number, status: 'delivered', at: new Date().toISOString()};
    await supplier.calls.post(`/v1/purchase-orders/${purchase_order_id}/tracking`, delivered).expect(200);
    await floor.ends(id, 'delivered');
  });

  it('of more than lies there names what does', async () => {
    const sku = await offer(world.api, {at: {EAST: 3}});
    const stock = (path: string, body: object) => world.api.as('warehouse_lead').post(`/v1/inventory/${path}`, body);
    const wish = {lines: [{sku, qty: 4}]};
    expectTold(await floor.place(wish), 409, 'out_of_stock', 'only 3 left');
    const reference = freshKey();
    const broken = {warehouse: 'EAST', sku, qty: -4, bin: 'A-1', reason: 'broken', reference};
    expectTold(await stock('adjustments', broken), 409, 'not_that_many', '3');
    const sent = {sku, qty: 4, from: {warehouse: 'EAST', bin: 'A-1'}, to: {warehouse: 'WEST'}, reference};
    expectTold(await stock('transfers', sent), 409, 'not_that_many', '3');
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
