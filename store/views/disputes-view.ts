import type {EvidenceFacts} from '../../domain/payment/dispute-evidence.ts';
import {collectEvidence} from '../collect-evidence.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {disputes} from '../generated/client.ts';
import {type MoneyView, money, type Page, readTimeCursor, time, toPage} from './shapes.ts';

export interface DisputeView {
  dispute_id: string;
  order_id: string;
  state: string;
  reason: string;
  amount: MoneyView;
  due_by: string | null;
  opened_at: string;
  submitted_at: string | null;
  closed_at: string | null;
}

export interface DisputeDetails extends DisputeView {
  /** what the bank was told, or would be told now, without what is personal */
  evidence: EvidenceFacts;
  /** what the decision says about the order, for those who judge the next ones */
  label: string | null;
}

const disputeView = (row: disputes): DisputeView => ({
  dispute_id: row.id,
  order_id: row.order_id,
  state: row.state,
  reason: row.reason,
  amount: money(row.amount, row.currency),
  due_by: time(row.due_by),
  opened_at: row.opened_at.toISOString(),
  submitted_at: time(row.submitted_at),
  closed_at: time(row.closed_at),
});

/** One dispute with its evidence; null when there is none. */
export async function readDispute(context: StoreContext, id: string): Promise<DisputeDetails | null> {
  const tx = context.prisma as Tx;
  const row = await tx.disputes.findUnique({where: {id}});
  if (!row) return null;
  const order = await tx.orders.findUniqueOrThrow({where: {id: row.order_id}});
  const sent = row.evidence as unknown as EvidenceFacts | null;
  const label = await tx.fraud_labels.findUnique({
    where: {source_subject_id: {source: 'dispute', subject_id: id}},
  });
  const evidence = sent ?? (await collectEvidence(tx, order));
  return {...disputeView(row), evidence, label: label?.label ?? null};
}

export interface DisputeOptions {
  state?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Disputes, newest first. */
export async function listDisputes(context: StoreContext, options: DisputeOptions): Promise<Page<DisputeView>> {
  const last = readTimeCursor(options.cursor);
  const rows = await context.prisma.disputes.findMany({
    where: {
      ...(options.state ? {state: options.state} : {}),
      ...(last ? {OR: [{opened_at: {lt: last.at}}, {opened_at: last.at, id: {lt: last.id}}]} : {}),
    },
    orderBy: [{opened_at: 'desc'}, {id: 'desc'}],
    take: options.limit + 1,
  });
  return toPage(rows, options.limit, disputeView, (row) => [row.opened_at.toISOString(), row.id]);
}
