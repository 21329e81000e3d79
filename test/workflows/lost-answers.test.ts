import {Context} from '@temporalio/activity';
import type {Activities} from '../../activities/index.ts';
import {DEFAULT_POLICY} from '../../domain/policy/policy.ts';
import {capturesOf, holdsOf, labels, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const seen = new Set<string>();

/** Every step is done on its first attempt, and its answer lost. */
function loseFirstAnswers(real: Activities): Activities {
  const wrapped = Object.entries(real).map(([name, run]) => [
    name,
    async (input: never) => {
      const result = await (run as (input: never) => Promise<unknown>)(input);
      if (Context.current().info.attempt > 1) return result;
      seen.add(name);
      throw new Error(`${name} is done, but nobody hears of it`);
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}

const engine = {...DEFAULT_POLICY.engine, retry_first: 20, retry_max: 100};

describe('a service that does everything and loses every first answer', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld({policy: {engine}, activities: loseFirstAnswers});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  it('delivers a split order, paid to the cent', async () => {
    const sku = await offer(world.api, {at: {EAST: 1, WEST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const id = order.order_id;
    for (const place of ['EAST', 'WEST']) await floor.deliver(id, floor.partFrom(order, place));
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).reduce((sum, c) => sum + c.amount, 0)).toBe(order.total.amount);
    expect(await holdsOf(world, id)).toHaveLength(2);
  });

  it('finds missing units another place, once', async () => {
    const sku = await offer(world.api, {at: {EAST: 2, LAKE: 5}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east, {missing: 1});
    const lake = await until('a part from LAKE', async () =>
      (await floor.order(id)).sub_orders.find((s) => s.source.id === 'LAKE'),
    );
    await floor.pack(id, east);
    await floor.carry(id, east);
    await floor.deliver(id, lake);
    await floor.ends(id, 'delivered');
    expect((await floor.order(id)).sub_orders).toHaveLength(2);
  });

  it('cancels and declines like any other', async () => {
    const sku = await offer(world.api, {at: {EAST: 3}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    await floor.cancel(order.order_id).expect(200);
    const declined = await floor.place({lines: [{sku, qty: 1}], payment_method: 'pm_card_chargeDeclined'});
    expect(declined.status).toBe(402);
    await floor.ends(order.order_id, 'cancelled');
    await floor.ends(declined.body.order_id as string, 'cancelled');
  });

  it('asked a person, and hears the answer', async () => {
    const sku = await offer(world.api, {price: 400_000, at: {EAST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    const {body} = await world.api.as('support').get('/v1/reviews?state=open').expect(200);
    const [review] = body as {review_id: string}[];
    const verdict = {decision: 'reject', note: 'unknown'};
    await world.api.as('support').post(`/v1/reviews/${review?.review_id}`, verdict).expect(200);
    await floor.ends(order.order_id, 'cancelled');
  });

  it('never bought a label twice, and its books agree', async () => {
    const codes = (await labels(world)).map((l) => l.tracking_code);
    expect(codes).toHaveLength(await world.api.store.prisma.parcels.count());
    expect(await violationsAtRest(world)).toEqual([]);
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(['authorize', 'buyLabels', 'capture', 'handOver', 'reallocate', 'releaseHolds']),
    );
  });
});

describe('such a service and a parcel that falls silent', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    const shipping = {...DEFAULT_POLICY.shipping, lost_after: 2_000};
    world = await startWorld({policy: {engine, shipping}, activities: loseFirstAnswers});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  it('declares the loss once', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const lost = await floor.buy({lines: [{sku, qty: 1}]});
    const east = floor.partFrom(lost, 'EAST');
    await floor.pick(east);
    await floor.pack(lost.order_id, east);
    await floor.dispatch(lost.order_id, east);
    await floor.ends(lost.order_id, 'refunded');
    expect(seen).toContain('commitLoss');
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
