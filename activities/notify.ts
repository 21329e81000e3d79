import {type MailFacts, writeMail} from '../domain/messages/mail-text.ts';
import {wants} from '../domain/messages/preferences.ts';
import {isDigested, kindOf, type MessageTemplate, templateFor} from '../domain/messages/templates.ts';
import type {DigestInput} from '../store/join-digest.ts';
import type {OutboxEvent} from '../store/outbox.ts';
import type {Elsewhere, TakenDigest} from '../store/take-digest.ts';
import type {MailSource} from '../store/views/mail-facts.ts';
import type {Notifier} from './ports.ts';

export interface NotifyStore {
  readMailFacts(event: OutboxEvent): Promise<MailSource | null>;
  claimMessage(input: {event_id: string; order_id: string; template: string; channel: 'email'}): Promise<{
    message_id: string;
    send: boolean;
  }>;
  joinDigest(input: DigestInput): Promise<'joined' | 'alone'>;
  takeDigestOf(orderId: string): Promise<TakenDigest | Elsewhere | null>;
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

export interface Mailing {
  store: NotifyStore;
  notifier: Notifier;
  from: Sender;
  /** how long a mail waits for others of its order that are told with it, milliseconds */
  digest_window: number;
}

/**
 * The mail of one event, at most once: its row is written first, and the mail carries the row's id as Message-ID, so
 * that a send repeated after a crash is recognised by the receiver. What may be told with others of its order waits for
 * them, and goes before whatever happened later.
 */
export async function notify(parts: Mailing, event: OutboxEvent): Promise<void> {
  const {store, digest_window: window} = parts;
  const again = resentTemplate(event);
  const template = again ?? templateFor(event.type);
  if (!template) return;
  const source = await store.readMailFacts(event);
  if (!source) return;
  const digested = !again && isDigested(template);
  if (digested && (await store.joinDigest({event, template, window})) === 'joined') return;
  await sendWhatWaits(parts, event.order_id);
  const {id: event_id, order_id} = event;
  const {message_id, send} = await store.claimMessage({event_id, order_id, template, channel: 'email'});
  // what somebody asked for on the telephone they want
  if (send) await mail(parts, {message_id, order_id, template, asked_for: again !== null}, source);
}

/** Mails that wait to be told together come before what happened after them. */
async function sendWhatWaits(parts: Mailing, orderId: string): Promise<void> {
  for (let waits = await parts.store.takeDigestOf(orderId); waits; waits = await parts.store.takeDigestOf(orderId)) {
    if (waits === 'elsewhere') throw new Error(`a mail about ${orderId} that comes first is on its way from elsewhere`);
    await sendDigest(parts, waits);
  }
}

/** One mail for all that a digest tells; none to whom erased their data or wants no such mails by now. */
export async function sendDigest(parts: Mailing, digest: TakenDigest): Promise<void> {
  const {message_id, order_id, events} = digest;
  const read = await Promise.all(events.map((event) => parts.store.readMailFacts(event)));
  const sources = read.filter((source) => source !== null);
  const last = sources.at(-1);
  if (!last) return parts.store.dropMessage(message_id, 'erased');
  const template = digest.template as MessageTemplate;
  const told = {...last, parts: sources.flatMap((source) => source.parts)};
  await mail(parts, {message_id, order_id, template, asked_for: false}, told);
}

interface Claimed {
  message_id: string;
  order_id: string;
  template: MessageTemplate;
  asked_for: boolean;
}

async function mail({store, notifier, from}: Mailing, claimed: Claimed, source: MailSource): Promise<void> {
  const {message_id, order_id, template, asked_for} = claimed;
  if (!asked_for && !wants(source.choices, 'email', kindOf(template))) return store.dropMessage(message_id, 'unwanted');
  const {optional, ...written} = writeMail(template, factsFor(source, from));
  const unsubscribe_url = optional ? stopUrl(from, source, template) : null;
  await notifier.send({id: message_id, to: source.to, order_id, ...written, unsubscribe_url});
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
