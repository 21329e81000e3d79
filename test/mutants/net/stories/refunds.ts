import {createHmac} from 'node:crypto';
import type {OrderView} from '../../../../simulation/api-types.ts';
import {freshKey, STRIPE_SECRET} from '../../../support/api.ts';
import {offer} from '../../../support/shop.ts';
import {until} from '../../../support/until.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, lineOf, type Story} from '../story.ts';

const usd = (amount: number) => ({amount, currency: 'USD'});
const goodwill = (amount: number) => ({kind: 'goodwill', amount: usd(amount), reason: 'it came late'});

async function paid(net: Net, qty: number, payment_method?: string): Promise<OrderView> {
  const order = await buyNew(net, qty, {price: 1_999, at: {EAST: qty}}, payment_method ? {payment_method} : {});
  await net.floor.deliver(order.order_id, net.floor.partFrom(order, 'EAST'));
  await net.floor.ends(order.order_id, 'delivered');
  return net.floor.order(order.order_id);
}

/** Asks until there is an answer; what is refused is an answer as well. */
async function ask(net: Net, orderId: string, body: object, key = freshKey(), role: 'support' | 'finance' = 'support') {
  const path = `/v1/orders/${orderId}/refunds`;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const {status, body: answer} = await net.world.api.as(role).post(path, body, key);
    if (status < 500 && status !== 429) return {status, answer: answer as {refunds?: {refund_id: string}[]}};
  }
  throw new Error('a refund was never answered');
}

const rowsOf = ({world}: Net, order_id: string) =>
  world.api.store.prisma.refunds.findMany({where: {order_id}, orderBy: {id: 'asc'}});

const QUIET: readonly string[] = ['succeeded', 'rejected', 'awaiting_approval'];

const settled = (net: Net, id: string) =>
  until(
    'its refunds to come to rest',
    async () => (await rowsOf(net, id)).every(({state}) => QUIET.includes(state)),
    async () => (await rowsOf(net, id)).map(({state, failure_code}) => [state, failure_code]),
  );

/** Has the provider say once more how something is: a webhook may be lost. */
async function sayAgain({world}: Net, path: string, type: string): Promise<void> {
  const headers = {Authorization: 'Bearer sk_test_emulator'};
  const object = await (await fetch(`${world.stripeUrl}/v1/${path}`, {headers})).json().catch(() => null);
  if (!object) return;
  const time = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({id: `evt_again_${freshKey()}`, object: 'event', type, created: time, data: {object}});
  const signature = createHmac('sha256', STRIPE_SECRET).update(`${time}.${body}`).digest('hex');
  await fetch(`http://127.0.0.1:${world.api.port}/v1/webhooks/stripe`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json', 'Stripe-Signature': `t=${time},v1=${signature}`},
    body,
  });
}

const openDispute = async (net: Net, orderId: string): Promise<string> => {
  const [payment] = await net.world.api.store.prisma.payments.findMany({
    where: {order_id: orderId, captured_amount: {gt: 0}},
  });
  const opened = await net.floor.control(net.world.stripeUrl, 'disputes', {payment_intent: payment?.provider_ref});
  return (opened as {dispute: string}).dispute;
};

async function disputeIs({world}: Net, ref: string, ...states: string[]): Promise<boolean> {
  const row = await world.api.store.prisma.disputes.findUnique({where: {provider_ref: ref}});
  return row !== null && states.includes(row.state);
}

async function becomes(net: Net, ref: string, ...states: string[]): Promise<void> {
  await sayAgain(net, `disputes/${ref}`, 'charge.dispute.updated');
  await until(`the dispute to be ${states.join(' or ')}`, () => disputeIs(net, ref, ...states));
}

