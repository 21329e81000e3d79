import type {StoreContext, Tx} from './context.ts';
import type {messages} from './generated/client.ts';
import {newId} from './ids.ts';
import {sealPersonal} from './keep-customer.ts';
import {type Actor, lockOrder, recordChange} from './record-change.ts';
import {transact} from './transact.ts';

export interface ResendInput {
  order_id: string;
  message_id: string;
  /** another address than the customer's, as they said it */
  to: string | null;
  reason: string;
  by: Actor;
  request_id: string;
}

export type NotResent = 'unknown_message' | 'not_sent_yet' | 'not_a_mail' | 'customer_erased';

export type ResendAnswer = {resend_id: string; template: string} | {refused: NotResent};

export const RESENT = 'order.message_resent';

/**
 * A mail is to be sent again: a fact of its own in the order's history, of which the relay makes a mail of its own. The
 * same request asks for it once.
 */
export function resendMessage(context: StoreContext, input: ResendInput): Promise<ResendAnswer> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const message = await tx.messages.findUnique({where: {id: input.message_id}});
    if (message?.order_id !== order.id) return {refused: 'unknown_message'};
    const {template} = message;
    const known = await tx.message_resends.findUnique({where: {request_id: input.request_id}});
    if (known) return {resend_id: known.id, template};
    const key = await tx.customer_keys.findUnique({where: {customer_id: order.customer_id}});
    if (!key) return {refused: 'customer_erased'};
    const refused = notNow(message);
    if (refused) return {refused};
    const {to, reason, by, request_id, message_id} = input;
    const at = context.now();
    const resend_id = newId('rsd', at);
    await tx.message_resends.create({
      data: {
        id: resend_id,
        message_id,
        order_id: order.id,
        request_id,
        corrected: to !== null,
        reason,
        ...by,
        created_at: at,
      },
    });
    const customer = {id: order.customer_id, wrapped_key: key.wrapped_key};
    if (to !== null)
      await sealPersonal(context, tx, customer, {subject: `resend:${resend_id}`, field: 'to', value: to});
    const about = await originOf(tx, message.event_id);
    const data = {resend_id, message_id, template, about};
    await recordChange(context, tx, {
      order,
      type: RESENT,
      by,
      data,
      note: reason,
      act: {subject: resend_id, to: template},
    });
    return {resend_id, template};
  });
}

function notNow({channel, state}: messages): NotResent | null {
  if (channel !== 'email') return 'not_a_mail';
  return state === 'sending' || state === 'waiting' ? 'not_sent_yet' : null;
}

/** What a message tells of: of one that was sent again already, what the first told of. */
async function originOf(tx: Tx, eventId: string): Promise<string> {
  const event = await tx.events.findUniqueOrThrow({where: {id: eventId}});
  const {about} = event.data as {about?: string};
  return event.type === RESENT && about ? about : eventId;
}
