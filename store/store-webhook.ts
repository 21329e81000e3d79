import type {StoreContext} from './context.ts';
import {toJson} from './record-change.ts';

export interface VerifiedWebhook {
  provider: 'stripe' | 'easypost' | 'twilio';
  event_id: string;
  type: string;
  body: unknown;
}

/** Puts a verified event into the inbox; false when it is there already. */
export async function storeWebhook(context: StoreContext, webhook: VerifiedWebhook): Promise<boolean> {
  const stored = await context.prisma.$executeRaw`
    INSERT INTO webhook_inbox (provider, event_id, type, body, received_at)
    VALUES (${webhook.provider}, ${webhook.event_id}, ${webhook.type}, ${toJson(webhook.body)}::jsonb, ${context.now()})
    ON CONFLICT (provider, event_id) DO NOTHING`;
  return stored === 1;
}
