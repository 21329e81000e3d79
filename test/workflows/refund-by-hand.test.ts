import type {OrderView} from '../../simulation/api-types.ts';
import {applyRefundFact, type RefundFact} from '../../store/apply-refund-fact.ts';
import {freshKey} from '../support/api.ts';
import {eventsOf, holdsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

interface Refund {
  refund_id: string;
  kind: string;
  state: string;
  reason: string;
  amount: {amount: number};
  credit_note: string | null;
}

const usd = (amount: number) => ({amount, currency: 'USD'});

let world: World;
let floor: Floor;
let sku: string;

beforeAll(async () => {
  world = await startWorld();
  floor = openFloor(world);
  await openShop(world.api);
  sku = await offer(world.api, {price: 1_999, at: {EAST: 100}});
});
afterAll(() => world.close());

const ask = (orderId: string, amount: number) =>
  world.api
    .as('support')
    .post(`/v1/orders/${orderId}/refunds`, {kind: 'goodwill', amount: usd(amount), reason: 'it came late'}, freshKey());

async function delivered(qty: number, payment_method = 'pm_card_visa'): Promise<OrderView> {
  const order = await floor.buy({lines: [{sku, qty}], payment_method});
  await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
  await floor.ends(order.order_id, 'delivered');
  return floor.order(order.order_id);
}

async function refundsOf(orderId: string): Promise<Refund[]> {
  const {body} = await world.api.as('support').get(`/v1/orders/${orderId}/refunds`).expect(200);
  return (body as {refunds: Refund[]}).refunds;
}

const shown = async (orderId: string) => (await refundsOf(orderId)).map(({kind, state}) => `${kind} ${state}`);

const become = (orderId: string, ...wanted: string[]) =>
  until(
    `the refunds of ${orderId} to be ${wanted.join(', ')}`,
    async () => (await shown(orderId)).join() === wanted.join(),
    () => shown(orderId),
  );

const byHand = (order_id: string, amount: number) =>
  floor.control(world.stripeUrl, 'refunds', {order_id, amount}) as Promise<{refund: string; payment_intent: string}>;

const typesOf = async (orderId: string) =>
  (await eventsOf(world, orderId)).map(({type}) => type).filter((type) => type.includes('refund'));

describe('a refund made by hand at the provider', () => {
  it('is taken into the books once, and nothing above the rest goes back afterwards', async () => {
    const {order_id: id, total} = await delivered(1);
    const {refund, payment_intent} = await byHand(id, 700);
    await become(id, 'provider succeeded');
    const [row] = await refundsOf(id);
    expect(row).toMatchObject({
      reason: 'made_at_provider',
      amount: usd(700),
      credit_note: expect.stringMatching(/^CN-/),
    });
    const told: RefundFact = {
      ref: refund,
      payment_ref: payment_intent,
      amount: 700,
      currency: 'USD',
      state: 'succeeded',
      failure_code: null,
      refund_id: null,
      attempt: null,
    };
    const again = [told, told, {...told, state: 'pending'} as const].map((fact) =>
      applyRefundFact(world.api.store, fact),
    );
    expect((await Promise.all(again)).map(({outcome}) => outcome)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect((await applyRefundFact(world.api.store, {...told, amount: 701})).outcome).toBe('mismatch');
    expect((await floor.order(id)).payment.refunded.amount).toBe(700);
    const rest = total.amount - 700;
    expect((await ask(id, rest + 1).expect(409)).body).toMatchObject({code: 'refund_too_large', possible: usd(rest)});
    await ask(id, rest).expect(201);
    await become(id, 'provider succeeded', 'goodwill succeeded');
    expect((await typesOf(id)).filter((type) => type === 'order.refund_adopted')).toHaveLength(1);
  });

  it('is one row when many hear of it at once, and none that is larger than what was taken', async () => {
    const {order_id: id, total} = await delivered(1);
    const [hold] = (await holdsOf(world, id)).filter(({amount_received}) => amount_received > 0);
    const told = {payment_ref: hold?.id ?? '', currency: 'USD', failure_code: null, refund_id: null, attempt: null};
    const one: RefundFact = {...told, ref: `re_planted_${id}`, amount: total.amount + 1, state: 'succeeded'};
    expect((await applyRefundFact(world.api.store, one)).outcome).toBe('early');
    expect(await refundsOf(id)).toEqual([]);
    const {refund} = await byHand(id, 300);
    const real: RefundFact = {...told, ref: refund, amount: 300, state: 'succeeded'};
    const outcomes = await Promise.all([1, 2, 3].map(() => applyRefundFact(world.api.store, real)));
    expect(outcomes.filter(({outcome}) => outcome === 'settled').length).toBeLessThan(2);
    await become(id, 'provider succeeded');
  });

  it('takes the place of one that was only planned', async () => {
    const {order_id: id, total} = await delivered(30);
    await ask(id, 55_000).expect(201);
    expect(await shown(id)).toEqual(['goodwill awaiting_approval']);
    await byHand(id, total.amount - 100);
    await become(id, 'goodwill failed', 'provider succeeded');
    const [planned] = await refundsOf(id);
    await world.api.as('finance').post(`/v1/refunds/${planned?.refund_id}/reject`, {note: 'it went back'}).expect(200);
    await ask(id, 100).expect(201);
    await become(id, 'goodwill rejected', 'provider succeeded', 'goodwill succeeded');
  });

  it('is waited for where the bank takes its time, and is owed again when the bank sends it back', async () => {
    const {order_id: id} = await delivered(1, 'pm_card_pendingRefund');
    const {refund} = await byHand(id, 400);
    await become(id, 'provider pending');
    expect((await floor.order(id)).payment.refunded.amount).toBe(0);
    await floor.control(world.stripeUrl, 'refunds', {refund, status: 'succeeded'});
    await become(id, 'provider succeeded');
    await floor.control(world.stripeUrl, 'refunds', {refund, status: 'failed'});
    await become(id, 'provider failed');
    await floor.waitsOn(id, 'ops');
    expect((await floor.order(id)).payment.refunded.amount).toBe(0);
    const [row] = await refundsOf(id);
    await world.api.as('finance').post(`/v1/refunds/${row?.refund_id}/reject`, {note: 'paid in cash'}).expect(200);
    await until('the order to wait for nobody', async () => (await floor.order(id)).waiting_on === null);
  });
});

it('leaves books that agree', async () => {
  expect(await violationsAtRest(world)).toEqual([]);
});
