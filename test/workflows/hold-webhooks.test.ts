import {eventsOf, holdsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const MINUTE = 60_000;

/** F23: what the provider tells of a hold arrives early, late, twice, in any order, or not at all. */
describe('what the payment provider tells of a hold', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());
  afterEach(() => fetch(`${world.stripeUrl}/_control/faults`, {method: 'DELETE'}));

  const fault = (spec: object) => floor.control(world.stripeUrl, 'faults', spec);
  const buy = async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    return floor.buy({lines: [{sku, qty: 1}]});
  };
  const inbox = (orderId: string) =>
    world.api.store.prisma.$queryRaw<{type: string; outcome: string | null}[]>`
      SELECT type, outcome FROM webhook_inbox WHERE body #>> '{data,object,metadata,order_id}' = ${orderId} ORDER BY id`;
  const cancelByHand = async (ref: string) => {
    const headers = {authorization: 'Bearer sk_test_by_hand'};
    const answer = await fetch(`${world.stripeUrl}/v1/payment_intents/${ref}/cancel`, {method: 'POST', headers});
    expect(answer.status).toBe(200);
  };
  const renewed = async (id: string) => {
    await until(
      'the hold to be taken again',
      async () => (await eventsOf(world, id)).some((e) => e.type === 'order.hold_renewed'),
      async () => [await inbox(id), await holdsOf(world, id)],
    );
    expect((await eventsOf(world, id)).map((e) => e.type)).toContain('order.hold_expired');
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['canceled', 'requires_capture']);
  };
  const deliver = async (id: string) => {
    const order = await floor.order(id);
    await floor.deliver(id, floor.partFrom(order, 'EAST'));
    await floor.ends(id, 'delivered');
    expect((await floor.order(id)).payment.captured).toEqual(order.total);
  };

  it('before the answer, changes nothing', async () => {
    await fault({operation: 'payment_intents.create', mode: 'delay', when: 'after', delay_ms: 700});
    const {order_id: id} = await buy();
    const told = await inbox(id);
    expect(told.map((row) => row.type)).toContain('payment_intent.created');
    expect(told.map((row) => row.outcome)).not.toContain('mismatch');
    await deliver(id);
  });

  it('before the answer that the hold has ended, is believed once there is something to believe it of', async () => {
    await fault({operation: 'payment_intents.create', mode: 'delay', when: 'after', delay_ms: 1_500});
    const sku = await offer(world.api, {at: {EAST: 1}});
    const buying = floor.buy({lines: [{sku, qty: 1}]});
    const seen = async () => {
      const [row] = await world.api.store.prisma.payments.findMany({where: {state: 'unknown'}});
      return row && (await holdsOf(world, row.order_id))[0];
    };
    const hold = await until('the hold', seen);
    await cancelByHand(hold.id);
    const {order_id: id} = await buying;
    await renewed(id);
    await deliver(id);
  });

  it('shuffled and three times over, ends in the same state', async () => {
    await fault({operation: 'webhook', mode: 'duplicate', count: 4});
    await fault({operation: 'webhook', mode: 'shuffle', delay_ms: 1_500, count: 20, seed: 5});
    const {order_id: id} = await buy();
    await deliver(id);
    await until('all of it to arrive', async () => {
      const ledger = await (await fetch(`${world.stripeUrl}/_control/ledger`)).json();
      const {webhooks_pending} = ledger as {webhooks_pending: number};
      const open = await world.api.store.prisma.webhook_inbox.count({where: {processed_at: null}});
      return webhooks_pending === 0 && open === 0;
    });
    expect((await inbox(id)).map((row) => row.outcome)).not.toContain('mismatch');
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['succeeded']);
  });

  it('lost, is found by asking within a quarter of an hour', async () => {
    await fault({operation: 'webhook', mode: 'drop', count: 1_000});
    const {order_id: id} = await buy();
    const [hold] = await holdsOf(world, id);
    await cancelByHand(hold?.id ?? '');
    await world.advance(14 * MINUTE);
    await renewed(id);
    await deliver(id);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
