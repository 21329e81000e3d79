import {rm} from 'node:fs/promises';
import {paymentActivities} from '../../activities/payment.ts';
import type {PaymentGateway} from '../../activities/ports.ts';
import {createStripeGateway} from '../../adapters/stripe.ts';
import type {Store} from '../../store/index.ts';
import {type Running, runStripe} from '../emulators/stripe-support.ts';

const KEY = 'sub-1:capture:pay-1';
const PART = {order_id: 'ord-1', sub_order_id: 'sub-1', last: false};

let server: Running;
let gateway: PaymentGateway;

beforeEach(async () => {
  server = await runStripe();
  await server.control('POST', 'features', {multicapture: true});
  gateway = createStripeGateway({secretKey: 'sk_test_1', apiBase: server.url, timeoutMs: 2_000});
});
afterEach(async () => {
  await server.close();
  await rm(server.booksDir, {recursive: true, force: true});
});

async function held(): Promise<string> {
  const customer_ref = await gateway.ensureCustomer('c-1', 'customer:c-1');
  const asked = {key: 'ord-1:hold:1', payment_id: 'pay-1', order_id: 'ord-1', customer_ref, amount: 3_769};
  const hold = await gateway.authorize({...asked, currency: 'USD', method: 'pm_card_visa', off_session: false});
  return hold.ref;
}

/** What the database is told, where the capture is asked for as if it were the first time. */
function capturing(ref: string) {
  const told: string[] = [];
  const due = {state: 'due', capture_id: 'cap-1', payment_id: 'pay-1', ref, key: KEY, amount: 1_257} as const;
  const verbs: Partial<Store> = {
    beginCapture: async () => ({...due, final: false, captured_before: 0, hold_amount: 3_769, seen_before: false}),
    settleCapture: async () => void told.push('captured'),
    settleRelease: async ({reason}) => void told.push(reason),
  };
  return {told, activities: paymentActivities(verbs as Store, gateway, () => Date.now())};
}

describe('a hold that is gone when its money is asked for', () => {
  it('of which nothing was taken has to be replaced', async () => {
    const ref = await held();
    await server.stripe.paymentIntents.cancel(ref);
    const {told, activities} = capturing(ref);
    expect(await activities.capture(PART)).toEqual({outcome: 'no_hold'});
    expect(told).toEqual(['expired']);
  });

  it('of which an attempt before this one took the money is written down, and nothing is taken again', async () => {
    const ref = await held();
    await gateway.capture(ref, 1_257, false, KEY);
    await server.stripe.paymentIntents.cancel(ref);
    const {told, activities} = capturing(ref);
    expect(await activities.capture(PART)).toEqual({outcome: 'captured'});
    expect(told).toEqual(['captured', 'expired']);
    const {holds} = await server.ledger();
    expect(holds.map((hold: {amount_received: number}) => hold.amount_received)).toEqual([1_257]);
  });
});
