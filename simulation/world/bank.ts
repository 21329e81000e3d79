import type {WorldClock} from '../clock.ts';
import {NoAnswer, type Reply, send} from '../http.ts';

/** Whoever stands between a payer and the payment provider: the bank's window, and a shop that authorises by itself. */
export interface BankControl {
  /** The customer's answer in their bank's window; false when nobody asks any more. */
  answer(intent: string, outcome: 'succeed' | 'fail'): Promise<boolean>;
  /** An intent of the shop's own, for an order that will have this reference. */
  makeIntent(wanted: {amount: number; currency: string; reference: string}): Promise<string>;
  /** The shop's customer pays it. */
  authorise(intent: string): Promise<void>;
  /** Somebody gives back by hand what was taken last of an order; minor units. */
  giveBack(orderId: string): Promise<number>;
}

const TRIES = 60;
const HEADERS = {authorization: 'Bearer sk_test_shop'};

export function bankControl(url: string, clock: Pick<WorldClock, 'pause'>): BankControl {
  /** Until an answer is one of those wanted: the provider has its bad days for the shop, too. */
  const ask = async (path: string, body: Record<string, unknown>, wanted: (reply: Reply) => boolean) => {
    for (let tries = 1; ; tries += 1) {
      const reply = await send({method: 'POST', url: `${url}${path}`, headers: HEADERS, body}).catch(
        (error: unknown) => {
          if (!(error instanceof NoAnswer) || tries === TRIES) throw error;
          return null;
        },
      );
      if (reply && wanted(reply)) return reply;
      if (reply && tries === TRIES) throw new Error(`the bank answered ${reply.status}: ${JSON.stringify(reply.body)}`);
      await clock.pause(Math.min(2_000, 100 * tries));
    }
  };
  return {
    answer: async (intent, outcome) => {
      const body = {payment_intent: intent, outcome};
      const reply = await ask('/_control/authentication', body, ({status}) => status === 200 || status === 400);
      return reply.status === 200;
    },
    makeIntent: async ({amount, currency, reference}) => {
      const body = {amount, currency: currency.toLowerCase(), reference};
      const reply = await ask('/_control/shop-intent', body, ({status}) => status === 200);
      return (reply.body as {payment_intent: string}).payment_intent;
    },
    authorise: async (payment_intent) => {
      await ask('/_control/shop-intent', {payment_intent}, ({status}) => status === 200);
    },
    giveBack: async (order_id) => {
      const reply = await ask('/_control/refunds', {order_id}, ({status}) => status === 200);
      return (reply.body as {amount: number}).amount;
    },
  };
}
