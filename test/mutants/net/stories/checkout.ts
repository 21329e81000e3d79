import {OPEN_POLICY} from '../../../../domain/policy/policy.ts';
import {freshKey} from '../../../support/api.ts';
import {offer, orderOf} from '../../../support/shop.ts';
import {until} from '../../../support/until.ts';
import {IMPATIENT, type Net} from '../net-world.ts';
import {buyNew, expect, type Story, wishFor} from '../story.ts';

/** Twenty times what is usual, from somebody new. */
const DEAR = 400_000;

/** Declined payments are told as such. */
const DECLINED = [
  'pm_card_chargeDeclined',
  'pm_card_chargeDeclinedInsufficientFunds',
  'pm_card_chargeCustomerFail',
].map(
  (payment_method): Story => ({
    name: `${payment_method}, and no other method`,
    under: {policy: IMPATIENT, answered: 402, wish: (net) => wishFor(net, 1, {at: {EAST: 1}}, {payment_method})},
    play: (net, order) => net.floor.ends(order.order_id, 'cancelled'),
  }),
);

async function inReview(net: Net): Promise<{id: string; decide: (decision: 'approve' | 'reject') => Promise<number>}> {
  const order = await buyNew(net, 1, {price: DEAR, at: {EAST: 1}});
  const id = order.order_id;
  const support = net.world.api.as('support');
  const review = await until('a review', async () => {
    const {body} = await support.get('/v1/reviews?state=open&limit=200').expect(200);
    return (body as {review_id: string; order_id: string}[]).find((r) => r.order_id === id);
  });
  const path = `/v1/reviews/${review.review_id}`;
  return {id, decide: async (decision) => (await support.post(path, {decision, note: 'called'})).status};
}

const BUYERS = 20;
const UNITS = 5;

export const CHECKOUT: readonly Story[] = [
  ...DECLINED,
  {
    name: 'twenty buyers and five units in two places',
    play: async (net) => {
      const {world, floor} = net;
      const sku = await offer(world.api, {at: {EAST: UNITS - 2, LAKE: 2}});
      const answers = await Promise.all(Array.from({length: BUYERS}, () => floor.place({lines: [{sku, qty: 1}]})));
      const statuses = answers.map((a) => a.status).sort();
      const won = answers.filter((a) => a.status === 201).map((a) => a.body.order_id as string);
      expect(
        'five buy, the others hear that it is sold out',
        won.length === UNITS && statuses.every((s) => s === 201 || s === 409),
        statuses,
      );
      const lost = answers.flatMap((a) => (a.status === 409 && a.body.order_id ? [a.body.order_id as string] : []));
      await Promise.all(lost.map((id) => floor.ends(id, 'cancelled')));
      const [first = '', second = '', ...others] = won;
      await Promise.all(others.map((id) => floor.cancel(id).expect(200)));
      for (const id of [first, second]) {
        const [part] = (await floor.order(id)).sub_orders;
        if (part) await floor.deliver(id, part);
      }
      await Promise.all([first, second].map((id) => floor.ends(id, 'delivered')));
      await Promise.all(others.map((id) => floor.ends(id, 'cancelled')));
    },
  },
  {
    name: 'one key ten times at once, and another body under it',
    play: async (net) => {
      const {api} = net.world;
      const body = orderOf(await wishFor(net, 1, {at: {EAST: 12}}));
      const key = freshKey();
      const send = (what: object) => api.as('checkout').post('/v1/orders', what, key);
      const answers = await Promise.all(Array.from({length: 10}, () => send(body)));
      answers.push(await send(body));
      const placed = answers.filter((a) => a.status === 201);
      const statuses = answers.map((a) => a.status);
      expect(
        'each is answered by the order or asked to wait',
        statuses.every((s) => s === 201 || s === 409),
        statuses,
      );
      const ids = new Set(placed.map((a) => a.body.order_id as string));
      expect('one order', ids.size === 1, [...ids]);
      const other = await send({...body, lines: [{...body.lines[0], qty: 2}]});
      expect('another body is refused', other.status === 422, other.body);
      const [id = ''] = ids;
      await net.floor.deliver(id, net.floor.partFrom(await net.floor.order(id), 'EAST'));
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'approved by a person',
    play: async (net) => {
      const {id, decide} = await inReview(net);
      expect('the verdict is taken', (await decide('approve')) === 200);
      await net.floor.waitsOn(id, 'pick');
      await net.floor.deliver(id, net.floor.partFrom(await net.floor.order(id), 'EAST'));
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'rejected and approved at once',
    play: async (net) => {
      const {id, decide} = await inReview(net);
      const [no, yes] = await Promise.all([decide('reject'), decide('approve')]);
      expect('the first verdict counts', [no, yes].sort().join() === '200,409', [no, yes]);
      if (no === 200) return net.floor.ends(id, 'cancelled');
      await net.floor.waitsOn(id, 'pick');
      await net.floor.cancel(id).expect(200);
      await net.floor.ends(id, 'cancelled');
    },
  },
  {
    name: 'nobody looks at it in time',
    under: {
      policy: {fraud: {...OPEN_POLICY.fraud, review_window: 500}},
      wish: (net) => wishFor(net, 1, {price: DEAR, at: {EAST: 1}}),
    },
    play: (net, order) => net.floor.ends(order.order_id, 'cancelled'),
  },
  {
    name: 'cancelled by its shopper while in review',
    play: async (net) => {
      const {id} = await inReview(net);
      await net.floor.cancel(id).expect(200);
      await net.floor.ends(id, 'cancelled');
    },
  },
  {
    name: 'cancelled before there is a verdict',
    play: async (net) => {
      const {world, floor} = net;
      const wish = await wishFor(net, 1, {at: {EAST: 1}});
      const placing = floor.place(wish).then((answer) => answer.status);
      const row = await until('the order', () =>
        world.api.store.prisma.order_lines.findFirst({where: {sku: wish.lines[0]?.sku ?? ''}}),
      );
      const id = row.order_id;
      await floor.cancel(id).expect(200);
      expect('the checkout is answered', [201, 202].includes(await placing), await placing);
      await floor.ends(id, 'cancelled');
    },
  },
];
