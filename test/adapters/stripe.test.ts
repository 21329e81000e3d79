import {rm} from 'node:fs/promises';
import type {HoldRequest, PaymentGateway} from '../../activities/ports.ts';
import {createStripeGateway} from '../../adapters/stripe.ts';
import {type Running, runStripe} from '../emulators/stripe-support.ts';

let server: Running;
let gateway: PaymentGateway;
let customer: string;

async function open(options: Parameters<typeof runStripe>[0] = {}) {
  server = await runStripe(options);
  gateway = createStripeGateway({secretKey: 'sk_test_1', apiBase: server.url});
  customer = await gateway.ensureCustomer('cus-of-ours', 'customer:1');
}

afterEach(async () => {
  await server.close();
  await rm(server.booksDir, {recursive: true, force: true});
});

function request(change: Partial<HoldRequest> = {}): HoldRequest {
  return {
    key: 'hold:1',
    payment_id: 'pay-1',
    order_id: 'ord-1',
    customer_ref: customer,
    amount: 5000,
    currency: 'USD',
    method: 'pm_card_visa',
    off_session: false,
    ...change,
  };
}

const fault = (operation: string, mode: string, more: object = {}) =>
  server.control('POST', 'faults', {operation, mode, ...more});

async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const {name, code, retryable, unknown} = error as Record<string, unknown>;
  return {name, code, retryable, unknown};
}

describe('holds', () => {
  beforeEach(() => open());

  it('registers a customer once for one key, without personal data', async () => {
    expect(await gateway.ensureCustomer('cus-of-ours', 'customer:1')).toBe(customer);
    const known = await server.stripe.customers.retrieve(customer);
    expect(known).toMatchObject({metadata: {customer_id: 'cus-of-ours'}, email: null, name: null, phone: null});
  });

  it('takes one and tells how long it lasts and what it was taken from', async () => {
    const hold = await gateway.authorize(request());
    expect(hold).toMatchObject({
      state: 'authorized',
      amount: 5000,
      captured: 0,
      refunded: 0,
      currency: 'USD',
      multicapture: false,
      client_secret: null,
      decline_code: null,
    });
    expect(hold.saved_method).toMatch(/^pm_/);
    expect(hold.card_fingerprint).toMatch(/^\w+$/);
    const week = 7 * 86_400_000;
    expect(hold.capture_before).toBeGreaterThan(Date.now() + week - 60_000);
    expect(hold.capture_before).toBeLessThanOrEqual(Date.now() + week);
    expect(await gateway.retrieve(hold.ref)).toEqual(hold);
  });

  it('takes one hold however often it is asked under one key', async () => {
    const holds = [await gateway.authorize(request()), await gateway.authorize(request())];
    expect(holds[0]).toEqual(holds[1]);
    expect((await server.stripe.paymentIntents.list({customer})).data).toHaveLength(1);
  });

  it('tells the present state when the provider replays an old answer', async () => {
    const {ref} = await gateway.authorize(request());
    await gateway.cancel(ref, 'cancel:1');
    expect(await gateway.authorize(request())).toMatchObject({ref, state: 'canceled'});
  });

  it.each([
    ['pm_card_chargeDeclined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card'],
  ])('gives the decline of %s as a value', async (method, decline) => {
    const hold = await gateway.authorize(request({method}));
    expect(hold).toMatchObject({state: 'declined', decline_code: decline, captured: 0, saved_method: null});
    expect(hold.ref).toMatch(/^pi_/);
    expect(hold.card_fingerprint).toMatch(/^\w+$/);
    expect(await gateway.retrieve(hold.ref)).toMatchObject({state: 'declined', decline_code: decline});
  });

  it('hands out the client secret while the customer has to authenticate, and only then', async () => {
    const hold = await gateway.authorize(request({method: 'pm_card_authenticationRequired'}));
    expect(hold).toMatchObject({state: 'requires_action', saved_method: null, capture_before: null});
    expect(hold.client_secret).toContain(`${hold.ref}_secret`);
    await server.control('POST', 'authentication', {payment_intent: hold.ref, outcome: 'succeed'});
    expect(await gateway.retrieve(hold.ref)).toMatchObject({state: 'authorized', client_secret: null});
  });

  it('renews from the saved method while the customer is away', async () => {
    const {saved_method: method} = await gateway.authorize(request());
    const renewal = request({key: 'hold:2', payment_id: 'pay-2', method: method ?? '', off_session: true, amount: 700});
    expect(await gateway.authorize(renewal)).toMatchObject({state: 'authorized', amount: 700, saved_method: method});
  });

  it('takes a renewal that would need the customer as a decline', async () => {
    const hold = await gateway.authorize(request({method: 'pm_card_authenticationRequired', off_session: true}));
    expect(hold).toMatchObject({state: 'declined', decline_code: 'authentication_required'});
  });

  it('names a method that is none as such', async () => {
    expect(await failureOf(gateway.authorize(request({method: 'pm_none'})))).toEqual({
      name: 'ProviderError',
      code: 'payment_method_unusable',
      retryable: false,
      unknown: false,
    });
  });
});

