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
