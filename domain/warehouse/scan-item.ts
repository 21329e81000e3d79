import {counted, isItem, refused, remaining, unfinished, within} from './scan-verdict.ts';
import type {ScanInput, ScanVerdict, TaskView} from './scan-verdict.ts';

/** A barcode or SKU: adds units (1 unless said) to the stop with that item in an opened bin. */
export function judgeItem(task: TaskView, {code, qty}: ScanInput): ScanVerdict {
  const units = qty ?? 1;
  const stop = within(task).find((candidate) => isItem(candidate, code));
  if (!stop) return notHere(task, code);
  const left = remaining(stop);
  if (units <= left) return counted(task, stop, 'pick', units);
  return refused('too_many', `Only ${left} × ${stop.name} to pick here. Put back ${units - left}.`);
}

/** Why an item cannot be counted, and where the picker should look. */
export function notHere(task: TaskView, code: string): ScanVerdict {
  const [expected] = unfinished(task);
  const item = task.stops.find((stop) => isItem(stop, code));
  const elsewhere = unfinished(task).find((stop) => isItem(stop, code));
  if (!task.stops.some((stop) => stop.opened)) {
    return refused('wrong_bin', `Scan the bin first${expected ? `: go to bin ${expected.bin}` : ''}.`);
  }
  if (elsewhere) {
    return refused('wrong_item', `${elsewhere.name} is to be picked from bin ${elsewhere.bin}. Scan that bin first.`);
  }
  if (item?.qty === 0) return refused('cancelled', `${item.name} was cancelled. Put this one back.`);
  if (item) return refused('too_many', `All of ${item.name} is picked. Put this one back.`);
  const [here] = within(task);
  const wanted = here ?? expected;
  const instead = wanted ? ` and pick ${wanted.name} from bin ${wanted.bin}` : '';
  return refused('wrong_item', `Wrong item. Put it back${instead}.`);
}
