import {type MailFacts, writeMail} from '../domain/messages/mail-text.ts';
import {wants} from '../domain/messages/preferences.ts';
import {kindOf, type MessageTemplate, templateFor} from '../domain/messages/templates.ts';
import type {OutboxEvent} from '../store/outbox.ts';
import type {MailSource} from '../store/views/mail-facts.ts';
import type {Notifier} from './ports.ts';

export interface NotifyStore {
  readMailFacts(event: OutboxEvent): Promise<MailSource | null>;
  claimMessage(input: {event_id: string; order_id: string; template: string; channel: 'email'}): Promise<{
    message_id: string;
    send: boolean;
  }>;
  markMessageSent(messageId: string): Promise<void>;
  dropMessage(messageId: string, reason: string): Promise<void>;
}

/** Who sends messages, and where their links lead. */
export interface Sender {
  shop: string;
  /** without a slash at the end */
  publicUrl: string;
  zoneOf: (place: {lat: number; lng: number}) => string;
}

/**
 * The mail of one event, at most once: its row is written first, and the mail carries the row's id as Message-ID, so
 * that a send repeated after a crash is recognised by the receiver.
 */
export async function notify(store: NotifyStore, notifier: Notifier, from: Sender, event: OutboxEvent): Promise<void> {
  const again = resentTemplate(event);
  const template = again ?? templateFor(event.type);
  if (!template) return;
  const source = await store.readMailFacts(event);
  if (!source) return;
  const {message_id, send} = await store.claimMessage({
    event_id: event.id,
    order_id: event.order_id,
    template,
    channel: 'email',
  });
  if (!send) return;
  // what somebody asked for on the telephone they want
  if (!again && !wants(source.choices, 'email', kindOf(template))) return store.dropMessage(message_id, 'unwanted');
  const {optional, ...written} = writeMail(template, factsFor(source, from));
  const unsubscribe_url = optional ? stopUrl(from, source, template) : null;
  await notifier.send({id: message_id, to: source.to, order_id: event.order_id, ...written, unsubscribe_url});
  await store.markMessageSent(message_id);
}

/** What a message that somebody sent again is; null where the event is no such thing. */
function resentTemplate({type, data}: OutboxEvent): MessageTemplate | null {
  return type === 'order.message_resent' ? (data['template'] as MessageTemplate) : null;
}

function factsFor(
  {to: _to, choices: _choices, door, tracking_token, choose_token, ...facts}: MailSource,
  from: Sender,
): MailFacts {
  const {shop, publicUrl, zoneOf} = from;
  return {
    ...facts,
    shop,
    zone: door ? zoneOf(door) : 'UTC',
    tracking_url: `${publicUrl}/track/${tracking_token}`,
    pay_url: `${publicUrl}/pay/${tracking_token}`,
    choose_url: `${publicUrl}/messages/${choose_token}`,
  };
}

const stopUrl = ({publicUrl}: Sender, {choose_token}: MailSource, template: MessageTemplate) =>
  `${publicUrl}/messages/${choose_token}/stop/${kindOf(template)}`;
