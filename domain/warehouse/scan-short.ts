import {notHere} from './scan-item.ts';
import {counted, isItem, refused, remaining, unfinished, within} from './scan-verdict.ts';
import type {ScanInput, ScanVerdict, TaskView} from './scan-verdict.ts';

/**
 * Units that are not in the bin: `qty` of them, or all that remain. The code (bin, SKU, barcode) may be left out
 * where only one stop is open. Fewer than remain leave the stop open for the others, so that no unit is forgotten.
 */
export function judgeShort(task: TaskView, {code, qty}: ScanInput): ScanVerdict {
  const here = within(task);
  const known = task.stops.some((stop) => stop.bin === code || isItem(stop, code));
  if (code !== '' && !known) return refused('unknown_code', 'This code is not in the task. Scan the bin or the item.');
  if (here.length === 0) return notOpened(task, code);
  const named = here.filter((stop) => code === '' || stop.bin === code || isItem(stop, code));
  const open = named.filter((stop) => stop.opened);
  const [stop, other] = open.length > 0 ? open : named;
  if (!stop) return notHere(task, code);
  if (other) return refused('unknown_code', 'Several items are open here. Scan the one that is missing.');
  const left = remaining(stop);
  const units = qty ?? left;
  if (units <= left) return counted(task, stop, 'short', units);
  return refused('too_many', `Only ${left} × ${stop.name} are still to pick, so no more than ${left} can be missing.`);
}

function notOpened(task: TaskView, code: string): ScanVerdict {
  const open = unfinished(task);
  const stop = open.find((candidate) => candidate.bin === code || isItem(candidate, code)) ?? open[0];
  return refused('wrong_bin', `Scan the bin first${stop ? `: go to bin ${stop.bin}` : ''}.`);
}
