import {DEFAULT_POLICY} from '../../domain/policy/policy.ts';
import {capturesOf, eventsOf, holdsOf, violationsAtRest, mailsOf} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop, type Wish} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const DAY = 86_400_000;
const live = async (world: World, id: string) => (await holdsOf(world, id)).filter((h) => h.amount_capturable > 0);

async function open(payment = DEFAULT_POLICY.payment) {
  const world = await startWorld({policy: {payment}});
  const floor = openFloor(world);
  await openShop(world.api);
  /** an order whose parcel left the house and whose hold then ran out at the provider */
  const onTheRoad = async (wish: Partial<Wish> = {}) => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}], ...wish});
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    await floor.pack(order.order_id, east);
    await floor.dispatch(order.order_id, east);
    const [parcel] = (await floor.order(order.order_id)).sub_orders[0]?.parcels ?? [];
    if (!parcel) throw new Error('nothing is on the road');
    return {order, id: order.order_id, parcel};
  };
  const days = (n: number) => floor.control(world.stripeUrl, 'clock', {advance_ms: n * DAY});
  return {world, floor, onTheRoad, days};
}
type Scene = Awaited<ReturnType<typeof open>>;

describe('a hold that runs out before the parcel arrives', () => {
  let world: World;
  let floor: Floor;
  let scene: Scene;
  beforeAll(async () => {
    scene = await open();
    ({world, floor} = scene);
  });
  afterAll(() => world.close());

  it('is taken again from the saved method, and that one is captured', async () => {
    const {id, order, parcel} = await scene.onTheRoad();
    await scene.days(8);
    await until('the hold to be taken again', async () => (await live(world, id)).length === 1);
    await until('the renewal to be booked', async () =>
      (await eventsOf(world, id)).some((e) => e.type === 'order.hold_renewed'),
    );
    await floor.say(parcel, 'delivered');
    await floor.ends(id, 'delivered');
    const holds = await holdsOf(world, id);
    expect(holds.map((h) => h.status)).toEqual(['canceled', 'succeeded']);
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([order.total.amount]);
    expect((await eventsOf(world, id)).map((e) => e.type)).toContain('order.hold_expired');
  });

  it('and whose end nobody told us is found out at the capture', async () => {
    const {id, order, parcel} = await scene.onTheRoad();
    await floor.control(world.stripeUrl, 'faults', {operation: 'webhook', mode: 'drop', count: 50});
    await scene.days(8);
    await floor.say(parcel, 'delivered');
    await floor.ends(id, 'delivered');
    await fetch(`${world.stripeUrl}/_control/faults`, {method: 'DELETE'});
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([order.total.amount]);
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['canceled', 'succeeded']);
  });

  it.each([
    ['EAST', 'WEST'],
    ['WEST', 'EAST'],
  ])('unnoticed under a split order costs exactly what %s and then %s deliver', async (...places) => {
    const sku = await offer(world.api, {at: {EAST: 2, WEST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    const id = order.order_id;
    await floor.control(world.stripeUrl, 'faults', {operation: 'webhook', mode: 'drop', count: 50});
    await scene.days(8);
    for (const place of places) await floor.deliver(id, floor.partFrom(order, place));
    await floor.ends(id, 'delivered');
    await fetch(`${world.stripeUrl}/_control/faults`, {method: 'DELETE'});
    const taken = (await capturesOf(world, id)).reduce((sum, c) => sum + c.amount, 0);
    expect(taken).toBe(order.total.amount);
    expect(await live(world, id)).toEqual([]);
  });

  it('and that the first part let go again is held for the parts to come', async () => {
    const sku = await offer(world.api, {at: {EAST: 1, WEST: 1, LAKE: 1}});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    const id = order.order_id;
    for (const [i, place] of ['EAST', 'WEST'].entries()) {
      await scene.days(8);
      await floor.deliver(id, floor.partFrom(order, place));
      await until(
        'the part to be paid and the rest to be held',
        async () => (await capturesOf(world, id)).length > i && (await live(world, id)).length === 1,
        () => holdsOf(world, id),
      );
    }
    await floor.deliver(id, floor.partFrom(order, 'LAKE'));
    await floor.ends(id, 'delivered');
    expect((await floor.order(id)).payment.captured).toEqual(order.total);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('a hold that is renewed before it runs out', () => {
  let world: World;
  let floor: Floor;
  let scene: Scene;
  beforeAll(async () => {
    scene = await open({...DEFAULT_POLICY.payment, renew_before: 7 * DAY - 2_500});
    ({world, floor} = scene);
  });
  afterAll(() => world.close());

  it('is held without a gap and captured on delivery', async () => {
    // the other cards' later holds are shorter than seven days
    const {id, order, parcel} = await scene.onTheRoad({payment_method: 'pm_card_mastercard'});
    await until('a renewal', async () => (await eventsOf(world, id)).some((e) => e.type === 'order.hold_renewed'));
    await floor.say(parcel, 'delivered');
    await floor.ends(id, 'delivered');
    const holds = await holdsOf(world, id);
    expect(holds.length).toBeGreaterThan(1);
    expect(holds.at(-1)?.status).toBe('succeeded');
    expect(holds.slice(0, -1).map((h) => h.status)).toEqual(holds.slice(1).map(() => 'canceled'));
    for (const [i, later] of holds.slice(1).entries()) {
      const letGo = holds[i]?.history.find((line) => line.what === 'canceled');
      expect(Date.parse(later.authorized_at ?? '')).toBeLessThanOrEqual(Date.parse(letGo?.at ?? ''));
    }
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([order.total.amount]);
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('a hold that the bank does not give again', () => {
  let world: World;
  let floor: Floor;
  let scene: Scene;
  beforeAll(async () => {
    scene = await open({...DEFAULT_POLICY.payment, renew_retry: 400, renew_attempts: 2});
    ({world, floor} = scene);
  });
  afterAll(() => world.close());

  it('is waited for by name, and stays named when the parcel arrives unpaid', async () => {
    const {id, parcel} = await scene.onTheRoad({payment_method: 'pm_card_declineOffSession'});
    await scene.days(8);
    await floor.waitsOn(id, 'payment_renewal');
    expect((await floor.order(id)).status).toBe('fulfilled');
    await floor.say(parcel, 'delivered');
    await floor.becomes(id, 'delivered');
    await floor.waitsOn(id, 'payment_renewal');
    const row = () => world.api.store.prisma.orders.findUniqueOrThrow({where: {id}});
    await until('a person to own the wait', async () => (await row()).waiting_owner === 'finance', row);
    expect((await floor.order(id)).payment.captured.amount).toBe(0);
    const run = await world.client.workflow.getHandle(`order:${id}`).describe();
    expect(run.status.name).toBe('RUNNING');
  });

  it('for the rest of a split order is waited for while the rest is still on the floor', async () => {
    const sku = await offer(world.api, {at: {EAST: 1, WEST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 2}], payment_method: 'pm_card_declineOffSession'});
    const id = order.order_id;
    const west = floor.partFrom(order, 'WEST');
    await floor.deliver(id, west);
    await floor.waitsOn(id, 'payment_renewal');
    expect((await floor.order(id)).payment.captured).toEqual(west.value);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'delivered');
    // the order is not cancelled because a later hold was declined, and nobody is told that it is
    const mails = await mailsOf(world, id);
    expect(mails).not.toContain('The payment for your order was declined');
    expect(mails).toContain('Part of your order is cancelled');
  });
});
