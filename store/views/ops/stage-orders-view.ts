import type {FlowStage} from '../../../domain/ops/flow.ts';
import type {StoreContext} from '../../context.ts';
import {type MoneyView, money} from '../shapes.ts';
import {STANDING, USUAL} from './standing.ts';

export interface StageOrderView {
  order_id: string;
  number: string;
  /** null: the order is not in parts yet */
  sub_order_id: string | null;
  since: string;
  /** there for longer than nine of ten stay */
  over: boolean;
  waiting_on: string | null;
  warehouse: string | null;
  carrier: string | null;
  value: MoneyView;
}

export interface StageOrdersPage {
  items: StageOrderView[];
  /** how many there are, whatever is shown of them */
  total: number;
  /** where the next page begins; null on the last */
  next: number | null;
}

interface Row {
  order_id: string;
  number: string;
  sub_order_id: string | null;
  since: Date;
  over: boolean;
  waiting_on: string | null;
  warehouse: string | null;
  carrier: string | null;
  amount: bigint;
  currency: string;
  total: number;
}

/** What stands in a stage of the flow, whatever is there longest first. */
export async function readStageOrders(
  {prisma, now}: StoreContext,
  {stage, from = 0, limit}: {stage: FlowStage; from?: number | undefined; limit: number},
): Promise<StageOrdersPage> {
  const rows = await prisma.$queryRaw<Row[]>`
    WITH standing AS (${STANDING}), known AS (${USUAL}), there AS (
      SELECT s.*, count(*) OVER ()::int AS total FROM standing s WHERE s.stage = ${stage}
      ORDER BY s.since, s.order_id, s.part_id LIMIT ${limit} OFFSET ${from}
    )
    SELECT t.order_id, o.number, t.part_id AS sub_order_id, t.since, t.total, o.waiting_on, p.source_id AS warehouse,
      p.carrier, coalesce(p.value_amount, o.total_amount) AS amount, o.currency,
      coalesce(extract(epoch FROM ${now()} - t.since) > k.p90_s, false) AS over
    FROM there t JOIN orders o ON o.id = t.order_id LEFT JOIN sub_orders p ON p.id = t.part_id
    LEFT JOIN known k ON k.stage = t.stage ORDER BY t.since, t.order_id, t.part_id`;
  const total = rows[0]?.total ?? 0;
  return {
    items: rows.map(({total: _total, since, amount, currency, ...row}) => ({
      ...row,
      since: since.toISOString(),
      value: money(amount, currency),
    })),
    total,
    next: from + rows.length < total ? from + rows.length : null,
  };
}
