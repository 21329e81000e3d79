import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import Stripe from 'stripe';
import {buildStripeEmulator, type StripeEmulatorOptions} from '../../emulators/stripe/emulator.ts';

export interface Running {
  stripe: Stripe;
  url: string;
  booksDir: string;
  control(method: string, route: string, body?: unknown): Promise<Json>;
  ledger(): Promise<Json>;
  /** Calls the API without the SDK: status, headers and body as they are. */
  raw(path: string, form: string, headers?: Record<string, string>): Promise<RawAnswer>;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
export type Json = any;

export interface RawAnswer {
  status: number;
  headers: Headers;
  body: string;
}

export function freshBooks(): string {
  return mkdtempSync(join(tmpdir(), 'stripe-emulator-'));
}

export function client(port: number): Stripe {
  return new Stripe('sk_test_emulator', {host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0});
}

/** A Stripe emulator in this process, with the real SDK pointed at it. */
export async function runStripe(options: Partial<StripeEmulatorOptions> = {}): Promise<Running> {
  const booksDir = options.booksDir ?? freshBooks();
  const {port, url, close} = await buildStripeEmulator({...options, booksDir}).start();
  const control = async (method: string, route: string, body?: unknown) => {
    const init = body === undefined ? {method} : {method, body: JSON.stringify(body)};
    return (await fetch(`${url}/_control/${route}`, init)).json();
  };
  const raw = async (path: string, form: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: {authorization: 'Bearer sk_test_emulator', ...headers},
      body: form,
    });
    return {status: answer.status, headers: answer.headers, body: await answer.text()};
  };
  return {
    stripe: client(port),
    url,
    booksDir,
    control,
    ledger: () => control('GET', 'ledger?requests=1'),
    raw,
    close,
  };
}

/** A manual hold in US dollars on pm_card_visa. */
export function hold(
  {stripe}: Pick<Running, 'stripe'>,
  params: Partial<Stripe.PaymentIntentCreateParams> = {},
  options: Stripe.RequestOptions = {},
) {
  const defaults: Stripe.PaymentIntentCreateParams = {
    amount: 5000,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    automatic_payment_methods: {enabled: true, allow_redirects: 'never'},
    capture_method: 'manual',
    confirm: true,
  };
  return stripe.paymentIntents.create({...defaults, ...params}, options);
}

/** What the promise is refused with. */
export async function refusal(promise: Promise<unknown>): Promise<Json> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a refusal');
}
