import type {EmulatorClock} from '../shared/clock.ts';
import type {Faults} from '../shared/faults.ts';
import {TWILIO_RETRIES} from '../shared/retries.ts';
import {createWebhookQueue, type WebhookQueue} from '../shared/webhooks.ts';
import {signatureOf} from './signature.ts';
import type {Inbound, Text} from './types.ts';

export interface Callbacks extends Pick<WebhookQueue, 'pending' | 'report' | 'clockMoved' | 'reset' | 'stop'> {
  /** Tells how far a text has got, where its sender wants to know. */
  tellStatus(text: Text, status: string): void;
  tellInbound(message: Inbound, account: string, url: string): void;
}

/** Signed forms to whoever a text or a number belongs to. */
export function openCallbacks(options: {dir: string; token: string; faults: Faults; clock: EmulatorClock}): Callbacks {
  const {dir, token, faults, clock} = options;
  const queue = createWebhookQueue({
    ...{url: undefined, addressed: true, dir, name: 'callbacks', faults, clock, retries: TWILIO_RETRIES},
    sign: (body, url) => ({
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': signatureOf(token, url, Object.fromEntries(new URLSearchParams(body))),
    }),
  });
  const tell = (id: string, url: string, fields: Record<string, string>) =>
    queue.enqueue({id, url, body: () => new URLSearchParams(fields).toString()});
  return {
    ...queue,
    tellStatus: ({sid, account, from, to, status_callback: url, fate}, status) => {
      if (url === null) return;
      const failed = status === 'undelivered' && fate.error_code !== null;
      const about = {MessageSid: sid, SmsSid: sid, AccountSid: account, From: from, To: to, ApiVersion: '2010-04-01'};
      const how = {MessageStatus: status, SmsStatus: status, ...(failed ? {ErrorCode: String(fate.error_code)} : {})};
      tell(`${sid}.${status}`, url, {...about, ...how});
    },
    tellInbound: ({sid, from, to, body, word}, account, url) => {
      const about = {MessageSid: sid, SmsSid: sid, AccountSid: account, From: from, To: to, Body: body, NumMedia: '0'};
      tell(sid, url, {...about, SmsStatus: 'received', ...(word === null ? {} : {OptOutType: word})});
    },
  };
}
