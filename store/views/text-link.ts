import type {StoreContext} from '../context.ts';

const LINK = /^[A-Za-z0-9_-]{16}$/;

/** The order behind the link of a text, and whether it leads to its payment; null for one that leads nowhere. */
export async function orderOfText(
  {prisma}: Pick<StoreContext, 'prisma'>,
  link: string,
): Promise<{token: string; pays: boolean} | null> {
  const text = LINK.test(link) ? await prisma.messages.findUnique({where: {link}}) : null;
  if (!text) return null;
  const {tracking_token} = await prisma.orders.findUniqueOrThrow({where: {id: text.order_id}});
  return {token: tracking_token, pays: text.template === 'payment_needed'};
}
