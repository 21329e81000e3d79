import type {RequestListener} from 'node:http';
import {openBooks} from '../shared/books.ts';
import {createClock} from '../shared/clock.ts';
import {createControl} from '../shared/control.ts';
import {openFaults} from '../shared/faults.ts';
import {listen} from '../shared/server.ts';
import {STRIPE_RETRIES} from '../shared/retries.ts';
import {createWebhookQueue} from '../shared/webhooks.ts';
import {createApi} from './api.ts';
import {authenticate} from './authentication.ts';
import {createBankPage} from './bank-page.ts';
import {closeDispute, openDispute, refundByHand, settleRefund} from './bank.ts';
import {createEngine} from './engine.ts';
import {signatureHeaders} from './events.ts';
import {createIdempotency} from './idempotency.ts';
import {ledger} from './ledger.ts';
import type {Entry} from './records.ts';
import {shopIntent} from './shop-intent.ts';

const DAY = 24 * 3_600_000;

export interface StripeEmulatorOptions {
  /** Folder of the journal; made when absent. */
  booksDir: string;
  webhookUrl?: string | undefined;
  /** One secret, or two separated by a comma while it is rolled. */
  webhookSecret?: string | undefined;
  /** Event types to send, as an endpoint's `enabled_events`; all when absent. */
  webhookEvents?: readonly string[] | undefined;
  /** May an intent be granted several captures, or a hold of 30 days? Both default to no, as for most accounts. */
  multicapture?: boolean;
  extended?: boolean;
  /** Virtual age at which a stored idempotent answer is forgotten; 24 hours by default, as on Stripe. */
  keyLifetimeMs?: number;
  /** Where WAYBILL_CLOCK is read; default nothing: real time. */
  env?: Record<string, string | undefined>;
}

export interface StripeEmulator {
  listener: RequestListener;
  /** Listens on 127.0.0.1; port 0 (default) takes a free one. */
  start(port?: number): Promise<{port: number; url: string; close(): Promise<void>}>;
  /** Stops timers and webhooks and closes the books. */
  stop(): void;
}

/** Stripe as the official SDK sees it, with books in `booksDir` and a control interface under `/_control`. */
export function buildStripeEmulator(options: StripeEmulatorOptions): StripeEmulator {
  const {booksDir, webhookUrl, webhookSecret = 'whsec_emulator', keyLifetimeMs = DAY} = options;
  const features = {multicapture: options.multicapture ?? false, extended: options.extended ?? false};
  const wanted = options.webhookEvents ? new Set(options.webhookEvents) : null;
  const clock = createClock(options.env ?? {});
  const faults = openFaults(booksDir);
  const webhooks = createWebhookQueue({
    url: webhookUrl,
    dir: booksDir,
    name: 'stripe-webhooks',
    sign: (body) => signatureHeaders(body, webhookSecret),
    faults,
    clock,
    retries: STRIPE_RETRIES,
  });
  const engine = createEngine(openBooks<Entry>(booksDir, 'stripe'), clock, webhooks, wanted);
  const idempotency = createIdempotency(engine.state, keyLifetimeMs);
  const api = createApi({engine, faults, features, idempotency});
  const control = createControl({
    name: 'stripe',
    clock,
    faults,
    ledger: (query) => {
      engine.expireDue();
      const books = ledger(engine.state(), engine.now(), query.get('requests') === '1');
      return {...books, webhooks_pending: webhooks.pending(), webhooks: webhooks.report()};
    },
    clockMoved: engine.clockMoved,
    reset: engine.reset,
    extra: {
      'POST /_control/features': (body) => {
        for (const name of ['multicapture', 'extended'] as const) {
          const granted = body[name];
          if (typeof granted === 'boolean') features[name] = granted;
        }
        return {...features};
      },
      'POST /_control/shop-intent': (body) => shopIntent(engine, features, body),
      'POST /_control/authentication': (body) => authenticate(engine, features, body),
      'POST /_control/refunds': (body) =>
        body['refund'] === undefined ? refundByHand(engine, features, body) : settleRefund(engine, body),
      'POST /_control/disputes': (body) => openDispute(engine, body),
      'POST /_control/disputes/close': (body) => closeDispute(engine, body),
      'GET /_control/webhooks': () => webhooks.report(),
    },
  });
  const bank = createBankPage(engine, features);
  const listener: RequestListener = (request, response) => {
    const answered = control(request, response)
      .then((done) => done || bank(request, response))
      .then((done) => (done ? undefined : api(request, response)));
    // Only a request that cannot be read ends here: its connection is gone or not worth keeping.
    answered.catch(() => response.destroy());
  };
  const stop = () => {
    engine.stop();
    faults.close();
  };
  return {
    listener,
    start: async (port = 0) => {
      const server = await listen(listener, port);
      const close = async () => {
        await server.close();
        stop();
      };
      return {port: server.port, url: server.url, close};
    },
    stop,
  };
}
