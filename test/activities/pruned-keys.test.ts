import {rm} from 'node:fs/promises';
import {paymentActivities} from '../../activities/payment.ts';
import type {PaymentGateway} from '../../activities/ports.ts';
import {createStripeGateway} from '../../adapters/stripe.ts';
import type {HoldTerms} from '../../store/begin-hold.ts';
import type {Store} from '../../store/index.ts';
import {type Running, runStripe} from '../emulators/stripe-support.ts';

const HOUR = 3_600_000;
const ORDER = {order_id: 'ord-1', purpose: 'initial', attempt: 1} as const;

let server: Running;
let gateway: PaymentGateway;
let store: Store;
const now = async () => Date.parse((await server.ledger()).now);

beforeEach(async () => {
  server = await runStripe();
  gateway = createStripeGateway({secretKey: 'sk_test_1', apiBase: server.url, timeoutMs: 2_000});
  store = memoryStore();
});
afterEach(async () => {
  await server.close();
  await rm(server.booksDir, {recursive: true, force: true});
});

/** One order's hold, as the database would keep it. */
function memoryStore(): Store {
  let customer: string | null = null;
  let state = 'unknown';
  let begun = 0;
  const terms = (): HoldTerms => ({
    payment_id: 'pay-1',
    key: 'ord-1:hold:1',
    state,
    amount: 5_000,
    currency: 'USD',
    customer_id: 'c-1',
    customer_ref: customer,
    method: 'pm_card_visa',
    capture_before: null,
    multicapture: false,
    decline_code: null,
    seen_before: begun > 1,
  });
  const verbs: Partial<Store> = {
    beginHold: async () => {
      begun += 1;
      return terms();
    },
    keepCustomerRef: async ({ref}) => {
      customer ??= ref;
      return customer;
    },
    settleHold: async ({hold}) => {
      if (state === 'declined') return {outcome: 'written_off', payment_id: 'pay-2'};
      if (state !== 'unknown') return {outcome: 'settled_before'};
      state = hold.state;
      return {outcome: 'settled'};
    },
    findLiveHolds: async () => [{id: 'pay-1', order_id: 'ord-1', provider_ref: null}] as never,
    customerRefOf: async () => customer,
    beginRelease: async ({payment_id}) => ({key: `${payment_id}:release`}),
    settleRelease: async () => {
      state = 'declined';
    },
  };
  return verbs as Store;
}

const live = async () =>
  (await server.ledger()).holds.filter((hold: {status: string}) => hold.status === 'requires_capture');
const passed = (hours: number) => server.control('POST', 'clock', {advance_ms: hours * HOUR});

/** The activities, on the emulator's clock. */
async function activities(through: PaymentGateway) {
  let at = await now();
  return {
    authorize: paymentActivities(store, through, () => at).authorize,
    setClock: async () => {
      at = await now();
    },
  };
}

describe('a hold whose key the provider has forgotten', () => {
  it.each(['drop', 'status', 'garbage'])(
    'is found, not made again, 25 hours after its answer was lost (%s)',
    async (mode) => {
      const {authorize, setClock} = await activities(gateway);
      await server.control('POST', 'faults', {operation: 'payment_intents.create', mode, when: 'after', count: 1});
      // the client repeats a connection that was cut by itself, under the same key
      const first = await authorize(ORDER).catch(() => 'failed');
      expect(first === 'failed' || mode === 'drop').toBe(true);
      await passed(25);
      await setClock();
      expect(await authorize(ORDER)).toMatchObject({outcome: 'authorized'});
      expect(await live()).toHaveLength(1);
    },
  );

  it('is found by an attempt that was held up for 25 hours while another one made it', async () => {
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let calls = 0;
    const slow = await activities({
      ...gateway,
      ensureCustomer: async (id, key) => {
        calls += 1;
        if (calls === 1) await gate;
        return gateway.ensureCustomer(id, key);
      },
    });
    const heldUp = slow.authorize(ORDER);
    expect(await slow.authorize(ORDER)).toMatchObject({outcome: 'authorized'});
    await passed(25);
    await slow.setClock();
    letGo();
    expect(await heldUp).toMatchObject({outcome: 'authorized'});
    expect(await live()).toHaveLength(1);
  });
});

describe('a hold that was written off as never made', () => {
  it('is let go when it is made after all', async () => {
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const slow: PaymentGateway = {
      ...gateway,
      authorize: async (request) => {
        await gate;
        return gateway.authorize(request);
      },
    };
    const {authorize, releaseHolds} = paymentActivities(store, slow, () => 0);
    const late = authorize(ORDER);
    await releaseHolds({order_id: 'ord-1'});
    letGo();
    expect(await late).toMatchObject({outcome: 'declined', code: 'written_off'});
    expect(await live()).toEqual([]);
    expect((await server.ledger()).holds).toHaveLength(1);
  });
});
