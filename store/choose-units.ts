import type {CancelInput, CancelOutcome} from './cancel-lines.ts';
import {isWithSupplier} from './cancel-supply.ts';
import {type Cancellable, findAllCancellable} from './cancel-units.ts';
import type {Tx} from './context.ts';
import type {order_lines} from './generated/client.ts';
import {findUnpickable, type Unpickable} from './unpick-units.ts';

interface Choice {
  outcome: CancelOutcome;
  takes: (Cancellable & {take: number})[];
  unpicks: (Unpickable & {take: number})[];
}

/** Line by line: units that nobody has touched first, then, where that is allowed, those that are to be put back. */
export async function chooseUnits(
  tx: Tx,
  lines: order_lines[],
  wanted: {line_id: string; qty: number}[],
  input: Pick<CancelInput, 'unpick' | 'until' | 'waiting_only'>,
): Promise<Choice> {
  const choice: Choice = {outcome: {cancelled: [], refused: []}, takes: [], unpicks: []};
  const until = input.unpick ? 'handover' : (input.until ?? 'pick');
  const all = merge(wanted);
  const touched = lines.filter(({id}) => all.some(({line_id}) => line_id === id));
  const open = await findAllCancellable(tx, touched);
  for (const want of all) {
    const line = touched.find((l) => l.id === want.line_id);
    let left = want.qty;
    const found = open.get(want.line_id) ?? [];
    const possible = input.waiting_only ? found.filter((part) => part.warehouse_id === null) : found;
    for (const part of possible) {
      const take = Math.min(left, part.qty);
      if (take > 0) choice.takes.push({...part, take});
      left -= take;
    }
    for (const part of line && left > 0 && !input.waiting_only && until !== 'pick'
      ? await findUnpickable(tx, line, until)
      : []) {
      const take = Math.min(left, part.qty);
      if (take > 0) choice.unpicks.push({...part, take});
      left -= take;
    }
    if (want.qty > left) choice.outcome.cancelled.push({line_id: want.line_id, qty: want.qty - left});
    if (left > 0)
      choice.outcome.refused.push({
        line_id: want.line_id,
        qty: left,
        code: line ? await whyNot(tx, line) : 'unknown_line',
      });
  }
  return choice;
}

function merge(wanted: {line_id: string; qty: number}[]): {line_id: string; qty: number}[] {
  const sums = new Map<string, number>();
  for (const w of wanted) sums.set(w.line_id, (sums.get(w.line_id) ?? 0) + w.qty);
  return [...sums].map(([line_id, qty]) => ({line_id, qty}));
}

async function whyNot(tx: Tx, line: order_lines): Promise<string> {
  if (line.cancelled === line.qty) return 'already_cancelled';
  if (await isWithSupplier(tx, line.id)) return 'with_supplier';
  if (line.ever_shipped > 0) return 'already_shipped';
  if (line.ever_picked > 0) return 'already_picked';
  return 'more_than_open';
}
