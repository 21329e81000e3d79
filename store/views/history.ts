import type {StoreContext} from '../context.ts';

export interface AuditView {
  at: string;
  seq: number;
  subject: string;
  from: string | null;
  to: string;
  actor: string;
  role: string;
  note: string | null;
}

/** The audit rows of an order, oldest first. */
export async function readHistory(context: StoreContext, orderId: string): Promise<AuditView[]> {
  const rows = await context.prisma.order_audit.findMany({where: {order_id: orderId}, orderBy: {id: 'asc'}});
  return rows.map(({at, seq, subject, from_state, to_state, actor, role, note}) => ({
    at: at.toISOString(),
    seq,
    subject,
    from: from_state,
    to: to_state,
    actor,
    role,
    note,
  }));
}
