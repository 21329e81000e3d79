import {verifyTwilioWebhook} from '../../adapters/verify-twilio-webhook.ts';
import {asE164} from '../../domain/messages/phone.ts';
import {phoneTokens} from '../../store/stop-texts.ts';
import {storeWebhook} from '../../store/store-webhook.ts';
import {readRaw} from '../body.ts';
import * as contract from '../contract/text-webhooks.ts';
import type {ApiDeps} from '../deps.ts';
import {type Route, route} from '../route.ts';
import {verified} from './verified.ts';
import type {Request} from 'express';

/** What customers write to our number: of it the word that stops texts is kept, and whose number it is, unreadable. */
const inbound = route(contract.textInbound, async ({deps, request}) => {
  const fields = await readForm(deps, request);
  const from = asE164(fields['From'] ?? '', '');
  const word = fields['OptOutType'] ?? wordOf(fields['Body'] ?? '');
  const body = {word, phone: from && phoneTokens(deps.store, from)};
  await storeWebhook(deps.store, {provider: 'twilio', event_id: String(fields['MessageSid']), type: 'inbound', body});
  return {status: 200, body: NOTHING_TO_SAY, headers: {'Content-Type': 'text/xml'}};
});

/** How far one of our texts has got. */
const status = route(contract.textStatus, async ({deps, request, params}) => {
  const {MessageSid: ref = '', MessageStatus: status = '', ErrorCode: error = null} = await readForm(deps, request);
  const body = {message_id: params.message_id, ref, status, error};
  await storeWebhook(deps.store, {provider: 'twilio', event_id: `${ref}.${status}`, type: 'status', body});
  return {status: 200, body: NOTHING_TO_SAY, headers: {'Content-Type': 'text/xml'}};
});

/** Twilio reads the answer as instructions, and complains of any other form. */
const NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

async function readForm(deps: ApiDeps, request: Request): Promise<Readonly<Record<string, string>>> {
  const raw = await readRaw(request);
  const header = request.get('x-twilio-signature');
  // signed is the address as the sender knows it, whatever stands before us
  const url = `${deps.publicUrl}${request.originalUrl}`;
  return verified(deps, 'twilio', () => verifyTwilioWebhook(raw, url, header, deps.twilioAuthTokens));
}

/** Twilio's own words (its "default keywords") in the languages we write in; what else people write is for nobody. */
const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'STOPP', 'ARRET', 'ARRÊT', 'إيقاف']);
const START = new Set(['START', 'YES', 'UNSTOP']);

function wordOf(text: string): string {
  const word = text.trim().toUpperCase();
  if (STOP.has(word)) return 'STOP';
  return START.has(word) ? 'START' : 'OTHER';
}

export const textWebhookRoutes: readonly Route[] = [inbound, status];
