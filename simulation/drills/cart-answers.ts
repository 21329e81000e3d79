import {readFileSync} from 'node:fs';
import type {Reply} from '../http.ts';

export interface Cart {
  lines: readonly {sku: string; qty: number}[];
  /** its last answer */
  reply: Reply;
}

interface Body {
  code?: string;
  order_id?: string;
  errors?: {pointer: string; code: string}[];
}

const bodyOf = ({body}: Reply) => (typeof body === 'object' && body !== null ? body : {}) as Body;

export const nameOf = (reply: Reply) => `${reply.status} ${bodyOf(reply).code ?? ''}`.trimEnd();

/**
 * What a cart may be told in the end: its order, or that the shelf is empty, with a pointer at a line that cannot wait.
 * Null when it was.
 */
export function wrongEnd({lines, reply}: Cart, mayWait: (sku: string) => boolean): string | null {
  const {code, order_id, errors = []} = bodyOf(reply);
  if (reply.status === 201 || reply.status === 202) return order_id ? null : 'a cart was taken without an order';
  if (reply.status !== 409 || code !== 'out_of_stock') return `a cart was answered ${nameOf(reply)}`;
  const named = errors.map(({pointer}) => lines[Number(/^\/lines\/(\d+)\/qty$/.exec(pointer)?.[1] ?? -1)]);
  if (named.length === 0 || named.includes(undefined)) return 'out_of_stock without the lines it is about';
  return named.some((line) => line && !mayWait(line.sku)) ? null : 'out_of_stock for lines that could have waited';
}

const PUT_OFF: Readonly<Record<number, string>> = {
  409: 'request_in_progress',
  429: 'rate_limited',
  503: 'unavailable',
};

/** Whoever is put off is told for how long, by the answers there are for it; null when that was so. */
export function wrongDelay(reply: Reply): string | null {
  const told = Number(reply.headers['retry-after']);
  const expected = PUT_OFF[reply.status];
  if (!expected || expected !== bodyOf(reply).code)
    return `somebody was answered ${nameOf(reply)} and had to ask again`;
  return told > 0 ? null : `${nameOf(reply)} came without Retry-After`;
}

const LOST_RACE = /\b(40P01|40001|P2034)\b|deadlock|write ?conflict/i;

/** Why the service could not answer, by its own log: how often for each reason. */
export function reasonsOf(logFile: string): Record<string, number> {
  const reasons: Record<string, number> = {};
  for (const line of readFileSync(logFile, 'utf8').split('\n')) {
    if (!line.includes('cannot answer right now')) continue;
    const {err} = JSON.parse(line) as {err?: {message?: string; code?: string}};
    const reason = LOST_RACE.test(line) ? 'deadlock' : (err?.message ?? 'unknown').split('\n').at(-1)?.trim();
    reasons[reason ?? 'unknown'] = (reasons[reason ?? 'unknown'] ?? 0) + 1;
  }
  return reasons;
}
