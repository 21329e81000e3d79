import {verifyEasypostWebhook} from '../../adapters/verify-easypost-webhook.ts';
import {verifyStripeWebhook} from '../../adapters/verify-stripe-webhook.ts';
import {storeWebhook} from '../../store/store-webhook.ts';
import {parseJson, readRaw} from '../body.ts';
import * as contract from '../contract/system.ts';
import type {ApiDeps} from '../deps.ts';
import {ok, type Route, route} from '../route.ts';
import {withoutPeople} from '../without-people.ts';
import {verified} from './verified.ts';

const TOLERANCE_S = 300;

const stripe = route(contract.stripeWebhook, async ({deps, request}) => {
  const raw = await readRaw(request);
  const header = request.get('stripe-signature');
  const event = verified(deps, 'stripe', () =>
    // Stripe signs with real time, so the machine's clock judges the age
    verifyStripeWebhook(raw, header, deps.stripeWebhookSecrets, TOLERANCE_S, Date.now()),
  );
  return keep(deps, 'stripe', event, raw);
});

const easypost = route(contract.easypostWebhook, async ({deps, request}) => {
  const raw = await readRaw(request);
  const header = request.get('x-hmac-signature');
  const event = verified(deps, 'easypost', () => verifyEasypostWebhook(raw, header, deps.easypostWebhookSecrets));
  return keep(deps, 'easypost', event, raw);
});

async function keep(deps: ApiDeps, provider: 'stripe' | 'easypost', event: {id: string; type: string}, raw: Buffer) {
  const body = withoutPeople(parseJson(raw));
  await storeWebhook(deps.store, {provider, event_id: event.id, type: event.type, body});
  return ok({received: true});
}

export const webhookRoutes: readonly Route[] = [stripe, easypost];
