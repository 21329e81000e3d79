import {eventsOf, holdsOf, mailsOf, statusesOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {DEFAULT_POLICY, PAYER, type Policy} from '../../domain/policy/policy.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

/** Twenty times what is usual, from somebody new. */
const DEAR = 400_000;

async function open(review_window: number, more: Partial<Policy> = {}) {
  const fraud = {...DEFAULT_POLICY.fraud, velocity_per_hour: 10_000, review_window};
  const world = await startWorld({policy: {fraud, ...more}});
  const floor = openFloor(world);
  await openShop(world.api);
  return {world, floor};
}

const stock = async (world: World, sku: string) =>
  (await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200)).body.warehouses[0];

describe('an order that a person must look at', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    ({world, floor} = await open(3_600_000));
  });
  afterAll(() => world.close());

  const buyDear = async () => {
    const sku = await offer(world.api, {price: DEAR, at: {EAST: 1}});
    const answer = await floor.place({lines: [{sku, qty: 1}]});
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({status: 'paid', waiting_on: {name: 'fraud_review'}, sub_orders: []});
    const id = answer.body.order_id as string;
    const {body} = await world.api.as('support').get('/v1/reviews?state=open').expect(200);
    const review = (body as {review_id: string; order_id: string; score: number}[]).find((r) => r.order_id === id);
    expect(review?.score).toBeGreaterThan(0.5);
    return {id, sku, review: review?.review_id ?? ''};
  };
  const decide = (review: string, decision: 'approve' | 'reject', note = 'called the customer') =>
    world.api.as('support').post(`/v1/reviews/${review}`, {decision, note});

  it('goes on when approved', async () => {
    const {id, review} = await buyDear();
    await decide(review, 'approve').expect(200);
    await floor.waitsOn(id, 'pick');
    const order = await floor.order(id);
    expect(order.status).toBe('awaiting_fulfillment');
    await floor.deliver(id, floor.partFrom(order, 'EAST'));
    await floor.ends(id, 'delivered');
  });

  it('ends when rejected, with money and stock given back', async () => {
    const {id, sku, review} = await buyDear();
    await decide(review, 'reject').expect(200);
    await floor.ends(id, 'cancelled');
    expect(await statusesOf(world, id)).toEqual(['pending', 'payment_processing', 'paid', 'cancelled']);
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['canceled']);
    expect(await stock(world, sku)).toMatchObject({on_hand: 1, reserved: 0});
  });

  it('is decided by the first verdict', async () => {
    const {id, review} = await buyDear();
    await decide(review, 'reject').expect(200);
    await decide(review, 'approve', 'on second thought').expect(409);
    await floor.ends(id, 'cancelled');
  });

  it('can be cancelled by its shopper meanwhile, and is then no longer open', async () => {
    const {id, sku, review} = await buyDear();
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
    expect(await stock(world, sku)).toMatchObject({on_hand: 1, reserved: 0});
    await decide(review, 'approve').expect(409);
    expect(await mailsOf(world, id)).toEqual(['We received your order', 'Your order is cancelled']);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('an order that nobody looks at in time', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    ({world, floor} = await open(300));
  });
  afterAll(() => world.close());

  it('is cancelled, with money and stock given back', async () => {
    const sku = await offer(world.api, {price: DEAR, at: {EAST: 1}});
    const {body} = await floor.place({lines: [{sku, qty: 1}]}).expect(201);
    await floor.ends(body.order_id as string, 'cancelled');
    expect((await holdsOf(world, body.order_id as string)).map((h) => h.status)).toEqual(['canceled']);
    expect(await stock(world, sku)).toMatchObject({on_hand: 1, reserved: 0});
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('a review that support leaves lying', () => {
  it('goes to ops before its deadline, is found by that, and can still be decided', async () => {
    const {world, floor} = await open(12_000, {payer: PAYER});
    try {
      const sku = await offer(world.api, {price: DEAR, at: {EAST: 1}});
      const {body} = await floor.place({lines: [{sku, qty: 1}]}).expect(201);
      const id = body.order_id as string;
      const support = world.api.as('support');
      const escalated = async () => (await support.get('/v1/reviews?state=open&escalated=true').expect(200)).body;
      await until('the review to be escalated', async () => (await escalated()).length === 1);
      const [review] = await escalated();
      expect(review).toMatchObject({order_id: id, owner: 'ops', escalated_at: expect.any(String)});
      expect((await support.get('/v1/reviews?escalated=false').expect(200)).body).toEqual([]);
      const row = await world.api.store.prisma.orders.findUniqueOrThrow({where: {id}});
      expect([row.waiting_on, row.waiting_owner]).toEqual(['fraud_review', 'ops']);
      expect((await eventsOf(world, id)).map((e) => e.type)).toContain('order.review_escalated');
      const verdict = {decision: 'approve', note: 'called them at last'};
      await world.api.as('ops').post(`/v1/reviews/${review.review_id}`, verdict).expect(200);
      await floor.waitsOn(id, 'pick');
      await floor.cancel(id).expect(200);
      await floor.ends(id, 'cancelled');
      expect(await violationsAtRest(world)).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
