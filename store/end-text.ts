import type {StoreContext} from './context.ts';

/** The provider has it. */
export async function markTextSent(
  {prisma, now}: StoreContext,
  messageId: string,
  {ref, status}: {ref: string; status: string},
): Promise<void> {
  await prisma.$executeRaw`
    UPDATE messages SET state = 'sent', sent_at = ${now()}, provider_ref = ${ref}, delivery = COALESCE(delivery, ${status})
     WHERE id = ${messageId} AND channel = 'sms' AND state IN ('waiting', 'sending')`;
}

/** It is not sent, for a reason that has a name. */
export async function dropText({prisma}: StoreContext, messageId: string, reason: string): Promise<void> {
  await prisma.$executeRaw`
    UPDATE messages SET state = 'dropped', reason = ${reason}
     WHERE id = ${messageId} AND channel = 'sms' AND state IN ('waiting', 'sending')`;
}

/** Words after which nothing more is said of a text. */
const FINAL: readonly string[] = ['delivered', 'undelivered', 'failed'];

/**
 * What the provider tells of a text later: that it has it, also where its answer was lost, and what became of it. A
 * final word stands; `error` is the provider's code of why it did not arrive.
 */
export async function hearOfText(
  {prisma, now}: StoreContext,
  {message_id, ref, status, error}: {message_id: string; ref: string; status: string; error: string | null},
): Promise<'applied' | 'unknown_message'> {
  const known = await prisma.messages.findUnique({where: {id: message_id}});
  if (known?.channel !== 'sms' || (known.provider_ref !== null && known.provider_ref !== ref)) return 'unknown_message';
  const word = error === null ? status : `${status}_${error}`;
  await prisma.$executeRaw`
    UPDATE messages SET state = 'sent', reason = NULL, sent_at = COALESCE(sent_at, ${now()}), provider_ref = ${ref},
           delivery = CASE WHEN split_part(COALESCE(delivery, ''), '_', 1) = ANY(${[...FINAL]}) THEN delivery ELSE ${word} END
     WHERE id = ${message_id}`;
  return 'applied';
}
