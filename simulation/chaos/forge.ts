import {createHmac} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {send} from '../http.ts';
import type {System} from '../system.ts';
import type {Forgery} from './schedule.ts';

interface Hold {
  id: string;
  status: string;
  amount: number;
  currency: string;
  metadata?: Record<string, string>;
}

/** What came of the webhooks that were made up. */
export interface Forged {
  /** sent and answered, by kind */
  answered: Record<string, number>;
  /** a sentence for each answer that should not have been */
  wrong: string[];
}

export interface Forger {
  send(forgery: Forgery): Promise<void>;
  result(): Forged;
}

/** Begins the ids of all made-up events. */
export const FORGED_ID = 'evt_chaos_';
const HOUR_S = 3_600;

/**
 * Sends what no honest provider sends. A hold's cancellation is told with another amount, currency or order than the
 * hold's, signed as if it were true: believed, it would lose the money. Others carry a signature that is wrong or old.
 */
export function createForger({dataDir, urls}: System): Forger {
  const file = join(dataDir, 'secrets.json');
  const secrets = JSON.parse(readFileSync(file, 'utf8')) as {stripeWebhookSecret: string};
  const forged: Forged = {answered: {}, wrong: []};
  let count = 0;

  const post = (path: string, body: unknown, headers: Record<string, string>) =>
    send({method: 'POST', url: `${urls.api}/v1/webhooks/${path}`, body, headers, timeoutMs: 5_000});
  const stripe = (hold: Hold, change: Partial<Hold>, {secret = secrets.stripeWebhookSecret, ageS = 0} = {}) => {
    count += 1;
    const body = {
      id: `${FORGED_ID}${count}`,
      object: 'event',
      type: 'payment_intent.canceled',
      created: Math.floor(Date.now() / 1000),
      data: {object: {...hold, object: 'payment_intent', status: 'canceled', ...change}},
    };
    return post('stripe', body, {'stripe-signature': signature(JSON.stringify(body), secret, ageS)});
  };
  const tracker = () => {
    count += 1;
    const body = {
      id: `${FORGED_ID}${count}`,
      object: 'Event',
      description: 'tracker.updated',
      result: {object: 'Tracker', tracking_code: `NONE${count}`, status: 'delivered'},
    };
    return post('easypost', body, {'x-hmac-signature': `hmac-sha256-hex=${'0'.repeat(64)}`});
  };
  const attempt = (forgery: Forgery, hold: Hold) => {
    switch (forgery) {
      case 'wrong_amount':
        return stripe(hold, {amount: hold.amount + 1});
      case 'wrong_currency':
        return stripe(hold, {currency: hold.currency === 'jpy' ? 'usd' : 'jpy'});
      case 'wrong_order':
        return stripe(hold, {metadata: {order_id: 'ord_of_somebody_else'}});
      case 'foreign_hold':
        return stripe(hold, {id: `${hold.id}x`});
      case 'bad_signature':
        return stripe(hold, {}, {secret: 'whsec_somebody_elses_secret'});
      case 'stale':
        return stripe(hold, {}, {ageS: HOUR_S});
      case 'bad_tracker':
        return tracker();
    }
  };
  return {
    result: () => forged,
    send: async (forgery) => {
      const hold = await liveHold(urls.stripe, count);
      if (!hold) return;
      const reply = await attempt(forgery, hold);
      if (reply.status === 503) return;
      const refused = forgery === 'bad_signature' || forgery === 'stale' || forgery === 'bad_tracker';
      forged.answered[forgery] = (forged.answered[forgery] ?? 0) + 1;
      if (reply.status !== (refused ? 400 : 200)) {
        forged.wrong.push(`a webhook made up as ${forgery} was answered ${reply.status}`);
      }
    },
  };
}

async function liveHold(stripe: string | null, turn: number): Promise<Hold | undefined> {
  const {body} = await send({method: 'GET', url: `${stripe}/_control/ledger`, timeoutMs: 5_000});
  const live = ((body as {holds?: Hold[]}).holds ?? []).filter(({status}) => status === 'requires_capture');
  const hold = live[turn % Math.max(1, live.length)];
  return hold && {id: hold.id, status: hold.status, amount: hold.amount, currency: hold.currency};
}

function signature(body: string, secret: string, ageS: number): string {
  const time = Math.floor(Date.now() / 1000) - ageS;
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