describe('looking a hold up', () => {
  beforeEach(() => open());

  it('finds it by our payment id among many of the customer', async () => {
    const wanted = await gateway.authorize(request());
    for (let i = 0; i < 104; i++) {
      await gateway.authorize(request({key: `other:${i}`, payment_id: `other-${i}`, amount: 100 + i}));
    }
    expect(await gateway.findHold(customer, 'pay-1')).toEqual(wanted);
    expect(await gateway.findHold(customer, 'pay-none')).toBeNull();
  });

  it('finds what an attempt without an answer has done', async () => {
    await fault('payment_intents.create', 'garbage', {when: 'after'});
    expect(await failureOf(gateway.authorize(request()))).toMatchObject({retryable: true, unknown: true});
    expect(await gateway.findHold(customer, 'pay-1')).toMatchObject({state: 'authorized', amount: 5000});
  });

  it('prefers the one that holds money', async () => {
    const held = await gateway.authorize(request());
    await gateway.authorize(request({key: 'hold:1b', method: 'pm_card_chargeDeclined'}));
    expect((await gateway.findHold(customer, 'pay-1'))?.ref).toBe(held.ref);
  });

  it("does not look among other customers' holds", async () => {
    await gateway.authorize(request());
    const other = await gateway.ensureCustomer('other', 'customer:2');
    expect(await gateway.findHold(other, 'pay-1')).toBeNull();
  });
});

describe('capture and cancel', () => {
  beforeEach(() => open());

  it('captures a part and lets the rest go', async () => {
    const {ref} = await gateway.authorize(request());
    const result = await gateway.capture(ref, 3000, true, 'capture:1');
    expect(result).toMatchObject({outcome: 'captured', hold: {state: 'captured', captured: 3000, refunded: 0}});
  });

  it('captures once, whoever asks again and for how much', async () => {
    const {ref} = await gateway.authorize(request());
    const first = await gateway.capture(ref, 3000, true, 'capture:1');
    expect(await gateway.capture(ref, 3000, true, 'capture:1')).toEqual(first);
    expect(await gateway.capture(ref, 2000, true, 'capture:2')).toEqual(first);
    expect((await server.ledger()).captures).toHaveLength(1);
  });

  it.each([0, -1, 1.5, 5001, Number.NaN])('refuses to capture %s of 5000', async (amount) => {
    const {ref} = await gateway.authorize(request());
    expect(await failureOf(gateway.capture(ref, amount, true, 'capture:1'))).toEqual({
      name: 'ProviderError',
      code: 'amount_too_large',
      retryable: false,
      unknown: false,
    });
    expect((await server.ledger()).captures).toHaveLength(0);
  });

  it('says that a hold has run out', async () => {
    const {ref} = await gateway.authorize(request());
    await server.control('POST', 'clock', {advance_ms: 8 * 86_400_000});
    const result = await gateway.capture(ref, 5000, true, 'capture:1');
    expect(result).toMatchObject({outcome: 'expired', hold: {state: 'canceled', captured: 0, refunded: 0}});
    expect(result.hold.saved_method).toMatch(/^pm_/);
  });

  it('refuses to capture what was declined', async () => {
    const {ref} = await gateway.authorize(request({method: 'pm_card_chargeDeclined'}));
    expect(await failureOf(gateway.capture(ref, 5000, true, 'capture:1'))).toMatchObject({code: 'not_authorized'});
  });

  it('cancels, also twice and under another key', async () => {
    const {ref} = await gateway.authorize(request());
    expect(await gateway.cancel(ref, 'cancel:1')).toMatchObject({state: 'canceled', captured: 0, refunded: 0});
    expect(await gateway.cancel(ref, 'cancel:1')).toMatchObject({state: 'canceled'});
    expect(await gateway.cancel(ref, 'cancel:2')).toMatchObject({state: 'canceled'});
  });

  it('gives a captured hold back as it is instead of cancelling', async () => {
    const {ref} = await gateway.authorize(request());
    await gateway.capture(ref, 5000, true, 'capture:1');
    expect(await gateway.cancel(ref, 'cancel:1')).toMatchObject({state: 'captured', captured: 5000});
  });

  it('counts what was given back of captured money', async () => {
    const {ref} = await gateway.authorize(request());
    await gateway.capture(ref, 3000, true, 'capture:1');
    await server.stripe.refunds.create({payment_intent: ref, amount: 1200});
    expect(await gateway.retrieve(ref)).toMatchObject({captured: 3000, refunded: 1200});
  });
});

