import {isItem, refused, remaining, type ScanInput, type StopView, type TaskView, unfinished} from './scan-verdict.ts';
import type {Refusal} from './scan-verdict.ts';

export type UnpickVerdict =
  | {
      accepted: true;
      effect: {stop_id: string; kind: 'open' | 'back'; qty: number};
      closes_task: boolean;
      next: {bin: string; sku: string; name: string; remaining: number} | null;
      message: string;
    }
  | {accepted: false; code: Refusal; message: string};

/** Judges a scan at a task to put picked units back to their bins: first the bin, then each item that goes into it. */
export function judgeUnpick(task: TaskView, scan: ScanInput, who: {actor: string; now: number}): UnpickVerdict {
  if (task.state !== 'open') return refuse('done', 'Everything of this task is put back. Take the next one.');
  const others = task.claimed_by !== null && task.claimed_by !== who.actor;
  if (others && task.lease_until !== null && task.lease_until > who.now) {
    return refuse('not_yours', 'Somebody else is on this task. Take another one.');
  }
  if (scan.kind === 'short')
    return refuse('unknown_code', 'What is missing here is counted by the lead. Scan the items.');
  return scan.kind === 'bin' ? judgeBin(task, scan.code.trim()) : judgeItem(task, scan);
}

function judgeBin(task: TaskView, code: string): UnpickVerdict {
  const [expected] = unfinished(task);
  const stop = unfinished(task).find((candidate) => candidate.bin === code);
  if (!stop) return refuse('wrong_bin', `Nothing goes back to bin ${code}. ${goTo(expected)}`);
  const left = remaining(stop);
  return {
    accepted: true,
    effect: {stop_id: stop.stop_id, kind: 'open', qty: 0},
    closes_task: false,
    next: nextOf(stop, left),
    message: `Put back ${left} × ${stop.name}.`,
  };
}

function judgeItem(task: TaskView, {code, qty}: ScanInput): UnpickVerdict {
  const units = qty ?? 1;
  const opened = task.stops.find((stop) => stop.opened);
  const [expected] = unfinished(task);
  if (!opened) return refuse('wrong_bin', `Scan the bin first. ${goTo(expected)}`);
  const stop = unfinished(task).find((candidate) => candidate.bin === opened.bin && isItem(candidate, code.trim()));
  if (!stop) return refuse('wrong_item', `This does not go back to bin ${opened.bin}. ${goTo(expected)}`);
  const left = remaining(stop);
  if (!Number.isInteger(units) || units < 1 || units > left) {
    return refuse('too_many', `Only ${left} × ${stop.name} go back here.`);
  }
  const after = unfinished(task).filter((other) => other.stop_id !== stop.stop_id || left > units);
  const next = after.find((other) => other.bin === stop.bin) ?? after[0];
  const nextLeft = next ? remaining(next) - (next.stop_id === stop.stop_id ? units : 0) : 0;
  return {
    accepted: true,
    effect: {stop_id: stop.stop_id, kind: 'back', qty: units},
    closes_task: !next,
    next: next ? nextOf(next, nextLeft) : null,
    message: next ? `${goTo(next)} Put back ${nextLeft} × ${next.name}.` : 'All put back. Take the next task.',
  };
}

const goTo = (stop: StopView | undefined) => (stop ? `Go to bin ${stop.bin}.` : 'Take the next task.');
const nextOf = ({bin, sku, name}: StopView, left: number) => ({bin, sku, name, remaining: left});
const refuse = (code: Refusal, message: string) => refused(code, message) as UnpickVerdict;
