import type {PurchaseView} from '../../store/views/purchases-view.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {openSupplier, purchaseAt, supplierLedger} from '../support/suppliers.ts';
import type {Caller} from '../support/api.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';
import {violationsAtRest} from '../support/books.ts';

const body = {
  name: 'Acme',
  currency: 'USD',
  active: true,
  rating: 80,
  acknowledge_seconds: 3_600,
  country: 'US',
  webhook_url: 'http://127.0.0.1:9/hooks',
};

describe('suppliers, through the interface', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  /** An order of `qty` units that a supplier who does nothing by itself is asked for. */
  const ask = async (qty = 3) => {
    const sku = await offer(world.api, {});
    const {id, calls} = await openSupplier(world, {character: 'silent', offers: {[sku]: {available: 10}}});
    const order = await floor.buy({lines: [{sku, qty}]});
    const purchase = await purchaseAt(world, order.order_id, id);
    const path = `/v1/purchase-orders/${purchase.purchase_order_id}`;
    return {id, calls, sku, order, purchase, path};
  };
  const ship = (calls: Caller, path: string, tracking_number: string, more = {}) =>
    calls.post(`${path}/shipments`, {
      tracking_number,
      carrier: 'Express',
      shipped_at: new Date().toISOString(),
      ...more,
    });

  it('show a signing secret once, and another one when asked', async () => {
    const ops = world.api.as('ops');
    const first = (await ops.put('/v1/suppliers/ACME', body).expect(200)).body as {signing_secret: string};
    expect(first.signing_secret).toMatch(/^whsec_/);
    expect((await ops.put('/v1/suppliers/ACME', body).expect(200)).body).not.toHaveProperty('signing_secret');
    const renewed = (await ops.post('/v1/suppliers/ACME/secret').expect(200)).body as {signing_secret: string};
    expect(renewed.signing_secret).not.toBe(first.signing_secret);
    const stored = JSON.stringify(await world.api.store.prisma.suppliers.findMany(), (_k, v: unknown) =>
      typeof v === 'bigint' ? Number(v) : v instanceof Uint8Array ? Buffer.from(v).toString('latin1') : v,
    );
    expect(stored).not.toContain(renewed.signing_secret);
    expect((await ops.post('/v1/suppliers/ACME/secret/end').expect(200)).body).toEqual({ended: 1});
    expect((await ops.post('/v1/suppliers/ACME/secret/end').expect(200)).body).toEqual({ended: 0});
    await ops.post('/v1/suppliers/NOBODY/secret/end').expect(404);
  });

  it.each([
    ['without a way to reach it', {...body, webhook_url: null}, '/webhook_url', 'no_channel'],
    ['with a rating beyond 100', {...body, rating: 101}, '/rating', 'too_large'],
  ])('are refused %s', async (_name, wrong, pointer, code) => {
    const answer = await world.api.as('ops').put('/v1/suppliers/WRONG', wrong);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({errors: [{pointer, code}]});
  });

  it('are offered for in their own currency', async () => {
    const sku = await offer(world.api, {});
    const ops = world.api.as('ops');
    const cost = {amount: 100, currency: 'EUR'};
    const answer = await ops.put(`/v1/suppliers/ACME/offers/${sku}`, {cost, lead_time_days: 1, available: 3});
    expect(answer.body).toMatchObject({code: 'invalid_request', errors: [{pointer: '/cost/currency'}]});
    await ops.put(`/v1/suppliers/NOBODY/offers/${sku}`, {cost, lead_time_days: 1, available: 3}).expect(404);
  });

  it('do not promise more than they have', async () => {
    const sku = await offer(world.api, {});
    await openSupplier(world, {character: 'silent', offers: {[sku]: {available: 2}}});
    await floor.buy({lines: [{sku, qty: 2}]});
    const answer = await floor.place({lines: [{sku, qty: 1}]});
    expect([answer.status, (answer.body as {code: string}).code]).toEqual([409, 'out_of_stock']);
  });

  it('see their own purchase orders only, with the address and no price of the customer', async () => {
    const {calls, purchase, path} = await ask();
    const stranger = await openSupplier(world, {offers: {}});
    const own = (await calls.get(path).expect(200)).body as PurchaseView;
    expect(own).toMatchObject({state: 'open', ship_to: {city: 'New York'}, lines: [{qty: 3}]});
    expect(JSON.stringify(own)).not.toMatch(/order_id":"ord_|email|lat"/);
    expect((await stranger.calls.get('/v1/purchase-orders').expect(200)).body).toEqual([]);
    await stranger.calls.get(path).expect(404);
    await stranger.calls.post(`${path}/acknowledge`, {refuse: {reason: 'not mine'}}).expect(404);
    await ship(stranger.calls, path, 'T-STRANGER').expect(404);
    await world.api.as('supplier').get(path).expect(404);
    await calls.get('/v1/orders').expect(403);
    expect((await calls.get(path).expect(200)).body).toMatchObject({
      state: 'open',
      purchase_order_id: purchase.purchase_order_id,
    });
  });

  it('answer once: the same again is fine, another answer is refused with what is possible', async () => {
    const {calls, sku, path} = await ask();
    const much = await calls.post(`${path}/acknowledge`, {lines: [{sku, qty: 4}]});
    expect(much.body).toMatchObject({
      status: 422,
      code: 'purchase_mismatch',
      errors: [{pointer: '/lines/0', code: 'more_than_wanted', detail: `3 of ${sku} at most`}],
    });
    const unacknowledged = await ship(calls, path, 'T-EARLY');
    expect(unacknowledged.body).toMatchObject({code: 'purchase_not_acknowledged', detail: 'acknowledge it first'});
    await calls.post(`${path}/acknowledge`, {lines: [{sku, qty: 3}]}).expect(200);
    await calls.post(`${path}/acknowledge`, {lines: [{sku, qty: 3}]}).expect(200);
    const other = await calls.post(`${path}/acknowledge`, {lines: [{sku, qty: 2}]});
    expect([other.status, (other.body as {code: string}).code]).toEqual([409, 'purchase_answered']);
  });

  it('send in several parcels, each once, and no more than was acknowledged', async () => {
    const {calls, sku, path, order} = await ask();
    const number = (n: number) => `T-${order.number}-${n}`;
    await calls.post(`${path}/acknowledge`, {lines: [{sku, qty: 3}]}).expect(200);
    const far = await ship(calls, path, number(1), {lines: [{sku, qty: 4}]});
    expect(far.body).toMatchObject({code: 'purchase_mismatch', errors: [{detail: `3 of ${sku} at most`}]});
    await ship(calls, path, number(1), {lines: [{sku, qty: 2}]}).expect(200);
    await ship(calls, path, number(1), {lines: [{sku, qty: 2}]}).expect(200);
    const taken = await ship(calls, path, number(1), {lines: [{sku, qty: 1}]});
    expect((taken.body as {code: string}).code).toBe('tracking_number_taken');
    const at = new Date().toISOString();
    await calls.post(`${path}/tracking`, {status: 'delivered', at, tracking_number: 'T-NOWHERE'}).expect(409);
    await ship(calls, path, number(2)).expect(200);
    const which = await calls.post(`${path}/tracking`, {status: 'delivered', at});
    expect((which.body as {code: string}).code).toBe('unknown_parcel');
    for (const n of [1, 2]) {
      await calls.post(`${path}/tracking`, {status: 'delivered', at, tracking_number: number(n)}).expect(200);
    }
    await floor.ends(order.order_id, 'delivered');
    const view = await floor.order(order.order_id);
    expect(view.sub_orders[0]?.parcels.map((p) => p.status)).toEqual(['delivered', 'delivered']);
    expect(view.payment.captured).toEqual(order.total);
  });

  it('that lose a line to a cancellation hear of it, and are asked for the rest', async () => {
    const {calls, sku, path, order} = await ask();
    await floor.cancel(order.order_id, {lines: [{line_id: order.lines[0]?.line_id ?? '', qty: 1}]}).expect(200);
    const all = await calls.post(`${path}/acknowledge`, {lines: [{sku, qty: 3}]});
    expect(all.body).toMatchObject({errors: [{detail: `2 of ${sku} at most`}]});
    await calls.post(`${path}/acknowledge`, {lines: [{sku, qty: 2}]}).expect(200);
    const late = await floor.cancel(order.order_id);
    expect(late.body).toMatchObject({code: 'nothing_cancelled', refused: [{code: 'with_supplier'}]});
    const {purchase_order_id} = (await calls.get(path)).body as PurchaseView;
    await until('the supplier to hear what changed', async () => {
      const {orders} = await supplierLedger(world);
      const own = orders.find((o) => o.purchase_order_id === purchase_order_id);
      return own?.messages.some(({type}) => type === 'purchase_order.changed');
    });
  });

  it('that were cancelled may send nothing', async () => {
    const {calls, sku, path, order} = await ask();
    await floor.cancel(order.order_id).expect(200);
    const answer = await calls.post(`${path}/acknowledge`, {lines: [{sku, qty: 3}]});
    expect(answer.body).toMatchObject({status: 409, code: 'purchase_closed'});
    expect(((await calls.get(path)).body as PurchaseView).ship_to).toBeNull();
  });

  it('by mail get the purchase order there', async () => {
    const sku = await offer(world.api, {});
    await openSupplier(world, {email: 'orders@acme.example', offers: {[sku]: {}}});
    const {order_id} = await floor.buy({lines: [{sku, qty: 1}]});
    const mail = await until('the mail', async () => world.mails.find((m) => m.to === 'orders@acme.example'));
    expect(mail.order_id).toBe(order_id);
    expect(mail.text).toContain(sku);
  });

  it('leave books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