describe('several captures of one hold', () => {
  beforeEach(() => open({multicapture: true}));

  it('keeps the rest until the final one', async () => {
    const {ref, multicapture} = await gateway.authorize(request());
    expect(multicapture).toBe(true);
    const first = await gateway.capture(ref, 3000, false, 'capture:1');
    expect(first).toMatchObject({outcome: 'captured', hold: {state: 'authorized', captured: 3000}});
    const last = await gateway.capture(ref, 1500, true, 'capture:2');
    expect(last).toMatchObject({outcome: 'captured', hold: {state: 'captured', captured: 4500}});
  });

  it('repeats a capture whose answer was lost without refusing it for the little that is left', async () => {
    const {ref} = await gateway.authorize(request());
    await fault('payment_intents.capture', 'garbage', {when: 'after'});
    expect(await failureOf(gateway.capture(ref, 3000, false, 'capture:1'))).toMatchObject({unknown: true});
    const again = await gateway.capture(ref, 3000, false, 'capture:1');
    expect(again).toMatchObject({outcome: 'captured', hold: {captured: 3000}});
    expect((await server.ledger()).captures).toHaveLength(1);
  });

  it('refuses another capture above what is left', async () => {
    const {ref} = await gateway.authorize(request());
    await gateway.capture(ref, 3000, false, 'capture:1');
    const refused = await failureOf(gateway.capture(ref, 3000, false, 'capture:2'));
    expect(refused).toMatchObject({code: 'amount_too_large', retryable: false});
  });
});

describe('failures', () => {
  beforeEach(() => open());

  it.each<[string, object, object]>([
    ['error_before', {}, {code: 'provider_broken', retryable: true, unknown: true}],
    ['error_after', {}, {code: 'provider_broken', retryable: true, unknown: true}],
    ['status', {status: 503}, {code: 'provider_broken', retryable: true, unknown: true}],
    ['status', {status: 429}, {code: 'provider_throttled', retryable: true, unknown: false}],
    ['status', {status: 401}, {code: 'provider_unauthorised', retryable: false, unknown: false}],
    ['drop', {count: 2}, {code: 'provider_unreachable', retryable: true, unknown: true}],
    ['garbage', {}, {code: 'provider_unreadable', retryable: true, unknown: true}],
    ['garbage', {body: 'null'}, {code: 'provider_unreadable', retryable: true, unknown: true}],
    ['garbage', {body: '{}'}, {code: 'provider_unreadable', retryable: true, unknown: true}],
    ['garbage', {body: '<html>', status: 502}, {code: 'provider_unreadable', retryable: true, unknown: true}],
  ])('%s %j are told apart', async (mode, more, expected) => {
    await fault('payment_intents.create', mode, more);
    expect(await failureOf(gateway.authorize(request()))).toEqual({name: 'ProviderError', ...expected});
  });

  it('tell for how long the provider wants to be left alone', async () => {
    await fault('payment_intents.create', 'status', {status: 429, retry_after: 7});
    await expect(gateway.authorize(request())).rejects.toMatchObject({retryAfter: 7_000});
    await fault('payment_intents.create', 'status', {status: 429});
    await expect(gateway.authorize(request({key: 'another'}))).rejects.toMatchObject({retryAfter: null});
  });

  it('does not wait for ever', async () => {
    const hasty = createStripeGateway({secretKey: 'sk_test_1', apiBase: server.url, timeoutMs: 100});
    await fault('payment_intents.create', 'delay', {when: 'after', delay_ms: 400});
    expect(await failureOf(hasty.authorize(request()))).toMatchObject({
      code: 'provider_unreachable',
      retryable: true,
      unknown: true,
    });
  });

  it('survives one closed connection, as the SDK repeats the call under our key', async () => {
    await fault('payment_intents.create', 'drop', {when: 'after'});
    expect(await gateway.authorize(request())).toMatchObject({state: 'authorized'});
    expect((await server.stripe.paymentIntents.list({customer})).data).toHaveLength(1);
  });

  it('is unreachable when nobody listens', async () => {
    const nowhere = createStripeGateway({secretKey: 'sk_test_1', apiBase: 'http://127.0.0.1:1'});
    expect(await failureOf(nowhere.retrieve('pi_1'))).toMatchObject({code: 'provider_unreachable', unknown: true});
  });

  it('refuses a key used for another request', async () => {
    await gateway.authorize(request());
    const refused = await failureOf(gateway.authorize(request({amount: 6000})));
    expect(refused).toMatchObject({code: 'idempotency_mismatch', retryable: false});
  });

  it('waits for an attempt still under way', async () => {
    const body = JSON.stringify({
      error: {type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'in progress'},
    });
    await fault('payment_intents.create', 'status', {status: 409, body});
    expect(await failureOf(gateway.authorize(request()))).toMatchObject({
      code: 'provider_busy',
      retryable: true,
      unknown: true,
    });
  });

  it('does not know a hold that is none', async () => {
    expect(await failureOf(gateway.retrieve('pi_none'))).toMatchObject({code: 'resource_missing', retryable: false});
  });

  it('sends a key of ours with every change', async () => {
    const {ref} = await gateway.authorize(request());
    await gateway.capture(ref, 5000, true, 'capture:1');
    await gateway.cancel(ref, 'cancel:1').catch(() => undefined);
    const {requests} = await server.ledger();
    const posts = requests.filter(({method}: {method: string}) => method === 'POST');
    expect(posts.map(({idempotency_key: key}: {idempotency_key: string}) => key)).toEqual([
      'customer:1',
      'hold:1',
      'capture:1',
      'cancel:1',
    ]);
  });
});
