import {runningShare} from '../../domain/money/share.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {orders} from '../generated/client.ts';
import type {DocumentLine} from '../issue-document.ts';
import {readProfile} from '../personal-data.ts';

/** What a receipt or a credit note says; amounts are minor units. */
export interface PaperView {
  kind: 'receipt' | 'credit_note';
  number: string;
  /** YYYY-MM-DD */
  made_on: string;
  order_number: string;
  /** which of the order's shipments it is about */
  shipment: number | null;
  lines: {sku: string; name: string; qty: number; amount: number}[];
  amount: number;
  /** of `amount`, by the rate each line was sold at */
  tax: number;
  currency: string;
  lang: string;
}

/** A document of this order by its number; null where it has no such one. */
export async function readPaper(context: StoreContext, order: orders, number: string): Promise<PaperView | null> {
  const tx = context.prisma as Tx;
  const paper = await tx.documents.findUnique({where: {number}});
  if (paper?.order_id !== order.id) return null;
  const rows = await tx.order_lines.findMany({where: {order_id: order.id}});
  const sub = paper.sub_order_id && (await tx.sub_orders.findUnique({where: {id: paper.sub_order_id}}));
  const said = paper.lines as unknown as DocumentLine[];
  const lines = said.flatMap(({line_id, qty, amount}) => {
    const row = rows.find(({id}) => id === line_id);
    return row ? [{row, qty, amount}] : [];
  });
  const taxed = lines.map(({row, amount}) => runningShare(Number(row.tax_amount), amount, Number(row.total_amount)));
  return {
    kind: paper.kind as PaperView['kind'],
    number,
    made_on: paper.made_at.toISOString().slice(0, 10),
    order_number: order.number,
    shipment: sub ? sub.position : null,
    lines: lines.map(({row, qty, amount}) => ({sku: row.sku, name: row.name, qty, amount})),
    amount: Number(paper.amount),
    tax: taxed.reduce((sum, tax) => sum + tax, 0),
    currency: paper.currency,
    lang: (await readProfile(context, tx, order.customer_id))?.locale ?? 'en',
  };
}
