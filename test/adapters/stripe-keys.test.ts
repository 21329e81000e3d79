import {rm} from 'node:fs/promises';
import type {PaymentGateway} from '../../activities/ports.ts';
import {createStripeGateway} from '../../adapters/stripe.ts';
import {type Running, runStripe} from '../emulators/stripe-support.ts';

let server: Running;
let gateway: PaymentGateway;

beforeEach(async () => {
  server = await runStripe();
  gateway = createStripeGateway({secretKey: 'sk_test_1', apiBase: server.url});
});

afterEach(async () => {
  await server.close();
  await rm(server.booksDir, {recursive: true, force: true});
});

const fault = (operation: string, mode: string) => server.control('POST', 'faults', {operation, mode});

/** What the engine does: the same call with the same key, until it answers. */
async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === 4) throw error;
    }
  }
}

const hold = (customer_ref: string, key = 'hold:1') =>
  gateway.authorize({
    key,
    payment_id: 'pay-1',
    order_id: 'ord-1',
    customer_ref,
    amount: 5000,
    currency: 'USD',
    method: 'pm_card_visa',
    off_session: false,
  });

describe.each(['error_before', 'error_after'])('a 500 that Stripe keeps with its key (%s)', (mode) => {
  it('does not keep a customer from being registered', async () => {
    await fault('customers.create', mode);
    expect(await untilAnswered(() => gateway.ensureCustomer('c', 'customer:c'))).toMatch(/^cus_/);
  });

  it('leads to one hold', async () => {
    const customer = await gateway.ensureCustomer('c', 'customer:c');
    await fault('payment_intents.create', mode);
    expect(await untilAnswered(() => hold(customer))).toMatchObject({state: 'authorized', amount: 5000});
    expect((await server.ledger()).holds).toHaveLength(1);
  });

  it('leads to one capture', async () => {
    const {ref} = await hold(await gateway.ensureCustomer('c', 'customer:c'));
    await fault('payment_intents.capture', mode);
    const result = await untilAnswered(() => gateway.capture(ref, 3000, true, 'capture:1'));
    expect(result).toMatchObject({outcome: 'captured', hold: {captured: 3000}});
    expect((await server.ledger()).captures).toHaveLength(1);
  });

  it('does not keep a hold from being let go', async () => {
    const {ref} = await hold(await gateway.ensureCustomer('c', 'customer:c'));
    await fault('payment_intents.cancel', mode);
    expect(await untilAnswered(() => gateway.cancel(ref, 'cancel:1'))).toMatchObject({state: 'canceled'});
  });
});
