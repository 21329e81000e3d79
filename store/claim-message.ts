import type {StoreContext} from './context.ts';
import {newId} from './ids.ts';

/** The message of an event: one row for ever, whatever is repeated; `send` is false once it has come to an end. */
export async function claimMessage(
  context: StoreContext,
  input: {event_id: string; order_id: string; template: string; channel: 'email'},
): Promise<{message_id: string; send: boolean}> {
  const at = context.now();
  await context.prisma.$executeRaw`INSERT INTO messages (id, event_id, order_id, template, channel, state, created_at)
    VALUES (${newId('msg', at)}, ${input.event_id}::uuid, ${input.order_id}, ${input.template}, ${input.channel}, 'sending', ${at})
    ON CONFLICT (event_id, template, channel) DO NOTHING`;
  const row = await context.prisma.messages.findUniqueOrThrow({
    where: {event_id_template_channel: {event_id: input.event_id, template: input.template, channel: input.channel}},
  });
  return {message_id: row.id, send: row.state === 'sending'};
}

/** The mail is out, and with it whatever it told beside its own event. */
export async function markMessageSent({prisma, now}: StoreContext, messageId: string): Promise<void> {
  await prisma.messages.updateMany({where: inMail(messageId), data: {state: 'sent', sent_at: now()}});
}

/** It is not sent, for a reason that has a name. */
export async function dropMessage({prisma}: StoreContext, messageId: string, reason: string): Promise<void> {
  await prisma.messages.updateMany({where: inMail(messageId), data: {state: 'dropped', reason}});
}

const inMail = (id: string) => ({OR: [{id}, {told_by: id}]});
