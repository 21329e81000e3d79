import {createHmac} from 'node:crypto';
import {STRIPE_SECRET} from '../../support/api.ts';
import {until} from '../../support/until.ts';
import type {World} from '../../support/world.ts';

/** Somebody lets a hold go in the provider's own dashboard, and tries again where that fails. */
export const letGo = ({stripeUrl}: World, hold: string): Promise<unknown> =>
  until('the dashboard to let the hold go', async () => {
    const headers = {authorization: 'Bearer sk_test_emulator'};
    const path = `${stripeUrl}/v1/payment_intents/${hold}`;
    await fetch(`${path}/cancel`, {method: 'POST', headers}).catch(() => undefined);
    const seen = await fetch(path, {headers}).catch(() => null);
    return seen?.ok && ((await seen.json()) as {status: string}).status === 'canceled';
  });

/** An event of the provider, signed as it signs; the status it is answered with. Its own may be lost on the way. */
export async function tellStripe(world: World, event: object, secret = STRIPE_SECRET): Promise<number> {
  const body = JSON.stringify(event);
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  const answer = await fetch(`http://127.0.0.1:${world.api.port}/v1/webhooks/stripe`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json', 'Stripe-Signature': `t=${time},v1=${signature}`},
    body,
  });
  return answer.status;
}

export const canceled = (id: string, hold: {id: string; amount: number}, currency = 'usd') => ({
  id,
  object: 'event',
  type: 'payment_intent.canceled',
  created: Math.floor(Date.now() / 1000),
  data: {object: {id: hold.id, object: 'payment_intent', status: 'canceled', amount: hold.amount, currency}},
});
