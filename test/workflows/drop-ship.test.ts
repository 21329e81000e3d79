import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import {SUPPLIER_TERMS} from '../../domain/suppliers/terms.ts';
import {watchPurchase} from '../../store/watch-purchase.ts';
import {capturesOf, eventsOf, mailsOf, statusesOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {openSupplier, purchaseAt, purchasesOf, supplierLedger} from '../support/suppliers.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

/** A supplier has so long to send what it acknowledged; virtual milliseconds. */
const GRACE = 1_500;

describe('units that a supplier sends', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  it('come from the best supplier where no warehouse has them, and are paid when they arrive', async () => {
    const sku = await offer(world.api, {price: 1_999});
    await openSupplier(world, {rating: 90, offers: {[sku]: {cost: 1_500}}});
    const good = await openSupplier(world, {rating: 90, offers: {[sku]: {cost: 700}}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const id = order.order_id;
    expect(order.sub_orders).toMatchObject([{source: {kind: 'supplier', id: good.id}, lines: [{sku, qty: 2}]}]);
    await floor.ends(id, 'delivered');
    const [purchase, ...more] = await purchasesOf(world, id);
    expect(more).toEqual([]);
    expect(purchase).toMatchObject({state: 'shipped', lines: [{qty: 2, acknowledged: 2, shipped: 2, missing: 0}]});
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([order.total.amount]);
    expect(await statusesOf(world, id)).toEqual([
      'pending',
      'payment_processing',
      'paid',
      'awaiting_fulfillment',
      'fulfilled',
      'delivered',
    ]);
    expect(await mailsOf(world, id)).toEqual([
      'We received your order',
      'Your order is on its way',
      'Your order arrives today',
      'Your order was delivered',
    ]);
    const {orders, forged} = await supplierLedger(world);
    expect(forged).toBe(0);
    const asked = orders.filter((o) => o.purchase_order_id === purchase?.purchase_order_id);
    expect(asked).toMatchObject([{supplier_id: good.id, lines: [{sku, qty: 2}], messages: [{times: 1}]}]);
  });

  it('are only those that the warehouses do not have', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const {id: supplier} = await openSupplier(world, {offers: {[sku]: {}}});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    const part = order.sub_orders.find((s) => s.source.kind === 'supplier');
    expect(part).toMatchObject({source: {id: supplier}, lines: [{qty: 2}]});
    await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
    await floor.ends(order.order_id, 'delivered');
    expect((await floor.order(order.order_id)).payment.captured).toEqual(order.total);
    expect(await capturesOf(world, order.order_id)).toHaveLength(2);
  });

  it('wait for the supplier by name, with a deadline', async () => {
    const sku = await offer(world.api, {});
    await openSupplier(world, {character: 'silent', offers: {[sku]: {}}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    const {waiting_on} = await floor.order(order.order_id);
    expect(waiting_on).toMatchObject({name: 'supplier', deadline: expect.any(String)});
    const heard = async () => {
      const {orders} = await supplierLedger(world);
      const [purchase] = await purchasesOf(world, order.order_id);
      return orders.find((o) => o.purchase_order_id === purchase?.purchase_order_id);
    };
    // what it never heard of need not be taken back
    await until('the supplier to hear what is wanted', heard);
    await floor.cancel(order.order_id).expect(200);
    await floor.ends(order.order_id, 'cancelled');
    await until('the supplier to hear that nothing is wanted', async () => (await heard())?.cancelled);
  });

  it('acknowledged in part, come from the next supplier for the rest', async () => {
    const sku = await offer(world.api, {});
    const first = await openSupplier(world, {character: 'partial', offers: {[sku]: {cost: 500}}});
    const next = await openSupplier(world, {offers: {[sku]: {cost: 900}}});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    await floor.ends(order.order_id, 'delivered');
    const purchases = await purchasesOf(world, order.order_id);
    expect(purchases.map((p) => [p.supplier_id, p.lines[0]?.['qty'], p.lines[0]?.['missing']])).toEqual([
      [first.id, 3, 1],
      [next.id, 1, 0],
    ]);
    expect((await floor.order(order.order_id)).payment.captured).toEqual(order.total);
  });

  it('refused by all suppliers, wait for stock where they may and are cancelled where not', async () => {
    const waits = await offer(world.api, {backorderable: true});
    const not = await offer(world.api, {});
    await openSupplier(world, {character: 'refusing', offers: {[waits]: {}, [not]: {}}});
    const one = await floor.buy({lines: [{sku: waits, qty: 2}]});
    await floor.waitsOn(one.order_id, 'stock');
    await floor.cancel(one.order_id).expect(200);
    await floor.ends(one.order_id, 'cancelled');
    const other = await floor.buy({lines: [{sku: not, qty: 2}]});
    await floor.ends(other.order_id, 'cancelled');
    expect((await floor.order(other.order_id)).payment).toMatchObject({captured: {amount: 0}, authorized: {amount: 0}});
  });

  it('taken at more than was asked, are taken as asked', async () => {
    const sku = await offer(world.api, {});
    await openSupplier(world, {character: 'over', offers: {[sku]: {}}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    await floor.ends(order.order_id, 'delivered');
    const [purchase] = await purchasesOf(world, order.order_id);
    const {orders} = await supplierLedger(world);
    const steps = orders.find((o) => o.purchase_order_id === purchase?.purchase_order_id)?.steps;
    expect(steps?.map(({action, status}) => [action, status])).toEqual([
      ['answer_too_much', 422],
      ['answer', 200],
      ['ship_too_much', 422],
      ['ship', 200],
      ['ship_again', 409],
      ['out_for_delivery', 200],
      ['delivered', 200],
    ]);
  });

  it('at a higher price than offered, are for a person to accept', async () => {
    const sku = await offer(world.api, {});
    const dear = await openSupplier(world, {character: 'dear', offers: {[sku]: {cost: 1_000}}});
    const [yes, no] = [await floor.buy({lines: [{sku, qty: 1}]}), await floor.buy({lines: [{sku, qty: 1}]})];
    for (const order of [yes, no]) await floor.waitsOn(order.order_id, 'ops');
    const decide = async (orderId: string, decision: string) => {
      const {purchase_order_id} = await purchaseAt(world, orderId, dear.id, 'price_changed');
      await world.api
        .as('ops')
        .post(`/v1/purchase-orders/${purchase_order_id}/price`, {decision, note: 'so be it'})
        .expect(200);
    };
    await decide(yes.order_id, 'accept');
    await decide(no.order_id, 'reject');
    await floor.ends(yes.order_id, 'delivered');
    await floor.ends(no.order_id, 'cancelled');
    const types = (await eventsOf(world, yes.order_id)).map((e) => e.type);
    expect(types).toContain('sub_order.price_changed');
  });

  it('are asked for under the old secret and the new one, until the old one is ended', async () => {
    const sku = await offer(world.api, {});
    const {id, knows} = await openSupplier(world, {offers: {[sku]: {}}});
    const ops = world.api.as('ops');
    const {signing_secret} = (await ops.post(`/v1/suppliers/${id}/secret`).expect(200)).body;
    const buy = async () => (await floor.buy({lines: [{sku, qty: 1}]})).order_id;
    const heard = async (orderId: string) => (await purchaseAt(world, orderId, id, 'open')).purchase_order_id;
    await floor.ends(await buy(), 'delivered');
    await ops.post(`/v1/suppliers/${id}/secret/end`).expect(200);
    const late = await buy();
    const purchase_id = await heard(late);
    const tried = () => world.api.store.prisma.purchase_messages.findFirst({where: {purchase_id, attempts: {gt: 0}}});
    expect((await until('the order to be sent', tried)).state).toBe('due');
    await knows(signing_secret);
    await floor.ends(late, 'delivered');
  });

  it('of a supplier that says nothing, come from the next one', async () => {
    const sku = await offer(world.api, {});
    const mute = await openSupplier(world, {character: 'silent', acknowledge_ms: 3_000, offers: {[sku]: {cost: 500}}});
    const next = await openSupplier(world, {offers: {[sku]: {cost: 900}}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    await floor.ends(order.order_id, 'delivered');
    const purchases = await purchasesOf(world, order.order_id);
    expect(purchases.map((p) => [p.supplier_id, p.state, p.reason])).toEqual([
      [mute.id, 'given_up', 'silent'],
      [next.id, 'shipped', null],
    ]);
    const heard = async () => {
      const {orders} = await supplierLedger(world);
      return orders.find((o) => o.supplier_id === mute.id)?.messages.map(({type}) => type.split('.')[1]);
    };
    await until('the silent one to be told', async () => (await heard())?.includes('cancelled'), heard);
    const late = await mute.calls.post(`/v1/purchase-orders/${purchases[0]?.purchase_order_id}/acknowledge`, {
      lines: [{sku, qty: 2}],
    });
    expect(late.body).toMatchObject({status: 409, code: 'purchase_closed'});
  });

  it('are asked for again after half of the time, once, and given up when it is over', async () => {
    const {store} = world.api;
    const sku = await offer(world.api, {});
    const {id} = await openSupplier(world, {character: 'silent', offers: {[sku]: {}}});
    const {order_id, sub_orders} = await floor.buy({lines: [{sku, qty: 1}]});
    const sub_order_id = sub_orders[0]?.sub_order_id ?? '';
    const {purchase_order_id} = await purchaseAt(world, order_id, id);
    const day = 86_400_000;
    const at = Date.now();
    const kinds = async () => {
      const where = {purchase_id: purchase_order_id};
      return (await store.prisma.purchase_messages.findMany({where, orderBy: {seq: 'asc'}})).map((m) => m.kind);
    };
    expect(await watchPurchase(store, {sub_order_id, at: at + 0.4 * day})).toMatchObject({end: null});
    expect(await kinds()).toEqual(['order']);
    for (const share of [0.6, 0.7]) {
      const watch = await watchPurchase(store, {sub_order_id, at: at + share * day});
      expect(watch).toMatchObject({end: null, remind_at: null, due_at: expect.any(Number)});
    }
    expect(await kinds()).toEqual(['order', 'reminder']);
    const over = await watchPurchase(store, {sub_order_id, at: at + 1.1 * day});
    expect(over).toMatchObject({end: 'cancelled', unplaced: true, due_at: null});
    expect(await kinds()).toEqual(['order', 'reminder', 'cancellation']);
    await floor.ends(order_id, 'cancelled');
  });

  it('leave books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('units that a supplier acknowledged', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    const {shipping} = OPEN_POLICY;
    world = await startWorld({
      policy: {suppliers: {...SUPPLIER_TERMS, ship_grace: GRACE}, shipping: {...shipping, lost_after: 2_500}},
    });
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const promised = async (qty: number, next: boolean) => {
    const sku = await offer(world.api, {});
    const {id, calls} = await openSupplier(world, {character: 'silent', offers: {[sku]: {cost: 500}}});
    if (next) await openSupplier(world, {offers: {[sku]: {cost: 900}}});
    const order = await floor.buy({lines: [{sku, qty}]});
    const {purchase_order_id} = await purchaseAt(world, order.order_id, id);
    const path = `/v1/purchase-orders/${purchase_order_id}`;
    const expected_ship_date = new Date().toISOString();
    await calls.post(`${path}/acknowledge`, {lines: [{sku, qty}], expected_ship_date}).expect(200);
    const send = (n: number) =>
      calls.post(`${path}/shipments`, {
        tracking_number: `T-${purchase_order_id}-${n}`,
        carrier: 'Express',
        shipped_at: new Date().toISOString(),
        lines: [{sku, qty: n}],
      });
    return {order, path, calls, send, id};
  };

  it('and never sent, come from the next one', async () => {
    const {order, send, id} = await promised(2, true);
    await floor.ends(order.order_id, 'delivered');
    expect((await purchasesOf(world, order.order_id))[0]).toMatchObject({
      supplier_id: id,
      state: 'given_up',
      reason: 'not_sent',
    });
    const late = await send(2);
    expect(late.body).toMatchObject({status: 409, code: 'purchase_closed'});
  });

  it('and sent in part only, come from the next one for the rest', async () => {
    const {order, send, path, calls} = await promised(3, true);
    await send(1).expect(200);
    await calls.post(`${path}/tracking`, {status: 'delivered', at: new Date().toISOString()}).expect(200);
    await floor.ends(order.order_id, 'delivered');
    const [first, next] = await purchasesOf(world, order.order_id);
    expect(first).toMatchObject({state: 'shipped', lines: [{shipped: 1, missing: 2}]});
    expect(next).toMatchObject({state: 'shipped', lines: [{qty: 2, shipped: 2}]});
    expect((await floor.order(order.order_id)).payment.captured).toEqual(order.total);
  });

  it('and lost on the road, are given up and cost nothing', async () => {
    const {order, send} = await promised(2, false);
    await send(2).expect(200);
    await floor.ends(order.order_id, 'refunded');
    expect((await floor.order(order.order_id)).payment).toMatchObject({captured: {amount: 0}, authorized: {amount: 0}});
  });

  it('leave books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
