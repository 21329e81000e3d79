import {createHmac} from 'node:crypto';
import {PAYER} from '../../domain/policy/policy.ts';
import {freshKey, STRIPE_SECRET} from '../support/api.ts';
import {eventsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop, orderOf} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const PRICE = 2_000;

interface Intent {
  id: string;
  status: string;
  amount: number;
  currency: string;
}

/** A shop's server, with an account of its own at the payment provider. */
function openShopServer(world: World, total: number) {
  const stripe = async (method: 'GET' | 'POST', path: string, params: Record<string, string> = {}): Promise<Intent> => {
    const headers = {Authorization: 'Bearer sk_test_shop', 'Content-Type': 'application/x-www-form-urlencoded'};
    const body = method === 'POST' ? {body: new URLSearchParams(params).toString()} : {};
    const answer = await fetch(`${world.stripeUrl}/v1/payment_intents${path}`, {method, headers, ...body});
    return (await answer.json()) as Intent;
  };
  const make = (reference: string, more: Record<string, string> = {}) =>
    stripe('POST', '', {
      amount: String(total),
      currency: 'usd',
      capture_method: 'manual',
      'automatic_payment_methods[enabled]': 'true',
      'automatic_payment_methods[allow_redirects]': 'never',
      'metadata[order_reference]': reference,
      ...more,
    });
  const authorise = (id: string) => stripe('POST', `/${id}/confirm`, {payment_method: 'pm_card_visa'});
  const look = (id: string) => stripe('GET', `/${id}`);
  return {make, authorise, look};
}

async function open(payer = PAYER) {
  const world = await startWorld({policy: {payer}});
  const floor = openFloor(world);
  await openShop(world.api);
  // what the basket costs, as the shop would have it from a quote
  const probe = await floor.buy({lines: [{sku: await offer(world.api, {price: PRICE, at: {EAST: 1}}), qty: 1}]});
  await floor.cancel(probe.order_id).expect(200);
  const total = probe.total.amount;
  const shop = openShopServer(world, total);
  const place = async (payment_intent: string, key: string) => {
    const sku = await offer(world.api, {price: PRICE, at: {EAST: 1}});
    const {payment_method: _method, ...order} = orderOf({lines: [{sku, qty: 1}]});
    return world.api.as('checkout').post('/v1/orders', {...order, payment_intent}, key);
  };
  return {world, floor, shop, place, total};
}

