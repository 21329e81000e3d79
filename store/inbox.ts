import type {StoreContext} from './context.ts';
import type {webhook_inbox} from './generated/client.ts';

/** Stored webhooks that wait to be worked off, oldest first. */
export function openWebhooks(context: StoreContext, limit: number): Promise<webhook_inbox[]> {
  return context.prisma.webhook_inbox.findMany({where: {processed_at: null}, orderBy: {id: 'asc'}, take: limit});
}

/** Closes a webhook with what came of it. */
export async function closeWebhook(context: StoreContext, id: bigint, outcome: string): Promise<void> {
  await context.prisma.webhook_inbox.update({where: {id}, data: {processed_at: context.now(), outcome}});
}

/** Leaves a webhook open for another attempt and counts this one. */
export async function retryWebhook(context: StoreContext, id: bigint, outcome: string): Promise<number> {
  const row = await context.prisma.webhook_inbox.update({where: {id}, data: {attempts: {increment: 1}, outcome}});
  return row.attempts;
}
