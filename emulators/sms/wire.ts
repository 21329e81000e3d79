import type {Inbound, Text} from './types.ts';

/** Virtual milliseconds from taking a text to handing it to its network. */
const SENT_AFTER = 500;

/** How far a text has got by then. */
export function statusAt(text: Text, now: number): 'queued' | 'sent' | 'delivered' | 'undelivered' {
  if (now >= text.fate.at) return text.fate.status;
  return now >= text.created + SENT_AFTER ? 'sent' : 'queued';
}

const rfc2822 = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000');

/** A text as the interface tells it. */
export function textJson(text: Text, now: number): Record<string, unknown> {
  const {sid, account, from, to, body, segments, created, fate} = text;
  const status = statusAt(text, now);
  return {
    sid,
    account_sid: account,
    ...{from, to, body},
    status,
    direction: 'outbound-api',
    num_segments: String(segments),
    num_media: '0',
    date_created: rfc2822(created),
    date_updated: rfc2822(status === fate.status ? fate.at : created),
    date_sent: status === 'queued' ? null : rfc2822(created + SENT_AFTER),
    error_code: status === 'undelivered' ? fate.error_code : null,
    error_message: null,
    messaging_service_sid: null,
    price: null,
    price_unit: 'USD',
    api_version: '2010-04-01',
    uri: `/2010-04-01/Accounts/${account}/Messages/${sid}.json`,
  };
}

export function inboundJson({sid, from, to, body, at}: Inbound, account: string): Record<string, unknown> {
  return {
    sid,
    account_sid: account,
    ...{from, to, body},
    status: 'received',
    direction: 'inbound',
    num_segments: '1',
    date_created: rfc2822(at),
    date_updated: rfc2822(at),
    date_sent: rfc2822(at),
    error_code: null,
    api_version: '2010-04-01',
    uri: `/2010-04-01/Accounts/${account}/Messages/${sid}.json`,
  };
}
