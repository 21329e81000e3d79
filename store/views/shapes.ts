/** How rows look in the public JSON. */

export interface MoneyView {
  amount: number;
  currency: string;
}

export const money = (amount: bigint | number, currency: string): MoneyView => ({amount: Number(amount), currency});

export const time = (at: Date | null): string | null => at?.toISOString() ?? null;

export interface WaitingView {
  name: string;
  since: string;
  deadline: string | null;
}

interface WaitingColumns {
  waiting_on: string | null;
  waiting_since: Date | null;
  waiting_deadline: Date | null;
  updated_at: Date;
}

export function waitingView(row: WaitingColumns): WaitingView | null {
  if (row.waiting_on === null) return null;
  const since = (row.waiting_since ?? row.updated_at).toISOString();
  return {name: row.waiting_on, since, deadline: time(row.waiting_deadline)};
}

/** Rows by the value of one column, in their order. */
export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** The time and id of the last row seen; null for text that is no cursor of ours. */
export function readTimeCursor(text: string | undefined): {at: Date; id: string} | null {
  const [time, id] = readCursor(text) ?? [];
  const at = new Date(time ?? '');
  return id === undefined || Number.isNaN(at.getTime()) ? null : {at, id};
}

function readCursor(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const fits = Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
    return fits ? (value as string[]) : null;
  } catch {
    return null;
  }
}

export const writeCursor = (parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

export interface Page<T> {
  items: T[];
  /** null on the last page */
  next: string | null;
}

/** `rows` were asked for with one more than `limit`. */
export function toPage<R, T>(rows: R[], limit: number, view: (row: R) => T, cursor: (row: R) => string[]): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown[shown.length - 1];
  return {items: shown.map(view), next: rows.length > limit && last ? writeCursor(cursor(last)) : null};
}
