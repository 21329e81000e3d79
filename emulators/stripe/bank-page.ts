import type {IncomingMessage, ServerResponse} from 'node:http';
import {readBody, requestUrl} from '../shared/http.ts';
import {authenticate} from './authentication.ts';
import type {Engine} from './engine.ts';
import type {Features} from './payment-intents.ts';
import type {IntentRecord} from './records.ts';

/**
 * `/bank`: stands for the shop's page with Stripe.js and the bank's window in it, so that a payer's link can be followed to
 * its end in development. Resolves to false for any other path.
 */
export function createBankPage(engine: Engine, features: Features) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = requestUrl(request);
    if (url.pathname !== '/bank') return false;
    const answered = request.method === 'POST';
    const given = answered ? new URLSearchParams((await readBody(request)).toString('utf8')) : url.searchParams;
    const secret = given.get('payment_intent_client_secret') ?? '';
    const find = () => [...engine.state().intents.values()].find(({client_secret}) => client_secret === secret);
    engine.expireDue();
    const asked = find();
    if (answered && asked?.status === 'requires_action') {
      authenticate(engine, features, {payment_intent: asked.id, outcome: given.get('outcome')});
    }
    const text = page(find(), secret, backTo(given.get('return_url')));
    response.writeHead(200, {'content-type': 'text/html; charset=utf-8'}).end(text);
    return true;
  };
}

/** Only to a page of the web. */
function backTo(text: string | null): string | null {
  const url = URL.canParse(text ?? '') ? new URL(text ?? '') : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

function page(intent: IntentRecord | undefined, secret: string, back: string | null): string {
  const body =
    intent?.status === 'requires_action'
      ? `<p>Do you pay <b>${(intent.amount / 100).toFixed(2)} ${intent.currency.toUpperCase()}</b>?</p>
<form method="post" action="/bank">${hidden('payment_intent_client_secret', secret)}${hidden('return_url', back ?? '')}
<button name="outcome" value="succeed">Yes, it is me</button> <button name="outcome" value="fail">No</button></form>`
      : `<p>${intent ? `The payment is ${intent.status.replaceAll('_', ' ')}.` : 'A shop shows its form for another card here. This page has none.'}</p>`;
  const link = back === null ? '' : `<p><a href="${safe(back)}">Back to the order</a></p>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Emulated bank</title></head><body><main><h1>Emulated bank</h1>${body}${link}</main></body></html>`;
}

const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${safe(value)}">`;

const safe = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
