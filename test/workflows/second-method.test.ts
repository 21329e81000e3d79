import {PAYER} from '../../domain/policy/policy.ts';
import {eventsOf, holdsOf, mailsOf, statusesOf, violationsAtRest} from '../support/books.ts';
import {freshKey} from '../support/api.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

const DECLINED = 'pm_card_chargeDeclined';

const stock = async (world: World, sku: string) =>
  (await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200)).body.warehouses[0];

describe('an order whose payment was declined', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld({policy: {payer: PAYER}});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const declined = async (qty = 1) => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const answer = await floor.place({lines: [{sku, qty}], payment_method: DECLINED});
    expect(answer.status).toBe(402);
    expect(answer.body).toMatchObject({code: 'payment_declined', order_id: expect.any(String)});
    return {id: answer.body.order_id as string, sku};
  };
  const pay = (id: string, payment_method: string, key = freshKey()) =>
    world.api.as('checkout').post(`/v1/orders/${id}/payment`, {payment_method}, key);

  it('waits for another method, by name and until a deadline, and promises nothing meanwhile', async () => {
    const {id, sku} = await declined();
    const order = await floor.order(id);
    expect(order.status).toBe('payment_processing');
    expect(order.waiting_on).toMatchObject({name: 'payment_method', deadline: expect.any(String)});
    expect(await stock(world, sku)).toMatchObject({reserved: 0, available: 1});
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it('goes on when another method is good, as the same order', async () => {
    const {id} = await declined();
    const answer = await pay(id, 'pm_card_visa');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({order_id: id, status: 'awaiting_fulfillment', waiting_on: {name: 'pick'}});
    await floor.deliver(id, floor.partFrom(await floor.order(id), 'EAST'));
    await floor.ends(id, 'delivered');
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['requires_payment_method', 'succeeded']);
    const mails = await mailsOf(world, id);
    expect([mails.at(0), mails.at(-1)]).toEqual(['We received your order', 'Your order was delivered']);
  });

  it('is answered the same however often the method is given under one key', async () => {
    const {id} = await declined();
    const key = freshKey();
    const first = await pay(id, 'pm_card_visa', key);
    const again = await pay(id, 'pm_card_visa', key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect((await holdsOf(world, id)).length).toBe(2);
    await pay(id, 'pm_card_mastercard', key).expect(422);
    await pay(id, 'pm_card_mastercard').expect(409);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it('may be declined again and again, up to a limit', async () => {
    const {id} = await declined();
    for (let i = 2; i < PAYER.methods_at_most; i += 1) {
      await pay(id, 'pm_card_chargeDeclinedInsufficientFunds').expect(402);
      expect((await floor.order(id)).waiting_on?.name).toBe('payment_method');
    }
    await pay(id, DECLINED).expect(402);
    await floor.ends(id, 'cancelled');
    expect(await mailsOf(world, id)).toEqual(['Your order is cancelled']);
  });

  it('takes a method that the provider does not know for a declined one', async () => {
    const {id} = await declined();
    await pay(id, 'pm_never_seen').expect(402);
    await pay(id, 'pm_card_visa').expect(201);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it('is sold out when others were faster, and holds nothing', async () => {
    const {id, sku} = await declined();
    const other = await floor.buy({lines: [{sku, qty: 1}]});
    const answer = await pay(id, 'pm_card_visa');
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({code: 'out_of_stock', order_id: id});
    await floor.ends(id, 'cancelled');
    await floor.cancel(other.order_id).expect(200);
    await floor.ends(other.order_id, 'cancelled');
  });

  it('is nobody else’s to pay', async () => {
    const {id} = await declined();
    await world.api.as('picker').post(`/v1/orders/${id}/payment`, {payment_method: 'pm_card_visa'}).expect(403);
    await world.api.as('checkout').post('/v1/orders/ord_none/payment', {payment_method: 'pm_card_visa'}).expect(404);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('a declined order for which no other method is given', () => {
  it('is cancelled when the window closes, and its customer is written to once', async () => {
    const world = await startWorld({policy: {payer: {...PAYER, method_window: 700}}});
    try {
      const floor = openFloor(world);
      await openShop(world.api);
      const sku = await offer(world.api, {at: {EAST: 1}});
      const {body} = await floor.place({lines: [{sku, qty: 1}], payment_method: DECLINED}).expect(402);
      const id = body.order_id as string;
      await floor.ends(id, 'cancelled');
      expect(await statusesOf(world, id)).toEqual(['pending', 'payment_processing', 'cancelled']);
      expect((await eventsOf(world, id)).map((e) => e.type)).toContain('order.method_declined');
      expect(await mailsOf(world, id)).toEqual(['Your order is cancelled']);
      await world.api.as('checkout').post(`/v1/orders/${id}/payment`, {payment_method: 'pm_card_visa'}).expect(409);
      expect(await violationsAtRest(world)).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
