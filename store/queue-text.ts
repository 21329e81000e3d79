import {randomBytes} from 'node:crypto';
import type {StoreContext} from './context.ts';
import {newId} from './ids.ts';

export interface TextToQueue {
  event_id: string;
  order_id: string;
  template: string;
  /** when it may go; null with the reason why it never will */
  due_at: Date | null;
  reason: string | null;
}

/** 96 unguessable bits: every letter of a text costs. */
const newLink = () => randomBytes(12).toString('base64url');

/** Writes the text of an event down, to be sent when it is due: one row for ever, whatever is repeated. */
export async function queueText(context: StoreContext, input: TextToQueue): Promise<void> {
  const at = context.now();
  const {event_id, order_id, template, due_at, reason} = input;
  const state = due_at === null ? 'dropped' : 'waiting';
  await context.prisma.$executeRaw`INSERT INTO messages
      (id, event_id, order_id, template, channel, state, created_at, due_at, reason, link)
    VALUES (${newId('msg', at)}, ${event_id}::uuid, ${order_id}, ${template}, 'sms', ${state}, ${at}, ${due_at},
      ${reason}, ${due_at === null ? null : newLink()})
    ON CONFLICT (event_id, template, channel) DO NOTHING`;
}
