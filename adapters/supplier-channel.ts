import {createHmac} from 'node:crypto';
import {request as httpRequest} from 'node:http';
import {request as httpsRequest} from 'node:https';
import type {Notifier, SupplierChannel, SupplierMessage} from '../activities/ports.ts';
import {ProviderError} from '../domain/provider-error.ts';
import {guardedLookup, isForbiddenHost} from './outbound-guard.ts';

export interface SupplierChannelOptions {
  notifier: Notifier;
  /** real epoch milliseconds, or the shared clock's: the receiver compares it with its own */
  now: () => number;
  /** true in development only: plain http, this machine, private networks */
  allowLocal: boolean;
  timeoutMs?: number;
}

/** Suppliers by signed webhook (standardwebhooks.com), else by mail. */
export function createSupplierChannel(options: SupplierChannelOptions): SupplierChannel {
  return {
    send: async (message) => {
      const {webhook_url, email} = message.to;
      if (webhook_url) await post(message, webhook_url, options);
      else if (email) await options.notifier.send(asMail(message, email));
      else throw failed('this supplier has neither an address for webhooks nor one for mail');
    },
  };
}

/** `v1,<base64>` of HMAC-SHA256 over `id.timestamp.body`; `secret` as `whsec_<base64>`. */
export function signatureOf(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

async function post(
  message: SupplierMessage,
  address: string,
  {now, allowLocal, timeoutMs = 20_000}: SupplierChannelOptions,
): Promise<void> {
  const {id, type, at, data, to} = message;
  const url = new URL(address);
  if (url.protocol !== 'https:' && !allowLocal) throw failed('webhooks to suppliers go over https only');
  if (!allowLocal && isForbiddenHost(url.hostname)) throw failed('this address is not one of the public internet');
  const body = JSON.stringify({type, timestamp: new Date(at).toISOString(), data});
  const seconds = Math.floor(now() / 1_000);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    // one for each secret that is good: who knows any of them can verify it
    'webhook-signature': to.secrets.map((secret) => signatureOf(secret, id, seconds, body)).join(' '),
  };
  const status = await new Promise<number>((resolve, reject) => {
    const ask = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const lookup = allowLocal ? {} : {lookup: guardedLookup};
    const request = ask(url, {method: 'POST', headers, timeout: timeoutMs, ...lookup}, (response) => {
      // its words are never read: what they say is of no use here, and they may be anything
      response.resume();
      response.once('error', reject);
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', reject);
    request.end(body);
  }).catch((cause: unknown) => {
    throw failed('the supplier did not answer', true, cause);
  });
  if (status < 200 || status > 299) throw failed(`the supplier answered ${status}`);
}

const SUBJECTS: Readonly<Record<string, string>> = {
  'purchase_order.created': 'Purchase order',
  'purchase_order.reminder': 'Please answer purchase order',
  'purchase_order.changed': 'Changed: purchase order',
  'purchase_order.cancelled': 'Cancelled: purchase order',
};

function asMail({id, type, order_id, data}: SupplierMessage, to: string) {
  const name = String(data['purchase_order_id'] ?? '');
  const text = [
    `${SUBJECTS[type] ?? 'Purchase order'} ${name}`,
    '',
    'Answer it through our interface for suppliers: acknowledge it, then tell us the parcels and where they are.',
    '',
    JSON.stringify(data, null, 2),
    '',
  ].join('\n');
  return {id, to, order_id, subject: `${SUBJECTS[type] ?? 'Purchase order'} ${name}`, text};
}

/** Nobody else can do what a supplier is asked: whatever is wrong, it is tried again until its time is over. */
function failed(message: string, unknown = false, cause?: unknown): ProviderError {
  return new ProviderError('supplier_unreachable', message, {retryable: true, unknown, cause});
}
