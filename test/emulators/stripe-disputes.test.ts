import {rmSync} from 'node:fs';
import {type Running, runStripe} from './stripe-support.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let running: Running;
beforeAll(async () => {
  running = await runStripe();
});
afterAll(async () => {
  await running.close();
  rmSync(running.booksDir, {recursive: true, force: true});
});

async function charged(payment_method: string, amount = 1_000) {
  const intent = await running.stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    payment_method,
    confirm: true,
    capture_method: 'manual',
    automatic_payment_methods: {enabled: true, allow_redirects: 'never'},
  });
  await running.stripe.paymentIntents.capture(intent.id);
  return intent.id;
}

const advance = (ms: number) => running.control('POST', 'clock', {advance_ms: ms});
const typesSince = async (created: number) =>
  (await running.stripe.events.list({limit: 100, created: {gte: created}})).data.map(({type}) => type).reverse();

describe('refunds that take time', () => {
  it('are pending first and go through later', async () => {
    const id = await charged('pm_card_pendingRefund');
    const refund = await running.stripe.refunds.create({payment_intent: id, amount: 400});
    expect(refund.status).toBe('pending');
    await advance(2 * HOUR);
    expect((await running.stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  });

  it('go through first and come back later: the money can be given back again', async () => {
    const id = await charged('pm_card_refundFail');
    const refund = await running.stripe.refunds.create({payment_intent: id});
    expect(refund.status).toBe('succeeded');
    await advance(2 * HOUR);
    const failed = await running.stripe.refunds.retrieve(refund.id);
    expect(failed).toMatchObject({status: 'failed', failure_reason: 'declined'});
    expect(await running.stripe.charges.retrieve(String(refund.charge))).toMatchObject({amount_refunded: 0});
    expect((await running.stripe.events.list({type: 'refund.failed'})).data).toHaveLength(1);
    expect((await running.stripe.refunds.create({payment_intent: id})).amount).toBe(1_000);
  });
});

describe('disputes', () => {
  it('follow the money being taken, block refunds and are won with evidence of the goods', async () => {
    const began = Math.floor(Date.now() / 1000) + 3 * 3_600;
    const id = await charged('pm_card_createDisputeProductNotReceived');
    expect((await running.stripe.disputes.list({payment_intent: id})).data).toEqual([]);
    await advance(2 * 60_000);
    const [dispute] = (await running.stripe.disputes.list({payment_intent: id})).data;
    expect(dispute).toMatchObject({status: 'needs_response', amount: 1_000, reason: 'product_not_received'});
    const refused = running.stripe.refunds.create({payment_intent: id});
    await expect(refused).rejects.toMatchObject({code: 'charge_disputed'});
    const answered = await running.stripe.disputes.update(dispute?.id ?? '', {
      evidence: {shipping_tracking_number: 'T1'},
      submit: true,
    });
    expect(answered).toMatchObject({status: 'under_review', evidence: {shipping_tracking_number: 'T1'}});
    await expect(running.stripe.disputes.update(answered.id, {submit: true})).rejects.toMatchObject({statusCode: 400});
    await advance(3 * DAY);
    expect((await running.stripe.disputes.retrieve(answered.id)).status).toBe('won');
    expect((await running.stripe.refunds.create({payment_intent: id})).status).toBe('succeeded');
    const types = (await typesSince(began)).filter((type) => type.startsWith('charge.dispute'));
    expect(types).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
  });

  it('are lost by saying nothing, and stay lost', async () => {
    const id = await charged('pm_card_createDispute');
    await advance(10 * DAY);
    const [dispute] = (await running.stripe.disputes.list({payment_intent: id})).data;
    expect(dispute?.status).toBe('lost');
    await expect(running.stripe.refunds.create({payment_intent: id})).rejects.toMatchObject({code: 'charge_disputed'});
    const {disputes} = await running.ledger();
    expect(disputes.map((one: {status: string}) => one.status)).toEqual(['won', 'lost']);
  });

  it('are opened and decided by the control interface, over what is left of the charge', async () => {
    const id = await charged('pm_card_visa');
    await running.stripe.refunds.create({payment_intent: id, amount: 300});
    const {dispute} = await running.control('POST', 'disputes', {payment_intent: id});
    expect((await running.stripe.disputes.retrieve(dispute)).amount).toBe(700);
    expect(await running.control('POST', 'disputes/close', {dispute, outcome: 'won'})).toMatchObject({status: 'won'});
    expect(await running.control('POST', 'disputes', {payment_intent: 'pi_x'})).toHaveProperty('error');
  });
});
