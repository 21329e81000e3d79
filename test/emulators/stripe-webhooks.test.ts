import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import type Stripe from 'stripe';
import {backOffMs, EASYPOST_RETRIES, isOver, STRIPE_RETRIES} from '../../emulators/shared/retries.ts';
import {client, freshBooks, hold, runStripe} from './stripe-support.ts';

const SECRET = 'whsec_test';
const DAY = 86_400_000;

interface Received {
  body: string;
  signature: string;
}

let receiver: Server;
let url: string;
let received: Received[];
/** Statuses of the next answers; 200 once they are used up. */
let answers: number[];

beforeEach(async () => {
  received = [];
  answers = [];
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({body, signature: String(request.headers['stripe-signature'])});
    response.writeHead(answers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterEach(() => {
  receiver.closeAllConnections();
  return new Promise((resolve) => receiver.close(resolve));
});

const verify = ({body, signature}: Received, secret = SECRET): Stripe.Event =>
  client(1).webhooks.constructEvent(body, signature, secret);
const types = () => received.map((item) => verify(item).type).sort();

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

const HELD = ['charge.succeeded', 'payment_intent.amount_capturable_updated', 'payment_intent.created'];

describe('webhooks', () => {
  it('are signed for constructEvent and carry the object as it stood', async () => {
    const running = await runStripe({webhookUrl: url, webhookSecret: SECRET});
    const {id} = await hold(running);
    await running.stripe.paymentIntents.capture(id, {amount_to_capture: 100});
    await until(() => received.length === 5);

    expect(types()).toEqual([...HELD, 'charge.captured', 'payment_intent.succeeded'].sort());
    const created = received.map((item) => verify(item)).find((event) => event.type === 'payment_intent.created');
    expect(created).toMatchObject({object: 'event', livemode: false, data: {object: {id, amount_capturable: 0}}});
    expect(created?.id).toMatch(/^evt_/);
    const [first] = received;
    if (!first) throw new Error('nothing received');
    expect(() => verify(first, 'whsec_other')).toThrow();
    expect(() => verify({...first, body: first.body.replace('5000', '1')})).toThrow();
    await running.close();
  });

  it('are signed with the real time whatever the virtual clock says', async () => {
    const env = {WAYBILL_CLOCK: JSON.stringify({t0: Date.UTC(2031, 0, 1), real0: Date.now(), speed: 100})};
    const running = await runStripe({webhookUrl: url, webhookSecret: SECRET, env});
    await running.stripe.paymentIntents.create({amount: 100, currency: 'usd'});
    await until(() => received.length === 1);
    const event = received.map((item) => verify(item))[0];
    expect(new Date((event?.created ?? 0) * 1000).getUTCFullYear()).toBe(2031);
    await running.close();
  });

  it('carry two signatures while the secret is rolled', async () => {
    const running = await runStripe({webhookUrl: url, webhookSecret: `${SECRET},whsec_new`});
    await running.stripe.paymentIntents.create({amount: 100, currency: 'usd'});
    await until(() => received.length === 1);
    expect(received.map((item) => verify(item, 'whsec_new').type)).toEqual(received.map((item) => verify(item).type));
    await running.close();
  });

  it('are sent again until they are taken', async () => {
    answers = [500, 404];
    const running = await runStripe({webhookUrl: url, webhookSecret: SECRET});
    await running.stripe.paymentIntents.create({amount: 100, currency: 'usd'});
    const waiting = async () => (await running.ledger()).webhooks.waiting;
    await until(async () => (await waiting()).length === 1);
    const [first] = await waiting();
    expect(first).toMatchObject({attempts: 1, last_answer: '500'});
    expect(Date.parse(first.next_at) - Date.parse(first.first_at)).toBe(5_000);
    expect(await running.ledger()).toMatchObject({webhooks_pending: 1});

    await running.control('POST', 'clock', {advance_ms: 5_000});
    await until(async () => (await waiting())[0]?.attempts === 2);
    await running.control('POST', 'clock', {advance_ms: 15_000});
    await until(() => received.length === 3);
    expect(new Set(received.map((item) => verify(item).id)).size).toBe(1);
    await until(async () => (await running.control('GET', 'webhooks')).pending === 0);
    expect(await running.control('GET', 'webhooks')).toMatchObject({delivered: 1, failed_attempts: 2, given_up: 0});
    await running.close();
  });

  it('survive a restart: only the undelivered are sent again', async () => {
    const booksDir = freshBooks();
    const first = await runStripe({booksDir, webhookUrl: url, webhookSecret: SECRET});
    await first.stripe.paymentIntents.create({amount: 100, currency: 'usd'});
    await until(async () => (await first.control('GET', 'webhooks')).pending === 0);
    answers = [500, 500, 500];
    await hold(first);
    await until(async () => (await first.control('GET', 'webhooks')).waiting.length === 3);
    await first.close();

    answers = [];
    received = [];
    const second = await runStripe({booksDir, webhookUrl: url, webhookSecret: SECRET});
    expect(await second.ledger()).toMatchObject({webhooks_pending: 3, webhooks: {delivered: 1, failed_attempts: 3}});
    await second.control('POST', 'clock', {advance_ms: 5_000});
    await until(async () => (await second.control('GET', 'webhooks')).pending === 0);
    expect(types()).toEqual(HELD);
    await second.close();
  });

  it('are given up after three days', async () => {
    const speed = 3_000_000;
    const env = {WAYBILL_CLOCK: JSON.stringify({t0: Date.now(), real0: Date.now(), speed})};
    const running = await runStripe({webhookUrl: 'http://127.0.0.1:9/nobody', env});
    await running.stripe.paymentIntents.create({amount: 100, currency: 'usd'});
    await until(async () => (await running.control('GET', 'webhooks')).waiting[0]?.attempts >= 2);
    // three days are a moment at this speed, but no restart of a receiver takes less than half a minute of real time
    expect(await running.control('GET', 'webhooks')).toMatchObject({given_up: 0, pending: 1});
    expect((await running.control('GET', 'webhooks')).waiting[0].last_answer).toBe('ECONNREFUSED');
    await running.close();

    expect(isOver(STRIPE_RETRIES, {virtual: 3 * DAY, real: 30_000})).toBe(true);
    expect(isOver(STRIPE_RETRIES, {virtual: 3 * DAY, real: 29_999})).toBe(false);
    expect(isOver(STRIPE_RETRIES, {virtual: 3 * DAY - 1, real: 3 * DAY})).toBe(false);
    expect(isOver(EASYPOST_RETRIES, {virtual: DAY, real: DAY})).toBe(true);
  });

  it('come after growing pauses', () => {
    const pauses = Array.from({length: 11}, (_, n) => backOffMs(n + 1) / 1_000);
    expect(pauses).toEqual([5, 15, 45, 135, 405, 1_215, 3_645, 10_935, 32_805, 43_200, 43_200]);
  });

  it('can be lost and duplicated', async () => {
    const running = await runStripe({webhookUrl: url, webhookSecret: SECRET});
    await running.control('POST', 'faults', {operation: 'webhook', mode: 'drop', count: 1});
    await running.control('POST', 'faults', {operation: 'webhook', mode: 'duplicate', count: 1});
    await hold(running);
    await until(async () => (await running.control('GET', 'webhooks')).pending === 0);
    expect(types()).toEqual(['charge.succeeded', ...HELD.slice(0, 2)]);
    expect((await running.stripe.events.list()).data).toHaveLength(3);
    await running.close();
  });

  it('tell of a hold that runs out by itself', async () => {
    const env = {WAYBILL_CLOCK: JSON.stringify({t0: Date.now(), real0: Date.now(), speed: 6_048_000})};
    const running = await runStripe({webhookUrl: url, webhookSecret: SECRET, env});
    await hold(running);
    await until(() => received.length === 5);
    expect(types()).toEqual([...HELD, 'charge.expired', 'payment_intent.canceled'].sort());
    await running.close();
  });
});
