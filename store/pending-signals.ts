import type {StoreContext} from './context.ts';

export interface PendingSignal {
  id: string;
  workflow_id: string;
  name: string;
  payload: Record<string, unknown>;
  attempts: number;
}

/** Takes signals that are due and reserves them for a few seconds, so that two senders rarely send the same one. */
export function takeSignals(context: StoreContext, limit: number): Promise<PendingSignal[]> {
  return context.prisma.$queryRaw<PendingSignal[]>`
    UPDATE workflow_signals SET attempts = attempts + 1,
      retry_at = now() + make_interval(secs => LEAST(30, 3 * power(1.6, attempts)))
    WHERE id IN (SELECT id FROM workflow_signals WHERE sent_at IS NULL AND (retry_at IS NULL OR retry_at < now())
      ORDER BY created_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, workflow_id, name, payload, attempts`;
}

export async function markSignal(context: StoreContext, id: string, outcome: 'sent' | 'run_closed'): Promise<void> {
  await context.prisma.workflow_signals.updateMany({where: {id}, data: {sent_at: context.now(), outcome}});
}
