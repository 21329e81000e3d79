import {nextPick, refused, remaining, unfinished} from './scan-verdict.ts';
import type {ScanVerdict, StopView, TaskView} from './scan-verdict.ts';

/** A bin label: opens the first unfinished stop there, be it the expected one or another of the task. */
export function judgeBin(task: TaskView, code: string): ScanVerdict {
  const open = unfinished(task);
  const stop = open.find((candidate) => candidate.bin === code);
  if (!stop) return refused('wrong_bin', wrongBin(task, code, open[0]));
  const left = remaining(stop);
  return {
    accepted: true,
    effect: {stop_id: stop.stop_id, kind: 'open', qty: 0},
    closes_stop: false,
    closes_task: false,
    next: nextPick(stop, left),
    code: 'ok',
    message: `Pick ${left} × ${stop.name}.`,
  };
}

function wrongBin(task: TaskView, code: string, expected: StopView | undefined): string {
  const go = expected ? `Go to bin ${expected.bin}.` : 'Take the next task.';
  const finished = task.stops.some((stop) => stop.bin === code);
  return finished ? `Nothing is left to pick from bin ${code}. ${go}` : `Bin ${code} is not in this task. ${go}`;
}
