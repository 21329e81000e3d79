import {dispositionOf, type Grade} from '../domain/returns/terms.ts';
import type {StoreContext, Tx} from './context.ts';
import {lockReturn} from './lock-return.ts';
import type {return_findings, return_lines, returns} from './generated/client.ts';
import {moveReturn} from './move-return.ts';
import {isBin, RECEIVING_BIN} from './bins.ts';
import type {Actor} from './record-change.ts';
import {transact} from './transact.ts';

export interface FoundUnits {
  line_id: string;
  qty: number;
  grade: Grade;
  /** where units that may be sold again were put; the receiving area when not said */
  bin?: string;
}

export type InspectResult =
  | {outcome: 'inspected' | 'not_received' | 'inspected_before'; found: returns}
  /** more of a line, or another line, than the return is about */
  | {outcome: 'not_announced'; lines: {line_id: string; announced: number}[]}
  /** bins that the warehouse does not have */
  | {outcome: 'no_bin'; bins: string[]}
  | {outcome: 'unknown'};

/**
 * Writes down what was found in the parcel of a return; announced units that are not named are missing. The same
 * findings again change nothing.
 */
export function inspectReturn(
  context: StoreContext,
  input: {return_id: string; lines: readonly FoundUnits[]; note: string | null; by: Actor},
): Promise<InspectResult> {
  return transact(context, async (tx) => {
    const locked = await lockReturn(tx, input.return_id);
    if (!locked) return {outcome: 'unknown'};
    const {order, found} = locked;
    const lines = await tx.return_lines.findMany({where: {return_id: found.id}, orderBy: {line_id: 'asc'}});
    const over = overAnnounced(lines, input.lines);
    if (over.length > 0) return {outcome: 'not_announced', lines: over};
    const bins = await strangeBins(tx, found.warehouse_id, input.lines);
    if (bins.length > 0) return {outcome: 'no_bin', bins};
    const findings = sumUp(found.id, lines, input.lines);
    if (found.state !== 'received') {
      const same = await isSame(tx, found.id, findings);
      return {outcome: same ? 'inspected' : found.inspected_at ? 'inspected_before' : 'not_received', found};
    }
    await tx.return_findings.createMany({data: findings});
    const moved = await moveReturn(context, tx, order, found, {
      to: 'inspected',
      by: input.by,
      tell: true,
      columns: {inspected_at: context.now()},
      data: {findings: findings.map(({line_id, grade, qty, disposition}) => ({line_id, grade, qty, disposition}))},
      ...(input.note ? {note: input.note} : {}),
    });
    return {outcome: 'inspected', found: moved.found};
  });
}

function overAnnounced(lines: readonly return_lines[], found: readonly FoundUnits[]) {
  const sums = new Map<string, number>();
  for (const {line_id, qty} of found) sums.set(line_id, (sums.get(line_id) ?? 0) + qty);
  return [...sums].flatMap(([line_id, qty]) => {
    const announced = lines.find((line) => line.line_id === line_id)?.qty ?? 0;
    return qty > announced ? [{line_id, announced}] : [];
  });
}

async function strangeBins(tx: Tx, warehouse: string, found: readonly FoundUnits[]): Promise<string[]> {
  const strange: string[] = [];
  for (const bin of new Set(found.flatMap((line) => line.bin ?? []))) {
    if (!(await isBin(tx, warehouse, bin))) strange.push(bin);
  }
  return strange;
}

/** One row for each line and grade, with what becomes of the units. */
function sumUp(returnId: string, lines: readonly return_lines[], found: readonly FoundUnits[]): return_findings[] {
  const rows = new Map<string, return_findings>();
  const add = (line_id: string, grade: Grade, qty: number, bin: string | null) => {
    const key = `${line_id} ${grade}`;
    const row = rows.get(key);
    const disposition = dispositionOf(grade);
    const place = disposition === 'restock' ? (bin ?? RECEIVING_BIN) : null;
    if (row) row.qty += qty;
    else rows.set(key, {return_id: returnId, line_id, grade, qty, disposition, bin: place});
  };
  for (const {line_id, grade, qty, bin} of found) add(line_id, grade, qty, bin ?? null);
  for (const {line_id, qty} of lines) {
    const named = found.filter((f) => f.line_id === line_id).reduce((sum, f) => sum + f.qty, 0);
    if (named < qty) add(line_id, 'missing', qty - named, null);
  }
  return [...rows.values()];
}

async function isSame(tx: Tx, returnId: string, findings: readonly return_findings[]): Promise<boolean> {
  const stored = await tx.return_findings.findMany({where: {return_id: returnId}});
  const text = (rows: readonly return_findings[]) =>
    rows
      .map(({line_id, grade, qty}) => `${line_id} ${grade} ${qty}`)
      .sort()
      .join();
  return stored.length > 0 && text(stored) === text(findings);
}