export const REFUNDS: readonly Story[] = [
  {
    name: 'money given back in pieces, and asked for by many at once',
    play: async (net) => {
      const {order_id: id, lines, total} = await paid(net, 2);
      const one = {kind: 'line', lines: [{line_id: lines[0]?.line_id, qty: 1}], reason: 'broken'};
      const key = freshKey();
      const same = await Promise.all([ask(net, id, one, key), ask(net, id, one, key), ask(net, id, one, key)]);
      const ids = same.flatMap(({answer}) => answer.refunds?.map(({refund_id}) => refund_id) ?? []);
      expect('one request is one refund', new Set(ids).size === 1, same);
      const half = Math.floor(total.amount / 2);
      await Promise.all([1, 2, 3, 4].map(() => ask(net, id, goodwill(half))));
      await ask(net, id, one);
      await ask(net, id, {kind: 'shipping', reason: 'late'});
      await settled(net, id);
    },
  },
  {
    name: 'a broken unit paid back, and asked for again',
    play: async (net) => {
      const order = await paid(net, 2);
      const one = {kind: 'line', lines: [{line_id: lineOf(order), qty: 1}], reason: 'broken'};
      const statuses: number[] = [];
      for (let time = 0; time < 3; time += 1) statuses.push((await ask(net, order.order_id, one)).status);
      expect('each of two units is paid back once', statuses.join() === '201,201,409', statuses);
      await settled(net, order.order_id);
    },
  },
  {
    name: 'a refund that the bank sends back',
    play: async (net) => {
      const {order_id: id} = await paid(net, 1, 'pm_card_refundFail');
      await ask(net, id, goodwill(500));
      await settled(net, id);
      const [refund] = await rowsOf(net, id);
      const ref = refund?.provider_ref;
      await net.floor.control(net.world.stripeUrl, 'refunds', {refund: ref, status: 'failed'});
      await sayAgain(net, `refunds/${ref}`, 'refund.failed');
      await until('it to be known', async () => (await rowsOf(net, id)).every(({state}) => state === 'failed'));
      await net.floor.waitsOn(id, 'ops');
      const path = `/v1/refunds/${refund?.id}/reject`;
      await until('it to be given up', async () => {
        const {status} = await net.world.api.as('finance').post(path, {note: 'paid in cash'});
        return status === 200;
      });
      await settled(net, id);
    },
  },
  {
    name: 'a large refund, in small pieces and by one person',
    play: async (net) => {
      const {order_id: id} = await paid(net, 36);
      for (const amount of [30_000, 25_000]) await ask(net, id, goodwill(amount), freshKey(), 'finance');
      const waiting = (await rowsOf(net, id)).find(({state}) => state === 'awaiting_approval');
      if (waiting) {
        const path = `/v1/refunds/${waiting.id}`;
        await net.world.api.as('finance').post(`${path}/approve`, {note: 'it is mine'});
        await net.world.api.as('admin').post(`${path}/approve`, {note: 'looked at it'});
      }
      await settled(net, id);
    },
  },
  {
    name: 'money disputed, refunds asked for meanwhile and afterwards',
    play: async (net) => {
      const answers = {won: 201, lost: 409} as const;
      for (const outcome of ['won', 'lost'] as const) {
        const {order_id: id} = await paid(net, 1);
        const ref = await openDispute(net, id);
        await becomes(net, ref, 'open', 'submitted');
        await ask(net, id, goodwill(100));
        await becomes(net, ref, 'submitted');
        await net.floor.control(net.world.stripeUrl, 'disputes/close', {dispute: ref, outcome});
        await becomes(net, ref, outcome);
        const {status} = await ask(net, id, goodwill(100));
        expect(
          `after a dispute that was ${outcome} it is answered ${answers[outcome]}`,
          status === answers[outcome],
          status,
        );
        await settled(net, id);
      }
    },
  },
  {
    name: 'a refund made by hand in the dashboard, and more asked for afterwards',
    play: async (net) => {
      const {order_id: id, total} = await paid(net, 1);
      const made = await net.floor.control(net.world.stripeUrl, 'refunds', {order_id: id, amount: 700});
      await sayAgain(net, `refunds/${(made as {refund: string}).refund}`, 'refund.created');
      await until('it to be in the books', async () => (await rowsOf(net, id)).some(({kind}) => kind === 'provider'));
      await ask(net, id, goodwill(total.amount - 600));
      await ask(net, id, goodwill(total.amount - 700));
      await settled(net, id);
    },
  },
  {
    name: 'a parcel at the dock while a bank judges about the first one',
    play: async (net) => {
      const {world, floor} = net;
      const skus = [await offer(world.api, {at: {EAST: 1}}), await offer(world.api, {at: {WEST: 1}})];
      const order = await floor.buy({lines: skus.map((sku) => ({sku, qty: 1}))});
      const {order_id: id} = order;
      await floor.deliver(id, floor.partFrom(order, 'EAST'));
      await until('the first part to be paid', async () => (await floor.order(id)).payment.captured.amount > 0);
      const ref = await openDispute(net, id);
      await becomes(net, ref, 'open', 'submitted');
      const west = floor.partFrom(order, 'WEST');
      await floor.pick(west);
      const [parcel] = await floor.pack(id, west);
      await floor.scan({kind: 'dispatch', code: parcel?.tracking_number ?? ''}, 'packer');
      await becomes(net, ref, 'submitted');
      await floor.control(world.stripeUrl, 'disputes/close', {dispute: ref, outcome: 'won'});
      await becomes(net, ref, 'won');
      await floor.carry(id, west);
      await floor.ends(id, 'delivered');
    },
  },
];
