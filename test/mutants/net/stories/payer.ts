import {OPEN_POLICY} from '../../../../domain/policy/policy.ts';
import {freshKey} from '../../../support/api.ts';
import {orderOf} from '../../../support/shop.ts';
import {until} from '../../../support/until.ts';
import {canceled, letGo, tellStripe} from '../dashboard.ts';
import {IMPATIENT, type Net} from '../net-world.ts';
import {expect, type Story, wishFor} from '../story.ts';

const ASKS = {payment_method: 'pm_card_authenticationRequired'};
const DECLINED = {payment_method: 'pm_card_chargeDeclined'};
const OFFER = {at: {EAST: 2}};

const pay = (net: Net, id: string, payment_method: string) =>
  net.world.api.as('checkout').post(`/v1/orders/${id}/payment`, {payment_method});

/** The intent whose customer is asked, as our own books have it. */
const asking = async ({world}: Net, order_id: string) =>
  (await world.api.store.prisma.payments.findFirst({where: {order_id, state: 'requires_action'}}))?.provider_ref ??
  null;

const firstHold = async ({world}: Net, order_id: string) =>
  (await world.api.store.prisma.payments.findFirst({where: {order_id}, orderBy: {created_at: 'asc'}}))?.provider_ref ??
  null;

/** What the customer does in their bank's window; false when it is closed. */
async function answerBank({world}: Net, intent: string | null, outcome: 'succeed' | 'fail'): Promise<boolean> {
  const body = JSON.stringify({payment_intent: intent, outcome});
  return (await fetch(`${world.stripeUrl}/_control/authentication`, {method: 'POST', body})).ok;
}

async function sentAndPaid(net: Net, id: string): Promise<void> {
  await net.floor.waitsOn(id, 'pick');
  await net.floor.deliver(id, net.floor.partFrom(await net.floor.order(id), 'EAST'));
  await net.floor.ends(id, 'delivered');
}

async function placed(net: Net, wish: object, status: number): Promise<string> {
  const answer = await net.floor.place({...(await wishFor(net, 1, OFFER)), ...wish});
  expect(`it is answered ${status}`, answer.status === status, answer.body);
  return answer.body.order_id as string;
}

async function shopOrder(net: Net, change: {amount?: number; reference?: string}, authorised: boolean) {
  const {world, floor} = net;
  const key = freshKey();
  const wish = await wishFor(net, 1, OFFER);
  const {order_id, total} = await floor.buy(wish);
  await floor.cancel(order_id).expect(200);
  await floor.ends(order_id, 'cancelled');
  const wanted = {amount: total.amount, currency: 'usd', reference: key, ...change};
  const made = (await floor.control(world.stripeUrl, 'shop-intent', wanted)) as {payment_intent: string};
  const authorise = () => floor.control(world.stripeUrl, 'shop-intent', made);
  if (authorised) await authorise();
  const body = orderOf({...wish, payment_intent: made.payment_intent});
  const answer = await world.api.as('checkout').post('/v1/orders', body, key);
  return {answer, id: answer.body.order_id as string, authorise};
}

async function refused(net: Net, change: {amount?: number; reference?: string}): Promise<void> {
  const {answer, id} = await shopOrder(net, change, true);
  expect("money that is held for something else is not the order's", answer.status === 402, answer.body);
  await net.floor.ends(id, 'cancelled');
}

export const PAYERS: readonly Story[] = [
  {
    name: 'the bank asks at checkout, and its customer never comes',
    under: {policy: IMPATIENT, wish: (net) => wishFor(net, 1, OFFER, ASKS)},
    play: async (net, {order_id: id}) => {
      await net.floor.ends(id, 'cancelled');
      expect('nothing of it can be confirmed any more', !(await answerBank(net, await firstHold(net, id), 'succeed')));
    },
  },
  {
    name: 'the bank asks at checkout, and its customer answers',
    play: async (net) => {
      const id = await placed(net, ASKS, 201);
      await net.floor.waitsOn(id, 'customer_authentication');
      expect('the bank is answered', await answerBank(net, await asking(net, id), 'succeed'));
      await sentAndPaid(net, id);
    },
  },
  {
    name: 'the bank asks at checkout, its customer pays in another way, and answers after all',
    play: async (net) => {
      const id = await placed(net, ASKS, 201);
      await net.floor.waitsOn(id, 'customer_authentication');
      const first = await asking(net, id);
      const answer = await pay(net, id, 'pm_card_visa');
      expect('the other method is good', answer.status === 201, answer.body);
      await answerBank(net, first, 'succeed');
      await sentAndPaid(net, id);
    },
  },
  {
    name: 'another method after a decline, and one that is declined as well',
    play: async (net) => {
      const id = await placed(net, DECLINED, 402);
      const second = await pay(net, id, 'pm_card_chargeDeclinedInsufficientFunds');
      expect('it is declined again', second.status === 402, second.body);
      const third = await pay(net, id, 'pm_card_visa');
      expect('it is the same order that goes on', third.status === 201 && third.body.order_id === id, third.body);
      await sentAndPaid(net, id);
    },
  },
  {
    name: 'a shop that authorises by itself, before and after it places the order',
    play: async (net) => {
      const first = await shopOrder(net, {}, true);
      expect('the order is taken', first.answer.body.status === 'awaiting_fulfillment', first.answer.body);
      const {id, answer, authorise} = await shopOrder(net, {}, false);
      expect('the order waits', answer.body.waiting_on?.name === 'payment_method', answer.body);
      await authorise();
      await Promise.all([first.id, id].map((each) => sentAndPaid(net, each)));
    },
  },
  {
    name: 'a shop whose money is held for less, or for another order',
    play: async (net) => {
      await Promise.all([refused(net, {amount: 100}), refused(net, {reference: 'another basket'})]);
    },
  },
  {
    name: 'money that can only be held again when its customer comes',
    play: async (net) => {
      const id = await placed(net, ASKS, 201);
      await net.floor.waitsOn(id, 'customer_authentication');
      await answerBank(net, await asking(net, id), 'succeed');
      await net.floor.waitsOn(id, 'pick');
      const hold = {id: (await firstHold(net, id)) ?? '', amount: (await net.floor.order(id)).total.amount};
      await letGo(net.world, hold.id);
      await tellStripe(net.world, canceled(`evt_gone_${hold.id}`, hold));
      await net.floor.waitsOn(id, 'payment_renewal');
      const intent = await until('the bank to ask', () => asking(net, id));
      expect('the bank is answered', await answerBank(net, intent, 'succeed'));
      await sentAndPaid(net, id);
    },
  },
  {
    name: 'a review that support leaves lying',
    under: {
      // half of it passes before somebody else is asked
      policy: {fraud: {...OPEN_POLICY.fraud, review_window: 24_000}},
      wish: (net) => wishFor(net, 1, {price: 400_000, at: {EAST: 1}}),
    },
    play: async (net, {order_id: id}) => {
      const ops = net.world.api.as('ops');
      const review = await until('the review to be escalated', async () => {
        const {body} = await ops.get('/v1/reviews?state=open&escalated=true&limit=200').expect(200);
        return (body as {review_id: string; order_id: string}[]).find((each) => each.order_id === id);
      });
      await ops.post(`/v1/reviews/${review.review_id}`, {decision: 'approve', note: 'called'}).expect(200);
      await net.floor.waitsOn(id, 'pick');
      await net.floor.cancel(id).expect(200);
      await net.floor.ends(id, 'cancelled');
    },
  },
];
