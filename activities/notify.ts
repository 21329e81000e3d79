import {templateFor, writeMail} from '../domain/messages/mail-text.ts';
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
}

/**
 * The mail of one event, at most once: its row is written first, and the mail carries the row's id as Message-ID, so
 * that a send repeated after a crash is recognised by the receiver.
 */
export async function notify(
  store: NotifyStore,
  notifier: Notifier,
  publicUrl: string,
  event: OutboxEvent,
): Promise<void> {
  const template = templateFor(event.type);
  if (!template) return;
  const facts = await store.readMailFacts(event);
  if (!facts) return;
  const {message_id, send} = await store.claimMessage({
    event_id: event.id,
    order_id: event.order_id,
    template,
    channel: 'email',
  });
  if (!send) return;
  const {to, tracking_token, ...rest} = facts;
  const text = writeMail(template, {
    ...rest,
    tracking_url: `${publicUrl}/track/${tracking_token}`,
    pay_url: `${publicUrl}/pay/${tracking_token}`,
  });
  await notifier.send({id: message_id, to, order_id: event.order_id, ...text});
  await store.markMessageSent(message_id);
}
