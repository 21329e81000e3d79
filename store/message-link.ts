import type {Tx} from './context.ts';
import {newToken} from './ids.ts';

/** The unguessable end of the link behind which a customer chooses what they are told; made when it is first needed. */
export async function messageLink(tx: Tx, customerId: string, at: Date): Promise<string> {
  await tx.$executeRaw`INSERT INTO message_links (customer_id, token, created_at)
    VALUES (${customerId}, ${newToken()}, ${at}) ON CONFLICT (customer_id) DO NOTHING`;
  return (await tx.message_links.findUniqueOrThrow({where: {customer_id: customerId}})).token;
}

const TOKEN = /^[A-Za-z0-9_-]{20,64}$/;

/** The customer behind such a link; null for one that leads nowhere. */
export async function customerOfLink(
  {message_links}: Pick<Tx, 'message_links'>,
  token: string,
): Promise<string | null> {
  return TOKEN.test(token) ? ((await message_links.findUnique({where: {token}}))?.customer_id ?? null) : null;
}
