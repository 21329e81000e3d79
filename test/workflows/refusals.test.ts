import {holdsOf, mailsOf, statusesOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop, orderOf} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

describe('an order that cannot be taken', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const live = async (id: string) => (await holdsOf(world, id)).filter((h) => h.amount_capturable > 0);
  const stock = async (sku: string) =>
    (await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200)).body.warehouses[0];

  it.each(['pm_card_chargeDeclined', 'pm_card_chargeDeclinedInsufficientFunds', 'pm_card_chargeCustomerFail'])(
    'is cancelled when the bank declines %s, and the customer is told once',
    async (payment_method) => {
      const sku = await offer(world.api, {at: {EAST: 1}});
      const answer = await floor.place({lines: [{sku, qty: 1}], payment_method});
      expect(answer.status).toBe(402);
      expect(answer.body).toMatchObject({code: 'payment_declined', order_id: expect.any(String)});
      const id = answer.body.order_id as string;
      await floor.ends(id, 'cancelled');
      expect(await statusesOf(world, id)).toEqual(['pending', 'payment_processing', 'cancelled']);
      expect(await live(id)).toEqual([]);
      expect(await stock(sku)).toMatchObject({on_hand: 1, reserved: 0});
      expect(await violationsAtRest(world)).toEqual([]);
      expect(await mailsOf(world, id)).toEqual(['The payment for your order was declined']);
    },
  );

  it('is answered like a decline when nobody knows the payment method', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const answer = await floor.place({lines: [{sku, qty: 1}], payment_method: 'pm_never_seen'});
    expect(answer.status).toBe(402);
    await floor.ends(answer.body.order_id as string, 'cancelled');
    expect(await stock(sku)).toMatchObject({on_hand: 1, reserved: 0});
  });

  it('is answered like a decline when the bank wants to ask the customer', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const answer = await floor.place({lines: [{sku, qty: 1}], payment_method: 'pm_card_authenticationRequired'});
    expect(answer.status).toBe(402);
    await floor.ends(answer.body.order_id as string, 'cancelled');
    expect(await live(answer.body.order_id as string)).toEqual([]);
  });

  it('gives the last unit to one of two buyers and the other buyer the money back', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    // both pass the first look at the stock while the bank thinks
    const slow = {operation: 'payment_intents.create', mode: 'delay', delay_ms: 500, count: 2};
    await floor.control(world.stripeUrl, 'faults', slow);
    const answers = await Promise.all([1, 2].map(() => floor.place({lines: [{sku, qty: 1}]})));
    expect(answers.map((a) => a.status).sort()).toEqual([201, 409]);
    const late = answers.find((a) => a.status === 409)?.body as {order_id: string; code: string};
    expect(late).toMatchObject({code: 'out_of_stock', order_id: expect.any(String)});
    await floor.ends(late.order_id, 'cancelled');
    expect((await holdsOf(world, late.order_id)).map((h) => h.status)).toEqual(['canceled']);
    expect(await stock(sku)).toMatchObject({on_hand: 1, reserved: 1, available: 0});
  });

  it('repeats its answer to the same request', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const wish = {lines: [{sku, qty: 1}], payment_method: 'pm_card_chargeDeclined', customer: 'again'};
    const body = orderOf(wish);
    const post = () => world.api.as('checkout').post('/v1/orders', body, 'declined-twice');
    const first = await post();
    const second = await post();
    expect([first.status, second.status]).toEqual([402, 402]);
    expect(second.body).toEqual({...first.body, request_id: expect.any(String)});
    expect(await world.api.store.prisma.orders.count({where: {id: first.body.order_id as string}})).toBe(1);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
