import {type ReturnState, returnWaitsFor} from '../../domain/returns/state.ts';
import type {StoreContext} from '../context.ts';
import type {return_findings, return_lines, returns} from '../generated/client.ts';
import {type MoneyView, money, type Page, readTimeCursor, time, toPage} from './shapes.ts';

export interface ReturnView {
  return_id: string;
  order_id: string;
  kind: string;
  state: string;
  waiting_on: {name: string; owner: string} | null;
  /** since when a person is asked to look at it, because it stood still */
  overdue_since: string | null;
  resolution: string;
  reasons: unknown;
  warehouse: string;
  lines: {
    line_id: string;
    sku: string;
    qty: number;
    reason: string;
    accepted: number;
    findings: {grade: string; qty: number; disposition: string}[];
  }[];
  label: {carrier: string; service: string; tracking_number: string; label_url: string} | null;
  send_by: string | null;
  expected?: MoneyView;
  refund?: MoneyView | null;
  requested_at: string;
  received_at: string | null;
  inspected_at: string | null;
  ended_at: string | null;
}

export interface ReturnRows {
  found: returns;
  lines: return_lines[];
  findings: return_findings[];
}

export async function readReturn(context: StoreContext, id: string): Promise<ReturnRows | null> {
  const found = await context.prisma.returns.findUnique({where: {id}});
  return found && ((await withParts(context, [found]))[0] ?? null);
}

/** All returns of an order, oldest first. */
export async function returnsOfOrder(context: StoreContext, orderId: string): Promise<ReturnRows[]> {
  const rows = await context.prisma.returns.findMany({where: {order_id: orderId}, orderBy: {requested_at: 'asc'}});
  return withParts(context, rows);
}

async function withParts(context: StoreContext, rows: returns[]): Promise<ReturnRows[]> {
  const where = {return_id: {in: rows.map((row) => row.id)}};
  const lines = await context.prisma.return_lines.findMany({where, orderBy: {line_id: 'asc'}});
  const findings = await context.prisma.return_findings.findMany({
    where,
    orderBy: [{line_id: 'asc'}, {grade: 'asc'}],
  });
  return rows.map((found) => ({
    found,
    lines: lines.filter((line) => line.return_id === found.id),
    findings: findings.filter((finding) => finding.return_id === found.id),
  }));
}

export interface ReturnOptions {
  state?: string | undefined;
  order_id?: string | undefined;
  /** only what is sent there */
  warehouse_id: string | null;
  limit: number;
  cursor?: string | undefined;
}

/** Returns, the one that was asked for first on top. */
export async function listReturns(context: StoreContext, options: ReturnOptions): Promise<Page<ReturnRows>> {
  const last = readTimeCursor(options.cursor);
  const rows = await context.prisma.returns.findMany({
    where: {
      ...(options.state ? {state: options.state} : {}),
      ...(options.order_id ? {order_id: options.order_id} : {}),
      ...(options.warehouse_id === null ? {} : {warehouse_id: options.warehouse_id}),
      ...(last ? {OR: [{requested_at: {gt: last.at}}, {requested_at: last.at, id: {gt: last.id}}]} : {}),
    },
    orderBy: [{requested_at: 'asc'}, {id: 'asc'}],
    take: options.limit + 1,
  });
  const parts = await withParts(context, rows);
  return toPage(
    parts,
    options.limit,
    (row) => row,
    ({found}) => [found.requested_at.toISOString(), found.id],
  );
}

/** How a return looks to others; `amounts`: false for those who have no business with money. */
export function returnView({found, lines, findings}: ReturnRows, amounts: boolean): ReturnView {
  const {currency, refund_amount} = found;
  const back = refund_amount === null ? null : money(refund_amount, currency);
  return {
    return_id: found.id,
    order_id: found.order_id,
    kind: found.kind,
    state: found.state,
    waiting_on: returnWaitsFor(found.state as ReturnState, found.overdue_at !== null),
    overdue_since: time(found.overdue_at),
    resolution: found.resolution,
    reasons: found.reasons,
    warehouse: found.warehouse_id,
    lines: lines.map(({line_id, sku, qty, reason, accepted}) => ({
      ...{line_id, sku, qty, reason, accepted},
      findings: findings
        .filter((finding) => finding.line_id === line_id)
        .map(({grade, qty: units, disposition}) => ({grade, qty: units, disposition})),
    })),
    label: labelView(found),
    send_by: time(found.send_by),
    ...(amounts ? {expected: money(found.expected_amount, currency), refund: back} : {}),
    requested_at: found.requested_at.toISOString(),
    received_at: time(found.received_at),
    inspected_at: time(found.inspected_at),
    ended_at: time(found.ended_at),
  };
}

function labelView({label_state, carrier, service, tracking_number, label_url}: returns): ReturnView['label'] {
  if (label_state !== 'bought' || !carrier || !service || !tracking_number || !label_url) return null;
  return {carrier, service, tracking_number, label_url};
}
