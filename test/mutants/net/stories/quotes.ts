import {offer, orderOf, type Wish} from '../../../support/shop.ts';
import {until} from '../../../support/until.ts';
import {IMPATIENT, type Net} from '../net-world.ts';
import {expect, type Story} from '../story.ts';

interface Quote {
  quote_id: string;
  total: {amount: number};
  shipments: {source: {id: string | null}; estimated_pickup: string}[];
}

async function quoted({world}: Net, wish: Wish) {
  const {payment_method, ...body} = orderOf(wish);
  const answer = await world.api.as('checkout').post('/v1/quotes', {...body, hold_stock: true});
  expect('a quote is made', answer.status === 200, answer.body);
  const quote = answer.body as Quote;
  return {quote, order: {...body, payment_method, quote_id: quote.quote_id}};
}

const place = ({world}: Net, body: object) => world.api.as('checkout').post('/v1/orders', body);

async function cancelled({floor}: Net, id: string): Promise<void> {
  await floor.cancel(id).expect(200);
  await floor.ends(id, 'cancelled');
}

const clock = new Intl.DateTimeFormat('sv-SE', {timeZone: 'America/New_York', timeStyle: 'short'});

/** Of eight buyers at once, each with a product of their own, as many get in as the code allows. */
async function buyWithCode(net: Net, code: string, buyers: number): Promise<{status: number; id: string}[]> {
  const skus: string[] = [];
  for (let n = 0; n < buyers; n += 1) skus.push(await offer(net.world.api, {at: {EAST: 1}}));
  const orders = skus.map((sku) => ({...orderOf({lines: [{sku, qty: 1}]}), promo_codes: [code]}));
  const answers = await Promise.all(orders.map((order) => place(net, order)));
  return answers.map(({status, body}) => ({status, id: (body as {order_id?: string}).order_id ?? ''}));
}

export const QUOTES: readonly Story[] = [
  {
    name: 'a quote that holds the last units, and six orders by it at once',
    play: async (net) => {
      const sku = await offer(net.world.api, {price: 1_003, at: {EAST: 2, WEST: 1}});
      const {quote, order} = await quoted(net, {lines: [{sku, qty: 3}]});
      const east = quote.shipments.find(({source}) => source.id === 'EAST');
      const pickup = clock.format(Date.parse(east?.estimated_pickup ?? ''));
      expect('it leaves at the cut-off of the warehouse', pickup === '16:00', pickup);
      expect('nobody else gets them', (await net.floor.place({lines: [{sku, qty: 1}]})).status === 409);
      const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => place(net, order)));
      const taken = answers.filter((answer) => answer.status === 201);
      const statuses = answers.map((answer) => answer.status);
      expect('one of them is taken', taken.length === 1, statuses);
      const {order_id: id, totals} = (taken[0]?.body ?? {}) as {order_id: string; totals: {total: {amount: number}}};
      expect('it costs what was quoted', totals.total.amount === quote.total.amount, totals);
      const view = await net.floor.order(id);
      for (const part of view.sub_orders) await net.floor.deliver(id, part);
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'a quote that nobody takes',
    play: async (net) => {
      const {store} = net.world.api;
      const sku = await offer(net.world.api, {at: {EAST: 1}});
      const {quote} = await quoted(net, {lines: [{sku, qty: 1}]});
      await store.prisma.quotes.update({where: {id: quote.quote_id}, data: {expires_at: store.now()}});
      const swept = async () =>
        (await store.prisma.quotes.findUnique({where: {id: quote.quote_id}}))?.state === 'expired';
      await until('the quote to be swept', swept);
      const sold = await net.floor.place({lines: [{sku, qty: 1}]});
      expect('what it held is sold', sold.status === 201, sold.body);
      await cancelled(net, (sold.body as {order_id: string}).order_id);
    },
  },
  {
    name: 'a quote whose card is declined',
    under: {
      policy: IMPATIENT,
      answered: 402,
      wish: async (net) => {
        const lines = [{sku: await offer(net.world.api, {at: {EAST: 1}}), qty: 1}];
        const {order} = await quoted(net, {lines});
        return {...order, customer: order.customer.id, payment_method: 'pm_card_chargeDeclined'};
      },
    },
    play: (net, order) => net.floor.ends(order.order_id, 'cancelled'),
  },
  {
    name: 'a code for three, and eight who want it',
    play: async (net) => {
      const code = 'FOR-THREE';
      const terms = {percent_bp: 1_500, max_uses: 3, combinable: false};
      await net.world.api.as('finance').put(`/v1/promo-codes/${code}`, terms).expect(200);
      const answers = await buyWithCode(net, code, 8);
      const won = answers.filter(({status}) => status === 201);
      const statuses = answers.map(({status}) => status);
      expect('three get in', won.length === 3 && statuses.every((s) => s === 201 || s === 422), statuses);
      const [first, second, third] = won.map(({id}) => id) as [string, string, string];
      await cancelled(net, first);
      const [again] = await buyWithCode(net, code, 1);
      expect('a use that came back is used', again?.status === 201, again);
      for (const id of [second, third]) {
        await net.floor.deliver(id, net.floor.partFrom(await net.floor.order(id), 'EAST'));
        await net.floor.ends(id, 'delivered');
      }
      await cancelled(net, again?.id ?? '');
    },
  },
];
