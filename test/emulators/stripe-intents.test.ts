import type Stripe from 'stripe';
import {hold, refusal, runStripe, type Running} from './stripe-support.ts';

const DAY = 86_400_000;
let running: Running;
let stripe: Stripe;

beforeAll(async () => {
  running = await runStripe();
  stripe = running.stripe;
});
afterAll(() => running.close());
beforeEach(() => running.control('POST', 'reset'));

const charge = (intent: Stripe.PaymentIntent) => intent.latest_charge as Stripe.Charge;
const holdOf = async (id: string) => (await running.ledger()).holds.find((entry: {id: string}) => entry.id === id);

describe('a hold', () => {
  it('keeps the whole amount capturable for seven days', async () => {
    const intent = await hold(running, {expand: ['latest_charge'], metadata: {order_id: 'ORD-1'}});

    expect(intent).toMatchObject({
      status: 'requires_capture',
      amount: 5000,
      amount_capturable: 5000,
      amount_received: 0,
      metadata: {order_id: 'ORD-1'},
    });
    const {payment_method_details: details, created, captured} = charge(intent);
    expect(captured).toBe(false);
    expect(details?.card).toMatchObject({
      brand: 'visa',
      last4: '4242',
      capture_before: created + (7 * DAY) / 1000,
      extended_authorization: {status: 'disabled'},
      multicapture: {status: 'unavailable'},
    });
  });

  it('releases the rest at a partial capture', async () => {
    const {id} = await hold(running);

    const captured = await stripe.paymentIntents.capture(id, {amount_to_capture: 3000, expand: ['latest_charge']});

    expect(captured).toMatchObject({status: 'succeeded', amount_capturable: 0, amount_received: 3000});
    expect(charge(captured)).toMatchObject({captured: true, amount_captured: 3000, amount_refunded: 0});
    const ledger = await running.ledger();
    expect(ledger.captures).toMatchObject([{payment_intent: id, amount: 3000}]);
    expect(ledger.holds[0].history).toMatchObject([
      {what: 'created', amount: 5000},
      {what: 'authorized', amount: 5000},
      {what: 'captured', amount: 3000},
      {what: 'released', amount: 2000},
    ]);
  });

  it('is confirmed in a second step as well', async () => {
    const intent = await hold(running, {confirm: false});
    expect(intent).toMatchObject({status: 'requires_confirmation', amount_capturable: 0});

    expect(await stripe.paymentIntents.confirm(intent.id)).toMatchObject({status: 'requires_capture'});
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({amount_capturable: 5000});
    expect((await refusal(stripe.paymentIntents.confirm(intent.id))).code).toBe('payment_intent_unexpected_state');
  });

  it('is charged at once with automatic capture', async () => {
    const intent = await hold(running, {capture_method: 'automatic'});
    expect(intent).toMatchObject({status: 'succeeded', amount_received: 5000, amount_capturable: 0});
  });

  it('refuses a second capture and a capture above it', async () => {
    const {id} = await hold(running);

    const tooMuch = await refusal(stripe.paymentIntents.capture(id, {amount_to_capture: 5001}));
    expect(tooMuch).toMatchObject({statusCode: 400, code: 'amount_too_large', param: 'amount_to_capture'});
    await stripe.paymentIntents.capture(id, {amount_to_capture: 1000});
    const second = await refusal(stripe.paymentIntents.capture(id, {amount_to_capture: 1000}));

    expect(second).toMatchObject({statusCode: 400, code: 'payment_intent_unexpected_state'});
    expect(second.payment_intent).toMatchObject({id, status: 'succeeded'});
    expect((await running.ledger()).captures).toHaveLength(1);
  });

  it('refuses to stay open after a capture unless multicapture is granted', async () => {
    const {id} = await hold(running, {payment_method_options: {card: {request_multicapture: 'if_available'}}});
    const error = await refusal(stripe.paymentIntents.capture(id, {amount_to_capture: 1000, final_capture: false}));
    expect(error).toMatchObject({statusCode: 400, param: 'final_capture'});
    expect(await holdOf(id)).toMatchObject({amount_capturable: 5000, amount_received: 0});
  });

  it('is released by a cancel', async () => {
    const {id} = await hold(running);

    const canceled = await stripe.paymentIntents.cancel(id, {cancellation_reason: 'abandoned'});

    expect(canceled).toMatchObject({status: 'canceled', amount_capturable: 0, cancellation_reason: 'abandoned'});
    expect((await refusal(stripe.paymentIntents.capture(id))).code).toBe('payment_intent_unexpected_state');
    expect((await refusal(stripe.paymentIntents.cancel(id))).code).toBe('payment_intent_unexpected_state');
    expect((await running.ledger()).cancels).toMatchObject([{payment_intent: id, reason: 'abandoned'}]);
  });
});

