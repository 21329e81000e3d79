import type {StoreContext} from './context.ts';
import type {webhook_inbox} from './generated/client.ts';

/** Stored webhooks that are due to be worked off, oldest first. */
export function openWebhooks(context: StoreContext, limit: number): Promise<webhook_inbox[]> {
  return context.prisma.$queryRaw<webhook_inbox[]>`
    SELECT * FROM webhook_inbox WHERE processed_at IS NULL AND (retry_at IS NULL OR retry_at < now())
    ORDER BY id LIMIT ${limit}`;
}

export interface WebhookOutcome {
  id: bigint;
  outcome: string;
  /** false: left open for another attempt, later each time */
  closed: boolean;
}

/** Writes down what came of webhooks. */
export async function settleWebhooks(context: StoreContext, outcomes: readonly WebhookOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await context.prisma.$executeRaw`
    UPDATE webhook_inbox i SET attempts = i.attempts + 1, outcome = o.outcome,
      processed_at = CASE WHEN o.closed THEN ${context.now()}::timestamptz END,
      retry_at = now() + make_interval(secs => LEAST(60, 0.1 * power(2, i.attempts)))
    FROM unnest(${outcomes.map((o) => o.id)}::bigint[], ${outcomes.map((o) => o.outcome)}::text[],
      ${outcomes.map((o) => o.closed)}::boolean[]) AS o(id, outcome, closed)
    WHERE i.id = o.id`;
}
