import type {ScanAnswer} from '../api-types.ts';

/** Refusals that mean the work has gone on or away without us; none of them is anybody's mistake. */
const ELSEWHERE = new Set(['cancelled', 'done', 'not_yours', 'task_closed']);

/** `ok`, or `moved` when the task is no longer ours to do; anything else the floor refuses is a defect of somebody. */
export function workGoesOn(answer: ScanAnswer, what: string): 'ok' | 'moved' {
  if (answer.accepted) return 'ok';
  if (ELSEWHERE.has(answer.code)) return 'moved';
  throw new Error(`${what} was refused: ${answer.code} (${answer.message})`);
}