describe('a decline', () => {
  it.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', ''],
    ['pm_card_chargeCustomerFail', 'card_declined', 'generic_decline'],
  ])('%s leaves no hold', async (payment_method, code, decline_code) => {
    const error = await refusal(hold(running, {payment_method}));

    expect(error).toMatchObject({type: 'StripeCardError', statusCode: 402, code, decline_code});
    expect(error.payment_intent).toMatchObject({
      status: 'requires_payment_method',
      amount_capturable: 0,
      payment_method: null,
      last_payment_error: {type: 'card_error', code},
    });
    expect(await holdOf(error.payment_intent.id)).toMatchObject({
      status: 'requires_payment_method',
      authorized_at: null,
      last_payment_error_code: code,
    });
  });

  it('can be followed by another card on the same intent', async () => {
    const {payment_intent} = await refusal(hold(running, {payment_method: 'pm_card_chargeDeclined'}));
    const intent = await stripe.paymentIntents.confirm(payment_intent.id, {payment_method: 'pm_card_mastercard'});
    expect(intent).toMatchObject({status: 'requires_capture', last_payment_error: null});
  });
});

describe('a saved card', () => {
  const save = async (payment_method: string) => {
    const customer = await stripe.customers.create({email: 'a@example.com'});
    const first = await hold(running, {payment_method, customer: customer.id, setup_future_usage: 'off_session'});
    return {customer: customer.id, payment_method: String(first.payment_method)};
  };

  it('renews a hold off-session, for 4 days 18 hours on Visa', async () => {
    const saved = await save('pm_card_visa');
    expect(await stripe.paymentMethods.retrieve(saved.payment_method)).toMatchObject({customer: saved.customer});

    const renewed = await hold(running, {...saved, off_session: true, expand: ['latest_charge']});

    expect(renewed).toMatchObject({status: 'requires_capture', payment_method: saved.payment_method});
    const {created, payment_method_details: details} = charge(renewed);
    expect(details?.card?.capture_before).toBe(created + (4 * 24 + 18) * 3600);
  });

  it('of Mastercard is held seven days off-session', async () => {
    const saved = await save('pm_card_mastercard');
    const {created, payment_method_details: details} = charge(
      await hold(running, {...saved, off_session: true, expand: ['latest_charge']}),
    );
    expect(details?.card?.capture_before).toBe(created + (7 * DAY) / 1000);
  });

  it('may be declined later', async () => {
    const saved = await save('pm_card_declineOffSession');
    const error = await refusal(hold(running, {...saved, off_session: true}));
    expect(error).toMatchObject({code: 'card_declined', statusCode: 402});
  });

  it('is refused for another customer, and once used without one', async () => {
    const saved = await save('pm_card_visa');
    const other = await stripe.customers.create();
    expect((await refusal(hold(running, {...saved, customer: other.id}))).statusCode).toBe(400);

    const guest = await hold(running);
    const again = await refusal(hold(running, {payment_method: String(guest.payment_method)}));
    expect(again.message).toContain('may not be used again');
  });

  it('is attached by hand, unless the bank refuses it', async () => {
    const {id} = await stripe.customers.create();
    const attached = await stripe.paymentMethods.attach('pm_card_visa', {customer: id});
    const another = await stripe.paymentMethods.attach('pm_card_visa', {customer: id});
    expect(attached.id).not.toBe(another.id);
    expect(attached.card?.fingerprint).toBe(another.card?.fingerprint);
    expect((await refusal(stripe.paymentMethods.attach('pm_card_chargeDeclined', {customer: id}))).statusCode).toBe(
      402,
    );
  });
});

describe('3D Secure', () => {
  const start = () => hold(running, {payment_method: 'pm_card_authenticationRequired'});

  it('waits for the customer, then holds', async () => {
    const intent = await start();
    expect(intent).toMatchObject({status: 'requires_action', next_action: {type: 'use_stripe_sdk'}});

    await running.control('POST', 'authentication', {payment_intent: intent.id, outcome: 'succeed'});
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({status: 'requires_capture'});
  });

  it('fails without a hold', async () => {
    const intent = await start();
    await running.control('POST', 'authentication', {payment_intent: intent.id, outcome: 'fail'});
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: {code: 'payment_intent_authentication_failure'},
    });
  });

  it('is a decline off-session', async () => {
    const error = await refusal(hold(running, {payment_method: 'pm_card_authenticationRequired', off_session: true}));
    expect(error).toMatchObject({code: 'authentication_required', statusCode: 402});
  });
});

