import {createHmac} from 'node:crypto';
import Stripe from 'stripe';
import {bindStore} from '../../store/index.ts';
import {workInbox} from '../../workers/relay/work-inbox.ts';
import {EASYPOST_SECRET, startTestApi, STRIPE_SECRET, type TestApi} from '../support/api.ts';
import {offer, openShop} from '../support/shop.ts';
import {planned} from '../support/store.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({
    stripeWebhookSecrets: [STRIPE_SECRET, 'whsec_the_old_one_456789'],
    easypostWebhookSecrets: [EASYPOST_SECRET, 'easypost_old_456789'],
  });
  await openShop(api);
});
afterAll(() => api.close());

const event = (id: string) =>
  JSON.stringify({id, object: 'event', type: 'payment_intent.canceled', created: 1, data: {object: {id: 'pi_1'}}});
const now = () => Math.floor(Date.now() / 1000);
const sign = (payload: string, secret = STRIPE_SECRET, timestamp = now()) =>
  Stripe.webhooks.generateTestHeaderString({payload, secret, timestamp});
const post = (path: string, payload: string | Buffer, headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${api.port}/v1/webhooks/${path}`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json', ...headers},
    body: typeof payload === 'string' ? payload : new Uint8Array(payload),
  });
const stripe = (payload: string | Buffer, signature: string | null) =>
  post('stripe', payload, signature === null ? {} : {'Stripe-Signature': signature});
const inbox = () => api.store.prisma.webhook_inbox.count();

const tracker = (id: string) =>
  JSON.stringify({id, object: 'Event', description: 'tracker.updated', result: {id: 'trk_1', weight: 12.0}});
const hmac = (payload: string, secret = EASYPOST_SECRET) =>
  `hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD'))
    .update(payload.replace(/("weight":\s*)(\d+)(\s*)(?=,|\})/g, '$1$2.0'))
    .digest('hex')}`;

describe('webhooks of the payment provider', () => {
  it('are stored once however often they come', async () => {
    const payload = event('evt_once');
    const answers = await Promise.all(Array.from({length: 10}, () => stripe(payload, sign(payload))));
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    const rows = await api.store.prisma.webhook_inbox.findMany({where: {event_id: 'evt_once'}});
    expect(rows).toEqual([
      expect.objectContaining({provider: 'stripe', type: 'payment_intent.canceled', processed_at: null}),
    ]);
    expect(rows[0]?.body).toEqual(JSON.parse(payload));
  });

  it('are stored without what they say of people', async () => {
    const dispute = {id: 'dp_1', object: 'dispute', status: 'under_review', payment_intent: 'pi_1'};
    const told = {id: 'evt_people', object: 'event', type: 'charge.dispute.updated', created: now()};
    const payload = JSON.stringify({
      ...told,
      data: {object: {...dispute, evidence: {customer_name: 'Ann Example'}, balance_transactions: [{shipping: {}}]}},
    });
    expect((await stripe(payload, sign(payload))).status).toBe(200);
    const row = await api.store.prisma.webhook_inbox.findFirstOrThrow({where: {event_id: 'evt_people'}});
    expect(row.body).toEqual({...told, data: {object: {...dispute, balance_transactions: [{}]}}});
  });

  it('may be signed by either secret while one is replaced', async () => {
    const payload = event('evt_rotated');
    expect((await stripe(payload, sign(payload, 'whsec_the_old_one_456789'))).status).toBe(200);
  });

  it('are refused in every other form, and leave nothing', async () => {
    const payload = event('evt_forged');
    const good = sign(payload);
    const [time = '', signature = ''] = good.split(',');
    const bad: [string | Buffer, string | null][] = [
      [payload, null],
      [payload, ''],
      [payload, 'x'],
      [payload, time],
      [payload, signature],
      [payload, good.replace('v1=', 'v0=')],
      [payload, `${time},v1=`],
      [payload, `${time},v1=${'0'.repeat(64)}`],
      [payload, good.slice(0, -1)],
      [payload, `${good}0`],
      [payload, `${time},${signature.toUpperCase()}`],
      [payload, `${time},v1=${Buffer.from(signature.slice(3), 'hex').toString('base64')}`],
      [payload, `t=${now() + 1},${signature}`],
      [payload, `t=abc,${signature}`],
      [payload, `${time},${time},${signature}`],
      [payload, sign(payload, 'whsec_of_somebody_else_0')],
      [payload, sign(payload, '')],
      [payload, sign(payload, STRIPE_SECRET, now() - 360)],
      [payload, sign(payload, STRIPE_SECRET, now() + 360)],
      [`${payload} `, good],
      [payload.replace('pi_1', 'pi_2'), good],
      [payload.replace('evt_forged', 'evt_forgee'), good],
      ['', good],
      ['', sign('')],
      ['[]', sign('[]')],
      ['null', sign('null')],
      ['{}', sign('{}')],
      ['{"object":"event"}', sign('{"object":"event"}')],
      ['{"id":"evt_1"}', sign('{"id":"evt_1"}')],
      ['not json', sign('not json')],
      [Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(payload)]), good],
      [Buffer.from([0xff, 0xfe, 0x00]), good],
    ];
    const before = await inbox();
    for (const [body, header] of bad) {
      const answer = await stripe(body, header);
      expect([header, String(body).slice(0, 40), answer.status]).toEqual([header, String(body).slice(0, 40), 400]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    expect(await inbox()).toBe(before);
    expect(bad.length).toBeGreaterThanOrEqual(30);
  });

  it('have 1 MiB at most and come unpacked', async () => {
    const payload = JSON.stringify({x: 'y'.repeat(1024 * 1024)});
    expect((await stripe(payload, sign(payload))).status).toBe(413);
    const small = event('evt_gzip');
    const answer = await post('stripe', small, {'Stripe-Signature': sign(small), 'Content-Encoding': 'gzip'});
    expect(answer.status).toBe(415);
  });
});

describe('webhooks of the carrier platform', () => {
  it('are stored once, signed with the number forms of the provider', async () => {
    const payload = tracker('evt_track');
    for (let i = 0; i < 3; i += 1) {
      expect((await post('easypost', payload, {'X-Hmac-Signature': hmac(payload)})).status).toBe(200);
    }
    const rows = await api.store.prisma.webhook_inbox.findMany({where: {provider: 'easypost'}});
    expect(rows).toEqual([expect.objectContaining({event_id: 'evt_track', type: 'tracker.updated'})]);
  });

  it('may be signed by either secret while one is replaced', async () => {
    const payload = tracker('evt_rotated');
    const headers = {'X-Hmac-Signature': hmac(payload, 'easypost_old_456789')};
    expect((await post('easypost', payload, headers)).status).toBe(200);
  });

  it('are refused otherwise', async () => {
    const payload = tracker('evt_bad');
    const before = await inbox();
    const bad = [
      '',
      'x',
      hmac(payload).toUpperCase(),
      hmac(payload).slice(0, -1),
      hmac(payload, 'another_secret_01234'),
      hmac(`${payload} `),
    ];
    for (const header of bad) {
      expect((await post('easypost', payload, {'X-Hmac-Signature': header})).status).toBe(400);
    }
    expect((await post('easypost', payload, {})).status).toBe(400);
    expect(await inbox()).toBe(before);
  });
});

/** F24: the sender is certain, but what is said is not true of our hold. */
describe('a signed webhook that contradicts our books', () => {
  const lines: Record<string, unknown>[] = [];
  let order: string;
  let ref: string;
  let payment: string;
  beforeAll(async () => {
    const sku = await offer(api, {at: {EAST: 5}});
    const test = {store: api.store, verbs: bindStore(api.store), databaseUrl: api.databaseUrl, close: async () => {}};
    order = (await planned(test, {lines: [{sku, qty: 1}]})).order_id;
    const row = await api.store.prisma.payments.findFirstOrThrow({where: {order_id: order}});
    [ref, payment] = [row.provider_ref ?? '', row.id];
    await api.store.prisma.webhook_inbox.updateMany({data: {processed_at: new Date()}});
  });
  beforeEach(() => {
    lines.length = 0;
  });

  const books = async () => ({
    order: await api.store.prisma.orders.findUniqueOrThrow({where: {id: order}}),
    payments: await api.store.prisma.payments.findMany(),
    signals: await api.store.prisma.workflow_signals.count(),
    events: await api.store.prisma.events.count(),
  });
  const told = async (id: string, object: object) => {
    const row = await api.store.prisma.payments.findFirstOrThrow({where: {order_id: order}});
    const true_ = {id: ref, status: 'canceled', amount: Number(row.amount), currency: row.currency.toLowerCase()};
    const metadata = {order_id: order, payment_id: payment};
    const data = {object: {...true_, metadata, ...object}};
    const payload = JSON.stringify({id, object: 'event', type: 'payment_intent.canceled', created: 1, data});
    expect((await stripe(payload, sign(payload))).status).toBe(200);
    await workInbox(api.store, {warn: (fields, message) => lines.push({...fields, message})});
  };

  it.each([
    ['amount', {amount: 1}, '1'],
    ['currency', {currency: 'eur'}, 'EUR'],
    ['order', {metadata: {order_id: 'ord_of_somebody_else'}}, 'ord_of_somebody_else'],
    ['hold', {metadata: {payment_id: 'pay_of_somebody_else'}}, 'pay_of_somebody_else'],
    ['hold', {id: 'pi_of_somebody_else', status: 'succeeded'}, 'pi_of_somebody_else'],
  ])('in its %s (%j) changes nothing and is told once', async (wrong, object, said) => {
    const before = await books();
    const id = `evt_${wrong}_${said}`;
    await told(id, object);
    expect(await books()).toEqual(before);
    expect(lines).toEqual([
      expect.objectContaining({event: id, order_id: order, wrong, told: said, ours: expect.any(String)}),
    ]);
    const [row] = await api.store.prisma.webhook_inbox.findMany({where: {event_id: id}});
    expect(row).toMatchObject({outcome: 'mismatch', processed_at: expect.any(Date)});
  });

  it('is no matter when it is about nothing of ours', async () => {
    const before = await books();
    await told('evt_foreign', {id: 'pi_foreign', metadata: {}});
    expect(lines).toEqual([]);
    expect(await books()).toEqual(before);
  });

  it('is the only kind that is not believed', async () => {
    await told('evt_true', {});
    expect(lines).toEqual([]);
    const rows = (await books()).payments;
    expect(rows.find(({id}) => id === payment)?.state).toBe('canceled');
  });
});
