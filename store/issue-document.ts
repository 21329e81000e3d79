import {deliveredValue} from '../domain/payment/amounts.ts';
import {toPart} from './begin-hold.ts';
import type {StoreContext, Tx} from './context.ts';
import type {captures, refunds} from './generated/client.ts';

/** What a document says about one line; frozen when it is made, minor units. */
export interface DocumentLine {
  line_id: string;
  qty: number;
  amount: number;
}

const PREFIX = {receipt: 'RC', credit_note: 'CN'} as const;

interface Paper {
  kind: keyof typeof PREFIX;
  order_id: string;
  /** the capture or the refund it is about: there is one paper for each */
  subject_id: string;
  sub_order_id: string | null;
  amount: bigint;
  currency: string;
  lines: readonly DocumentLine[];
}

/**
 * Makes a document under the next number of its kind, in the transaction that makes what it is about: one that is
 * taken back leaves no gap. The row of the last number is held until then, so it is taken after the order's.
 */
async function issue(context: StoreContext, tx: Tx, {kind, lines, ...paper}: Paper): Promise<string> {
  const {last: serial} = await tx.document_serials.update({where: {kind}, data: {last: {increment: 1}}});
  const number = `${PREFIX[kind]}-${String(serial).padStart(6, '0')}`;
  const frozen = lines.map(({line_id, qty, amount}) => ({line_id, qty, amount}));
  await tx.documents.create({data: {...paper, number, kind, serial, lines: frozen, made_at: context.now()}});
  return number;
}

/** The receipt of a capture that has happened. */
export async function issueReceipt(
  context: StoreContext,
  tx: Tx,
  capture: captures,
  currency: string,
): Promise<string> {
  const {id: subject_id, order_id, sub_order_id, amount} = capture;
  const parts = await tx.sub_order_lines.findMany({where: {sub_order_id}, orderBy: {line_id: 'asc'}});
  const lines = parts
    .map((part) => ({line_id: part.line_id, qty: part.delivered, amount: deliveredValue(toPart(part))}))
    .filter(({qty}) => qty > 0);
  return issue(context, tx, {kind: 'receipt', order_id, subject_id, sub_order_id, amount, currency, lines});
}

/** The number of a refund's credit note; one that came back from the bank and is made again keeps its own. */
export async function issueCreditNote(context: StoreContext, tx: Tx, refund: refunds): Promise<string> {
  if (refund.credit_note !== null) return refund.credit_note;
  const {id: subject_id, order_id, sub_order_id, amount, currency} = refund;
  const lines = refund.lines as unknown as DocumentLine[];
  return issue(context, tx, {kind: 'credit_note', order_id, subject_id, sub_order_id, amount, currency, lines});
}