describe('refunds', () => {
  it('never exceed what was captured', async () => {
    const {id} = await hold(running);
    expect((await refusal(stripe.refunds.create({payment_intent: id}))).statusCode).toBe(400);
    await stripe.paymentIntents.capture(id, {amount_to_capture: 4000});

    const refund = await stripe.refunds.create({payment_intent: id, amount: 1500, reason: 'requested_by_customer'});
    expect(refund).toMatchObject({amount: 1500, status: 'succeeded', payment_intent: id, currency: 'usd'});
    expect((await refusal(stripe.refunds.create({payment_intent: id, amount: 2501}))).param).toBe('amount');
    const rest = await stripe.refunds.create({charge: String(refund.charge)});
    expect(rest.amount).toBe(2500);
    expect((await refusal(stripe.refunds.create({payment_intent: id}))).code).toBe('charge_already_refunded');

    expect((await stripe.refunds.list({payment_intent: id})).data.map((item) => item.id)).toEqual([rest.id, refund.id]);
    expect(await stripe.charges.retrieve(String(refund.charge))).toMatchObject({refunded: true, amount_refunded: 4000});
    const {refunds} = await running.ledger();
    expect(refunds.map((item: {amount: number}) => item.amount)).toEqual([1500, 2500]);
  });
});

describe('look-ups', () => {
  it('find intents by metadata at once, and by customer page by page', async () => {
    const customer = (await stripe.customers.create()).id;
    const ids = [];
    for (const order_id of ['A', 'B', 'C']) ids.push((await hold(running, {customer, metadata: {order_id}})).id);

    const found = await stripe.paymentIntents.search({query: "metadata['order_id']:'B' AND status:'requires_capture'"});
    expect(found.data.map((intent) => intent.id)).toEqual([ids[1]]);
    const all = await stripe.paymentIntents.list({customer, limit: 2}).autoPagingToArray({limit: 10});
    expect(all.map((intent) => intent.id)).toEqual([...ids].reverse());

    await stripe.paymentIntents.update(ids[1] ?? '', {metadata: {order_id: 'D', extra: ''}});
    expect((await stripe.paymentIntents.search({query: "metadata['order_id']:'B'"})).data).toEqual([]);
    expect((await stripe.paymentIntents.search({query: "metadata['order_id']:'D'"})).data).toHaveLength(1);
  });

  it('refuse what does not exist, unknown parameters and missing keys', async () => {
    expect(await refusal(stripe.paymentIntents.retrieve('pi_none'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    const unknown = await running.raw('/v1/payment_intents', 'amount=1&currency=usd&amuont=2');
    expect(JSON.parse(unknown.body).error).toMatchObject({code: 'parameter_unknown', param: 'amuont'});
    expect((await running.raw('/v1/payment_intents', 'currency=usd')).body).toContain('parameter_missing');
    expect((await running.raw('/v1/customers', '', {authorization: ''})).status).toBe(401);
    expect((await running.raw('/v1/customers', '', {authorization: 'Bearer sk_live_1'})).status).toBe(401);
    expect((await running.ledger()).holds).toEqual([]);
  });
});

describe('the clock', () => {
  it('ends a hold at capture_before', async () => {
    const {id} = await hold(running);
    await running.control('POST', 'clock', {advance_ms: 7 * DAY - 60_000});
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({status: 'requires_capture'});

    await running.control('POST', 'clock', {advance_ms: 60_000});

    const entry = await holdOf(id);
    expect(entry).toMatchObject({status: 'canceled', cancellation_reason: 'expired', amount_capturable: 0});
    expect(entry.canceled_at).toBe(entry.capture_before);
    expect((await refusal(stripe.paymentIntents.capture(id))).code).toBe('charge_expired_for_capture');
    const types = (await stripe.events.list({limit: 2})).data.map((event) => event.type);
    expect(types).toEqual(['payment_intent.canceled', 'charge.expired']);
  });

  it('leaves captured money alone and never goes back', async () => {
    const {id} = await hold(running);
    await stripe.paymentIntents.capture(id);
    await running.control('POST', 'clock', {advance_ms: 40 * DAY});
    expect(await holdOf(id)).toMatchObject({status: 'succeeded', amount_received: 5000});
    expect(await running.control('POST', 'clock', {now: '2001-01-01T00:00:00Z'})).toHaveProperty('error');
  });
});

describe('an account with multicapture and extended holds', () => {
  it('captures one hold several times over thirty days', async () => {
    const generous = await runStripe({multicapture: true, extended: true});
    const {paymentIntents} = generous.stripe;
    const options = {request_multicapture: 'if_available', request_extended_authorization: 'if_available'} as const;
    const intent = await hold(generous, {payment_method_options: {card: options}, expand: ['latest_charge']});
    const card = charge(intent).payment_method_details?.card;
    expect(card).toMatchObject({multicapture: {status: 'available'}, extended_authorization: {status: 'enabled'}});
    expect(card?.capture_before).toBe(charge(intent).created + (30 * DAY) / 1000);

    const first = await paymentIntents.capture(intent.id, {amount_to_capture: 2000, final_capture: false});
    expect(first).toMatchObject({status: 'requires_capture', amount_capturable: 3000, amount_received: 2000});
    expect((await refusal(paymentIntents.capture(intent.id, {amount_to_capture: 3001}))).code).toBe('amount_too_large');
    const last = await paymentIntents.capture(intent.id, {amount_to_capture: 500});
    expect(last).toMatchObject({status: 'succeeded', amount_capturable: 0, amount_received: 2500});
    await generous.close();
  });
});