describe('an order whose shop authorises by itself', () => {
  let world: World;
  let floor: Floor;
  let shop: ReturnType<typeof openShopServer>;
  let total: number;
  let place: Awaited<ReturnType<typeof open>>['place'];
  beforeAll(async () => {
    ({world, floor, shop, place, total} = await open());
  });
  afterAll(() => world.close());

  const delivered = async (id: string) => {
    await floor.deliver(id, floor.partFrom(await floor.order(id), 'EAST'));
    await floor.ends(id, 'delivered');
  };
  const tell = async (event: string, intent: Intent, change: object = {}) => {
    const object = {...intent, status: 'requires_capture', metadata: {}, ...change};
    const type = 'payment_intent.amount_capturable_updated';
    const body = JSON.stringify({id: event, object: 'event', type, created: 1, data: {object}});
    const time = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', STRIPE_SECRET).update(`${time}.${body}`).digest('hex');
    const headers = {'Content-Type': 'application/json', 'Stripe-Signature': `t=${time},v1=${signature}`};
    const url = `http://127.0.0.1:${world.api.port}/v1/webhooks/stripe`;
    expect((await fetch(url, {method: 'POST', headers, body})).status).toBe(200);
  };

  it('goes on when the provider’s webhook says that the money is held', async () => {
    const key = freshKey();
    const intent = await shop.make(key);
    const {status, body} = await place(intent.id, key);
    expect(status).toBe(201);
    expect(body).toMatchObject({status: 'payment_processing', waiting_on: {name: 'payment_method'}});
    const id = body.order_id as string;
    await shop.authorise(intent.id);
    await floor.waitsOn(id, 'pick');
    await delivered(id);
    expect((await shop.look(intent.id)).status).toBe('succeeded');
    expect((await floor.order(id)).payment.captured.amount).toBe(total);
  });

  it('is taken at once when the money was held before there was an order', async () => {
    const key = freshKey();
    const intent = await shop.make(key);
    await shop.authorise(intent.id);
    await until('the webhook to be stored', async () => {
      const rows = await world.api.store.prisma.webhook_inbox.findMany({where: {processed_at: {not: null}}});
      return rows.some((row) => JSON.stringify(row.body).includes(intent.id));
    });
    const {status, body} = await place(intent.id, key);
    expect([status, body.status]).toEqual([201, 'awaiting_fulfillment']);
    const runs = await world.api.store.prisma.order_runs.count({where: {order_id: body.order_id as string}});
    expect(runs).toBe(1);
    await delivered(body.order_id as string);
  });

  it.each<[string, Record<string, string>]>([
    ['amount', {amount: '2000'}],
    ['currency', {currency: 'eur'}],
    ['order', {'metadata[order_reference]': 'another basket'}],
  ])('is refused where the held money has the wrong %s, which is told', async (wrong, change) => {
    const key = freshKey();
    const intent = await shop.make(key, change);
    await shop.authorise(intent.id);
    const {status, body} = await place(intent.id, key);
    expect([status, body.code]).toEqual([402, 'payment_declined']);
    const id = body.order_id as string;
    await floor.ends(id, 'cancelled');
    const told = (await eventsOf(world, id)).find((e) => e.type === 'order.payment_mismatch');
    expect(told?.data).toMatchObject({wrong});
    // it may be another order's: nobody here touches it
    expect((await shop.look(intent.id)).status).toBe('requires_capture');
  });

  it('believes no webhook that the provider itself does not confirm, however often it comes', async () => {
    const key = freshKey();
    const intent = await shop.make(key);
    const {body} = await place(intent.id, key);
    const id = body.order_id as string;
    await tell(`evt_early_${id}`, intent);
    await tell(`evt_early_${id}`, intent);
    await tell(`evt_other_${id}`, intent, {amount: 1});
    await until('the webhooks to be worked off', async () => {
      const open = {event_id: {endsWith: id}, processed_at: null};
      return (await world.api.store.prisma.webhook_inbox.count({where: open})) === 0;
    });
    expect((await floor.order(id)).waiting_on?.name).toBe('payment_method');
    await shop.authorise(intent.id);
    await tell(`evt_again_${id}`, intent);
    await floor.waitsOn(id, 'pick');
    await delivered(id);
  });

  it('goes on although the webhook is lost', async () => {
    const key = freshKey();
    const intent = await shop.make(key);
    const {body} = await place(intent.id, key);
    await floor.control(world.stripeUrl, 'faults', {operation: 'webhook', mode: 'drop', count: 50});
    await shop.authorise(intent.id);
    await world.advance(11 * 60_000);
    await floor.waitsOn(body.order_id as string, 'pick');
    await fetch(`${world.stripeUrl}/_control/faults`, {method: 'DELETE'});
    await delivered(body.order_id as string);
  });

  it('lets the intent go when it is cancelled while it waits', async () => {
    const key = freshKey();
    const intent = await shop.make(key);
    const {body} = await place(intent.id, key);
    await floor.cancel(body.order_id as string).expect(200);
    await floor.ends(body.order_id as string, 'cancelled');
    expect((await shop.look(intent.id)).status).toBe('canceled');
  });

  it('has an intent of its own', async () => {
    const key = freshKey();
    const intent = await shop.make(key);
    await shop.authorise(intent.id);
    const first = await place(intent.id, key);
    const second = await place(intent.id, freshKey());
    expect([first.status, second.status]).toEqual([201, 422]);
    expect(second.body.errors).toMatchObject([{pointer: '/payment_intent', code: 'used_before'}]);
    await delivered(first.body.order_id as string);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('an order whose shop never authorises', () => {
  it('ends, and its intent with it', async () => {
    const {world, floor, shop, place} = await open({...PAYER, shop_hold_window: 500});
    try {
      const key = freshKey();
      const intent = await shop.make(key);
      const {body} = await place(intent.id, key);
      await floor.ends(body.order_id as string, 'cancelled');
      expect((await shop.look(intent.id)).status).toBe('canceled');
      expect(await violationsAtRest(world)).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
