import {createHmac} from 'node:crypto';
import {time} from './wire.ts';

/** What EasyPost posts to a webhook: an Event around the changed object. */
export interface CarrierEvent {
  id: string;
  description: 'tracker.created' | 'tracker.updated' | 'refund.successful';
  at: number;
  result: Record<string, unknown>;
  previous: Record<string, unknown>;
  url: string;
}

/**
 * The event's body as text. Whole weights are written `17.0`: EasyPost signs them so, and its SDK writes them so again
 * before it hashes.
 */
export function eventBody(event: CarrierEvent): string {
  const at = time(event.at);
  const body = JSON.stringify({
    id: event.id,
    object: 'Event',
    mode: 'test',
    description: event.description,
    status: 'pending',
    previous_attributes: event.previous,
    pending_urls: [event.url],
    completed_urls: [],
    user_id: 'user_waybill_test',
    result: event.result,
    created_at: at,
    updated_at: at,
  });
  return body.replace(/("weight":)(\d+)(?=[,}])/g, '$1$2.0');
}

/** The value of `X-Hmac-Signature` for a body. */
export function signature(body: string, secret: string): string {
  const digest = createHmac('sha256', Buffer.from(secret.normalize('NFKD'), 'utf8'))
    .update(body, 'utf8')
    .digest('hex');
  return `hmac-sha256-hex=${digest}`;
}
