import type {StoreContext} from './context.ts';

/** Remembers the run of an order, for ever: Temporal forgets closed runs after a while. */
export async function recordRun(
  context: StoreContext,
  run: {order_id: string; workflow_id: string; run_id: string},
): Promise<void> {
  await context.prisma.$executeRaw`INSERT INTO order_runs (order_id, workflow_id, run_id, started_at)
    VALUES (${run.order_id}, ${run.workflow_id}, ${run.run_id}, ${context.now()}) ON CONFLICT DO NOTHING`;
}
