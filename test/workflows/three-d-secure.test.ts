import {PAYER} from '../../domain/policy/policy.ts';
import {eventsOf, holdsOf, mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const ASKS = 'pm_card_authenticationRequired';

async function open(payer = PAYER) {
  const world = await startWorld({policy: {payer}});
  const floor = openFloor(world);
  await openShop(world.api);
  /** an order whose customer the bank asks for; `answer` is what they do */
  const asked = async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const {status, body} = await floor.place({lines: [{sku, qty: 1}], payment_method: ASKS});
    const id = body.order_id as string;
    const [intent] = await holdsOf(world, id);
    const answer = (outcome: 'succeed' | 'fail') =>
      floor.control(world.stripeUrl, 'authentication', {payment_intent: intent?.id, outcome});
    return {status, body, id, sku, answer};
  };
  const pay = (id: string, payment_method: string) =>
    world.api.as('checkout').post(`/v1/orders/${id}/payment`, {payment_method});
  return {world, floor, asked, pay};
}
type Scene = Awaited<ReturnType<typeof open>>;

const drop = {operation: 'webhook', mode: 'drop', count: 50};

describe('an order whose customer the bank asks for', () => {
  let scene: Scene;
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    scene = await open();
    ({world, floor} = scene);
  });
  afterAll(() => world.close());

  it('is answered with the secret for the customer, and waits for them by name', async () => {
    const {status, body, id, sku, answer} = await scene.asked();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'payment_processing',
      waiting_on: {name: 'customer_authentication', deadline: expect.any(String)},
      client_secret: expect.stringMatching(/^pi_.*_secret_/),
      sub_orders: [],
    });
    const {body: inventory} = await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200);
    expect(inventory.warehouses[0]).toMatchObject({reserved: 0});
    await answer('succeed');
    await floor.waitsOn(id, 'pick');
    await floor.deliver(id, floor.partFrom(await floor.order(id), 'EAST'));
    await floor.ends(id, 'delivered');
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['succeeded']);
    expect((await eventsOf(world, id)).map((e) => e.type)).toContain('order.authentication_asked');
  });

  it('waits for another method when they fail, and the failed intent cannot be confirmed any more', async () => {
    const {id, answer} = await scene.asked();
    await answer('fail');
    await floor.waitsOn(id, 'payment_method');
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['canceled']);
    await scene.pay(id, 'pm_card_visa').expect(201);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it('takes another method instead, and lets go what the bank was asked for', async () => {
    const {id} = await scene.asked();
    const {body} = await scene.pay(id, 'pm_card_visa').expect(201);
    expect(body).toMatchObject({order_id: id, status: 'awaiting_fulfillment'});
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['canceled', 'requires_capture']);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it('may be asked by the next bank, too', async () => {
    const {id} = await scene.asked();
    const {body} = await scene.pay(id, ASKS).expect(201);
    expect(body).toMatchObject({waiting_on: {name: 'customer_authentication'}, client_secret: expect.any(String)});
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['canceled', 'canceled']);
  });

  it('goes on although every webhook is lost: the provider is asked', async () => {
    const {id, answer} = await scene.asked();
    await floor.control(world.stripeUrl, 'faults', drop);
    await answer('succeed');
    await world.advance(11 * 60_000);
    await floor.waitsOn(id, 'pick');
    await fetch(`${world.stripeUrl}/_control/faults`, {method: 'DELETE'});
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('an order whose customer never comes back from the bank', () => {
  it('lets the hold go, waits for another method, and ends', async () => {
    const {world, floor, asked} = await open({...PAYER, authentication_window: 600, method_window: 600});
    try {
      const {id, status} = await asked();
      expect(status).toBe(201);
      await floor.waitsOn(id, 'payment_method');
      expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['canceled']);
      await floor.ends(id, 'cancelled');
      expect(await mailsOf(world, id)).toEqual(['Your order is cancelled']);
      expect(await violationsAtRest(world)).toEqual([]);
    } finally {
      await world.close();
    }
  });

  it('finds in time that they had answered', async () => {
    const {world, floor, asked} = await open({...PAYER, authentication_window: 1_500});
    try {
      const {id, answer} = await asked();
      await floor.control(world.stripeUrl, 'faults', drop);
      await answer('succeed');
      await until('the order to go on', async () => (await floor.order(id)).waiting_on?.name === 'pick');
      await floor.cancel(id).expect(200);
      await floor.ends(id, 'cancelled');
      expect(await violationsAtRest(world)).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
