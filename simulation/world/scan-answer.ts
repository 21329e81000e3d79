import type {ScanAnswer} from '../api-types.ts';

/** Refusals that mean the work has gone on or away without us; none of them is anybody's mistake. */
const ELSEWHERE = new Set(['cancelled', 'done', 'not_yours', 'task_closed']);

/** What a stop refuses whose units went to another bin or place while somebody walked there. */
const CHANGED = new Set(['too_many', 'wrong_bin', 'wrong_item']);

/**
 * `ok`, or `moved` when the task is no longer ours to do; anything else the floor refuses is a defect of somebody.
 * `changing`: the stock of the order is being counted, or its site switched off.
 */
export function workGoesOn(answer: ScanAnswer, what: string, changing = false): 'ok' | 'moved' {
  if (answer.accepted) return 'ok';
  if (ELSEWHERE.has(answer.code) || (changing && CHANGED.has(answer.code))) return 'moved';
  throw new Error(`${what} was refused: ${answer.code} (${answer.message})`);
}
