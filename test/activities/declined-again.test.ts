import {paymentActivities} from '../../activities/payment.ts';
import type {Hold, PaymentGateway} from '../../activities/ports.ts';
import {storeOrder} from '../support/stored-order.ts';
import {startTestStore, stockUp, type TestStore} from '../support/store.ts';

const DECLINED: Hold = {
  ref: 'pi_1',
  state: 'declined',
  amount: 2_176,
  captured: 0,
  refunded: 0,
  currency: 'USD',
  capture_before: null,
  multicapture: false,
  saved_method: null,
  card_fingerprint: null,
  client_secret: null,
  decline_code: 'authentication_required',
};

describe('a declined hold', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.close());

  it('says why again to an attempt whose predecessor was not heard, and is asked for once', async () => {
    await stockUp(test.store, 'AWAY', 1);
    const order_id = await storeOrder(test.store, {lines: [{sku: 'AWAY', qty: 1}]});
    let asked = 0;
    const gateway: Partial<PaymentGateway> = {
      ensureCustomer: async () => 'cus_1',
      authorize: async () => {
        asked += 1;
        return DECLINED;
      },
    };
    const {authorize} = paymentActivities(test.verbs, gateway as PaymentGateway, () => 0);
    const first = await authorize({order_id, purpose: 'initial', attempt: 1});
    expect(first).toMatchObject({outcome: 'declined', code: 'authentication_required'});
    expect(await authorize({order_id, purpose: 'initial', attempt: 1})).toEqual(first);
    expect(asked).toBe(1);
  });
});
