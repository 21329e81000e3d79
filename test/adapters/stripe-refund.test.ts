import {rmSync} from 'node:fs';
import {createStripeGateway} from '../../adapters/stripe.ts';
import type {PaymentGateway} from '../../activities/ports.ts';
import {type Running, runStripe} from '../emulators/stripe-support.ts';

let running: Running;
let gateway: PaymentGateway;
beforeAll(async () => {
  running = await runStripe();
  gateway = createStripeGateway({secretKey: 'sk_test_emulator', apiBase: running.url});
});
afterAll(async () => {
  await running.close();
  rmSync(running.booksDir, {recursive: true, force: true});
});

let payments = 0;

async function captured(method = 'pm_card_visa'): Promise<string> {
  payments += 1;
  const id = `pay-${payments}`;
  const customer_ref = await gateway.ensureCustomer(`c-${payments}`, `customer-${payments}`);
  const terms = {key: id, payment_id: id, order_id: 'ord-1', customer_ref, amount: 1_000, currency: 'USD', method};
  const {ref} = await gateway.authorize({...terms, off_session: false});
  await gateway.capture(ref, 1_000, true, `capture-${id}`);
  return ref;
}

const wish = (payment_ref: string, attempt = 1, amount = 400) => ({
  key: `rfd-${payment_ref}:${attempt}`,
  refund_id: `rfd-${payment_ref}`,
  attempt,
  order_id: 'ord-1',
  payment_ref,
  amount,
});

describe('a refund at Stripe', () => {
  it('is made once under its key, and found by its attempt', async () => {
    const ref = await captured();
    const made = await gateway.refund(wish(ref));
    expect(made).toMatchObject({state: 'succeeded', amount: 400, currency: 'USD', failure_code: null});
    expect(await gateway.refund(wish(ref))).toEqual(made);
    expect(await gateway.findRefund(wish(ref))).toEqual(made);
    expect(await gateway.findRefund(wish(ref, 2))).toBeNull();
    expect(await gateway.retrieveRefund(made.ref)).toEqual(made);
  });

  it('is looked up where a failure is stored with its key', async () => {
    const ref = await captured();
    await running.control('POST', 'faults', {operation: 'refunds.create', mode: 'error_after', count: 1});
    await expect(gateway.refund(wish(ref))).rejects.toMatchObject({unknown: true, retryable: true});
    expect(await gateway.refund(wish(ref))).toMatchObject({state: 'succeeded', amount: 400});
    const {refunds} = await running.ledger();
    expect(refunds.filter((one: {payment_intent: string}) => one.payment_intent === ref)).toHaveLength(1);
  });

  it('is refused for good above what was captured, and of what is disputed', async () => {
    const ref = await captured();
    await expect(gateway.refund(wish(ref, 1, 1_001))).rejects.toMatchObject({
      code: 'amount_too_large',
      retryable: false,
    });
    await running.control('POST', 'disputes', {payment_intent: ref});
    await expect(gateway.refund(wish(ref, 2))).rejects.toMatchObject({code: 'charge_disputed', retryable: false});
  });

  it('that is pending says so, and later what became of it', async () => {
    const made = await gateway.refund(wish(await captured('pm_card_refundFailOnce')));
    expect(made.state).toBe('pending');
    await running.control('POST', 'refunds', {refund: made.ref, status: 'failed'});
    expect(await gateway.retrieveRefund(made.ref)).toMatchObject({state: 'failed', failure_code: 'declined'});
  });
});

describe('a dispute at Stripe', () => {
  it('is answered once', async () => {
    const ref = await captured();
    const {dispute} = await running.control('POST', 'disputes', {payment_intent: ref, reason: 'product_not_received'});
    const told = await gateway.retrieveDispute(dispute);
    expect(told).toMatchObject({state: 'open', amount: 1_000, currency: 'USD', payment_ref: ref});
    expect((told.due_by ?? 0) > told.opened_at).toBe(true);
    const answered = await gateway.answerDispute(dispute, {shipping_tracking_number: 'T1'}, 'answer-1');
    expect(answered.state).toBe('submitted');
    expect(await gateway.answerDispute(dispute, {shipping_tracking_number: 'T1'}, 'answer-1')).toEqual(answered);
  });
});
