import {OPEN_POLICY, PAYER} from '../../domain/policy/policy.ts';
import type {OrderView} from '../../simulation/api-types.ts';
import {freshKey} from '../support/api.ts';
import {holdsOf} from '../support/books.ts';
import type {Floor} from '../support/floor.ts';
import {offer, orderOf} from '../support/shop.ts';
import {until} from '../support/until.ts';
import type {World} from '../support/world.ts';
import {DAY, type Story, story} from './story.ts';

const ASKS = 'pm_card_authenticationRequired';
const DECLINED = 'pm_card_chargeDeclined';
const WAITS = {payer: PAYER};

async function place(floor: Floor, world: World, payment_method: string, price?: number): Promise<string> {
  const sku = await offer(world.api, {at: {EAST: 1}, ...(price ? {price} : {})});
  const {body} = await floor.place({lines: [{sku, qty: 1}], payment_method});
  return body.order_id as string;
}

async function answerBank(floor: Floor, world: World, id: string, outcome: 'succeed' | 'fail'): Promise<void> {
  const intent = await until('the bank to ask', async () =>
    (await holdsOf(world, id)).find((hold) => hold.status === 'requires_action'),
  );
  await floor.control(world.stripeUrl, 'authentication', {payment_intent: intent.id, outcome});
}

const pay = (world: World, id: string, payment_method: string) =>
  world.api.as('support').post(`/v1/orders/${id}/payment`, {payment_method});

async function delivered(floor: Floor, id: string): Promise<string> {
  await floor.waitsOn(id, 'pick');
  await floor.deliver(id, floor.partFrom(await floor.order(id), 'EAST'));
  await floor.ends(id, 'delivered');
  return id;
}

/** Ways on which the payer is waited for. */
export const PAYERS: readonly Story[] = [
  story(
    'delivered-after-authentication',
    async (floor, world) => {
      const id = await place(floor, world, ASKS);
      await answerBank(floor, world, id, 'succeed');
      return delivered(floor, id);
    },
    WAITS,
  ),
  story(
    'delivered-by-a-second-method',
    async (floor, world) => {
      const id = await place(floor, world, DECLINED);
      await pay(world, id, 'pm_card_chargeDeclined').expect(402);
      await pay(world, id, 'pm_card_visa').expect(201);
      return delivered(floor, id);
    },
    WAITS,
  ),
  story(
    'delivered-after-a-failed-authentication',
    async (floor, world) => {
      const id = await place(floor, world, ASKS);
      await answerBank(floor, world, id, 'fail');
      await floor.waitsOn(id, 'payment_method');
      await pay(world, id, 'pm_card_visa').expect(201);
      return delivered(floor, id);
    },
    WAITS,
  ),
  story(
    'cancelled-by-a-payer-who-stays-away',
    async (floor, world) => {
      const id = await place(floor, world, ASKS);
      await floor.ends(id, 'cancelled');
      return id;
    },
    {payer: {...PAYER, authentication_window: 600, method_window: 600}},
  ),
  story(
    'delivered-by-the-shops-own-hold',
    async (floor, world) => {
      const sku = await offer(world.api, {at: {EAST: 2}});
      const wish = {lines: [{sku, qty: 1}]};
      const probe: OrderView = await floor.buy(wish);
      await floor.cancel(probe.order_id).expect(200);
      const key = freshKey();
      const wanted = {amount: probe.total.amount, currency: 'usd', reference: key};
      const made = (await floor.control(world.stripeUrl, 'shop-intent', wanted)) as {payment_intent: string};
      const order = orderOf({...wish, payment_intent: made.payment_intent});
      const {body} = await world.api.as('checkout').post('/v1/orders', order, key).expect(201);
      await floor.control(world.stripeUrl, 'shop-intent', made);
      return delivered(floor, body.order_id as string);
    },
    WAITS,
  ),
  story(
    'delivered-after-the-payer-was-asked-again',
    async (floor, world) => {
      const id = await place(floor, world, ASKS);
      await answerBank(floor, world, id, 'succeed');
      await floor.waitsOn(id, 'pick');
      await floor.control(world.stripeUrl, 'clock', {advance_ms: 8 * DAY});
      await floor.waitsOn(id, 'payment_renewal');
      await answerBank(floor, world, id, 'succeed');
      return delivered(floor, id);
    },
    WAITS,
  ),
  story(
    'cancelled-because-its-payer-was-asked-in-vain',
    async (floor, world) => {
      const id = await place(floor, world, ASKS);
      await answerBank(floor, world, id, 'succeed');
      await floor.waitsOn(id, 'pick');
      await floor.control(world.stripeUrl, 'clock', {advance_ms: 8 * DAY});
      await floor.ends(id, 'cancelled');
      return id;
    },
    {payer: {...PAYER, renewal_window: 800}},
  ),
  story(
    'cancelled-after-a-review-that-nobody-took',
    async (floor, world) => {
      const id = await place(floor, world, 'pm_card_visa', 400_000);
      await floor.ends(id, 'cancelled');
      return id;
    },
    {...WAITS, fraud: {...OPEN_POLICY.fraud, review_window: 600}},
  ),
];
