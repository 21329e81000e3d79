import type {Problem} from './api.ts';
import type {Say, Word} from './words.ts';

/** Refusals of scans that mean the same wherever they come up. */
const SCANS: Readonly<Record<string, Word>> = {
  too_many: 'too_many',
  cancelled: 'cancelled',
  done: 'done',
  not_yours: 'not_yours',
  on_hold: 'on_hold',
};

/** Why a scan was not taken, in the language of whoever scans; null for a code nobody has words for. */
export function refusalOfScan(say: Say, code: string): string | null {
  const word = SCANS[code];
  return word ? say(word) : null;
}

/** What the server would not count though it was right when it was scanned: the unit is in somebody's hand by now. */
export function conflictOf(say: Say, kind: string, code: string): string | null {
  if (kind !== 'item') return refusalOfScan(say, code);
  if (code === 'not_yours') return say('conflict_theirs');
  return ['done', 'cancelled', 'too_many'].includes(code) ? say('conflict_back') : refusalOfScan(say, code);
}

export function refusalOfPacking(say: Say, code: string, values: {box: string; g: number; e: number}): string | null {
  if (code === 'wrong_weight') return say('wrong_weight', values);
  if (code === 'unknown_code') return say(values.box === '' ? 'unknown_code' : 'no_box', values);
  return refusalOfScan(say, code);
}

const BOOKINGS: Readonly<Record<string, Word>> = {
  task_closed: 'no_closed',
  stock_in_use: 'no_in_use',
  forbidden: 'no_right',
  not_found: 'no_transfer',
};

/** By the part of the request that is not known. */
const UNKNOWN: Readonly<Record<string, Word>> = {
  unknown_sku: 'unknown_product',
  unknown_bin: 'unknown_bin',
  unknown_from: 'no_site',
};

/** Why goods were not booked, and what to do; `asks`: more of the same delivery can be booked from here. */
export function refusalOfBooking(say: Say, problem: Problem, {asks, site}: {asks: boolean; site: boolean}): string {
  const {code, sent, free, there, errors} = problem;
  if (code === 'reference_reused') return say(asks ? 'no_reused' : 'no_reused_ask');
  if (code === 'not_that_many' && sent !== undefined) return say('no_sent', {n: sent});
  if (code === 'not_that_many') return say('no_free', {n: free ?? there ?? 0});
  const fault = errors?.[0];
  if (fault?.code === 'unknown_to') return say(site ? 'no_site' : 'unknown_bin');
  if (fault?.pointer === '/to') return say('no_same_bin');
  const word = BOOKINGS[code] ?? UNKNOWN[fault?.code ?? ''];
  return word ? say(word) : say('not_booked', {why: problem.detail});
}
