import {judgeBin} from './scan-bin.ts';
import {judgeItem} from './scan-item.ts';
import {judgeShort} from './scan-short.ts';
import {refused} from './scan-verdict.ts';
import type {ScanInput, ScanVerdict, TaskView} from './scan-verdict.ts';

export type {NextPick, Refusal, ScanInput, ScanVerdict, StopView, TaskView} from './scan-verdict.ts';

/**
 * Judges one scan at a pick task without changing anything; the store applies the effect and claims an unclaimed task.
 * `bin` opens a stop, in any order the picker walks; `item` adds units to a stop of an opened bin; `short` says how
 * many units of it are not there. Refusals tell the picker what to do.
 * @param who the worker and the time (ms) against which another's lease is live
 */
export function judgeScan(task: TaskView, scan: ScanInput, who: {actor: string; now: number}): ScanVerdict {
  return refusedOutright(task, scan, who) ?? judgeByKind(task, {...scan, code: scan.code.trim()});
}

function judgeByKind(task: TaskView, scan: ScanInput): ScanVerdict {
  switch (scan.kind) {
    case 'bin':
      return judgeBin(task, scan.code);
    case 'item':
      return judgeItem(task, scan);
    case 'short':
      return judgeShort(task, scan);
    default:
      return scan.kind satisfies never;
  }
}

function refusedOutright(task: TaskView, scan: ScanInput, who: {actor: string; now: number}): ScanVerdict | null {
  if (task.state === 'cancelled') {
    return refused('cancelled', 'This task was cancelled. Put back what you picked and take the next task.');
  }
  if (task.state === 'done') return refused('done', 'This task is done. Take the next one.');
  const others = task.claimed_by !== null && task.claimed_by !== who.actor;
  if (others && task.lease_until !== null && task.lease_until > who.now) {
    return refused('not_yours', 'Somebody else is on this task. Take another one.');
  }
  if (task.kind !== 'pick') return refused('unknown_code', 'This task is to pack, not to pick. Scan the tote.');
  if (scan.kind !== 'short' && scan.code.trim() === '') return refused('unknown_code', 'Nothing was read. Scan again.');
  if (scan.qty !== undefined && scan.qty !== null && !(Number.isInteger(scan.qty) && scan.qty > 0)) {
    return refused('unknown_code', 'The number of units must be 1 or more. Enter it again.');
  }
  return null;
}
