import {DEFAULT_POLICY, PAYER} from '../../domain/policy/policy.ts';
import {capturesOf, eventsOf, holdsOf, mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop, type Wish} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const DAY = 86_400_000;
const ASKED = 'Your bank needs you for your order';
/** Saved, it is declined when its customer is away. */
const STAYS_HOME = 'pm_card_declineOffSession';
const ASKS = 'pm_card_authenticationRequired';

async function open(payer = PAYER) {
  const payment = {...DEFAULT_POLICY.payment, renew_retry: 1_500};
  const world = await startWorld({policy: {payment, payer}});
  const floor = openFloor(world);
  await openShop(world.api);
  const answer = async (id: string, outcome: 'succeed' | 'fail') => {
    const intent = (await holdsOf(world, id)).find((hold) => hold.status === 'requires_action');
    await floor.control(world.stripeUrl, 'authentication', {payment_intent: intent?.id, outcome});
  };
  /** an order that is confirmed, and whose hold then runs out */
  const lost = async (wish: Partial<Wish>) => {
    const sku = await offer(world.api, {at: {EAST: 1, WEST: 1}});
    const {body} = await floor.place({lines: [{sku, qty: 2}], ...wish}).expect(201);
    const id = body.order_id as string;
    if (body.waiting_on?.name === 'customer_authentication') await answer(id, 'succeed');
    await floor.waitsOn(id, 'pick');
    await floor.control(world.stripeUrl, 'clock', {advance_ms: 8 * DAY});
    await floor.waitsOn(id, 'payment_renewal');
    return {id, token: (await floor.order(id)).tracking_url.split('/').at(-1) ?? '', sku};
  };
  const pay = (id: string, payment_method: string) =>
    world.api.as('support').post(`/v1/orders/${id}/payment`, {payment_method});
  const held = (id: string) =>
    until('the money to be held again', async () => {
      const row = await world.api.store.prisma.orders.findUniqueOrThrow({where: {id}});
      return row.waiting_on !== 'payment_renewal';
    });
  const delivered = async (id: string) => {
    const order = await floor.order(id);
    for (const place of ['EAST', 'WEST']) await floor.deliver(id, floor.partFrom(order, place));
    await floor.ends(id, 'delivered');
    const taken = (await capturesOf(world, id)).reduce((sum, {amount}) => sum + amount, 0);
    expect(taken).toBe(order.total.amount);
  };
  return {world, floor, lost, pay, held, answer, delivered};
}
type Scene = Awaited<ReturnType<typeof open>>;

describe('money that could not be held again', () => {
  let scene: Scene;
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    scene = await open();
    ({world, floor} = scene);
  });
  afterAll(() => world.close());

  it('is asked of the customer once, with what their bank needs behind their link', async () => {
    const {id, token} = await scene.lost({payment_method: ASKS});
    const {body} = await world.api.anonymous.get(`/v1/track/${token}`).expect(200);
    expect(body).toMatchObject({
      waiting_on: {name: 'payment_renewal', deadline: expect.any(String)},
      payment_action: {client_secret: expect.stringMatching(/_secret_/)},
    });
    expect((await mailsOf(world, id)).filter((mail) => mail === ASKED)).toHaveLength(1);
    await scene.answer(id, 'succeed');
    await scene.held(id);
    expect((await world.api.anonymous.get(`/v1/track/${token}`).expect(200)).body.payment_action).toBeNull();
    expect((await mailsOf(world, id)).filter((mail) => mail === ASKED)).toHaveLength(1);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
  });

  it('is held by another method, which pays from then on', async () => {
    const {id} = await scene.lost({payment_method: STAYS_HOME});
    const answer = await scene.pay(id, 'pm_card_visa');
    expect([answer.status, answer.body.order_id]).toEqual([201, id]);
    await scene.held(id);
    await scene.delivered(id);
  });

  it('stays awaited when the other method is declined, too', async () => {
    const {id} = await scene.lost({payment_method: STAYS_HOME});
    await scene.pay(id, 'pm_card_chargeDeclined').expect(402);
    expect((await floor.order(id)).waiting_on?.name).toBe('payment_renewal');
    const asks = await scene.pay(id, ASKS).expect(201);
    expect(asks.body).toMatchObject({client_secret: expect.any(String)});
    await scene.answer(id, 'fail');
    await until('the failed hold to be let go', async () =>
      (await holdsOf(world, id)).every((hold) => hold.status !== 'requires_action'),
    );
    await scene.pay(id, 'pm_card_mastercard').expect(201);
    await scene.held(id);
    await scene.delivered(id);
  });

  it('lets a delivered order wait for it at the door', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}], payment_method: STAYS_HOME});
    const id = order.order_id;
    await floor.control(world.stripeUrl, 'faults', {operation: 'webhook', mode: 'drop', count: 20});
    await floor.control(world.stripeUrl, 'clock', {advance_ms: 8 * DAY});
    await floor.deliver(id, floor.partFrom(order, 'EAST'));
    await floor.waitsOn(id, 'payment_renewal');
    await fetch(`${world.stripeUrl}/_control/faults`, {method: 'DELETE'});
    await scene.pay(id, 'pm_card_visa').expect(201);
    await floor.ends(id, 'delivered');
    expect((await floor.order(id)).payment.captured).toEqual(order.total);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('money that is not held in time', () => {
  it('gives back what has not left the house', async () => {
    const {world, floor, lost} = await open({...PAYER, renewal_window: 800});
    try {
      const {id, sku} = await lost({payment_method: ASKS});
      await floor.ends(id, 'cancelled');
      const {body} = await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200);
      expect(body.warehouses.map((w: {reserved: number}) => w.reserved)).toEqual([0, 0]);
      const told = (await eventsOf(world, id)).find((e) => e.type === 'order.lines_cancelled');
      expect(told?.data).toMatchObject({by: {role: 'finance'}});
      expect(await violationsAtRest(world)).toEqual([]);
    } finally {
      await world.close();
    }
  });
});

describe('a part that only waits for stock', () => {
  it('holds no money meanwhile', async () => {
    const {world, floor} = await open();
    try {
      const sku = await offer(world.api, {at: {EAST: 1}, backorderable: true});
      const order = await floor.buy({lines: [{sku, qty: 2}]});
      const id = order.order_id;
      const east = floor.partFrom(order, 'EAST');
      await floor.deliver(id, east);
      await until('the part to be paid', async () => (await floor.order(id)).payment.captured.amount > 0);
      expect((await floor.order(id)).payment).toMatchObject({captured: east.value, authorized: {amount: 0}});
      expect((await holdsOf(world, id)).map((hold) => hold.status)).toEqual(['succeeded']);
      await floor.cancel(id).expect(200);
      await floor.ends(id, 'delivered');
      expect(await violationsAtRest(world)).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
