import type {StoreContext, Tx} from '../context.ts';
import {logDecision} from '../log-decision.ts';
import {transact} from '../transact.ts';

/** What somebody had before them who sets something up: whatever it was, that there was nothing, or a version of it. */
export type Seen = 'anything' | 'nothing' | number;

/** Who sets something up, and what they saw of it. */
export interface Setter {
  actor: string;
  seen: Seen;
}

export const anyhow = (actor: string): Setter => ({actor, seen: 'anything'});

interface Kept<R extends object> {
  /** of what, and which one */
  what: string;
  id: string;
  read: (tx: Tx) => Promise<R | null>;
  write: (tx: Tx, at: Date, before: R | null) => Promise<R>;
}

/**
 * Writes what people set up, one at a time, if it still is as its writer saw it; else 'changed'. Its version grows, and
 * who changed what is kept.
 */
export function keep<R extends object>(
  context: StoreContext,
  {actor, seen}: Setter,
  {what, id, read, write}: Kept<R>,
): Promise<R | 'changed'> {
  return transact(context, async (tx) => {
    // what is not there yet has no row to lock; a file that is imported writes all of a kind alone
    await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${what}, 0)),
      pg_advisory_xact_lock(hashtextextended(${`${what}:${id}`}, 0))`;
    const before = await read(tx);
    if (!isAsSeen(seen, before)) return 'changed';
    const at = Math.max(context.now().getTime(), (versionOf(before) ?? 0) + 1);
    const after = await write(tx, new Date(at), before);
    const changed = changes(before, after);
    if (Object.keys(changed).length > 0) {
      await logDecision(context, tx, {kind: 'set_up', inputs: {what, id, by: actor}, output: changed});
    }
    return after;
  });
}

export function isAsSeen(seen: Seen, before: object | null): boolean {
  if (seen === 'anything') return true;
  return seen === 'nothing' ? before === null : versionOf(before) === seen;
}

/** When it was last written; undefined for what keeps no time, and what is not there. */
function versionOf(row: object | null): number | undefined {
  return row && 'updated_at' in row && row.updated_at instanceof Date ? row.updated_at.getTime() : undefined;
}

/** Written down as changed, not as what: addresses of people, secrets, and what changes with every write. */
const UNTOLD = /^(email|webhook_url|name|address|secret_.*)$/;

/** By field, what it was and what it is. */
function changes(before: object | null, after: object): Record<string, unknown> {
  const plain = (value: unknown) => JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? Number(v) : v));
  const was = (before ?? {}) as Record<string, unknown>;
  const fields = Object.entries(after).filter(
    ([field, value]) => field !== 'updated_at' && plain(was[field]) !== plain(value),
  );
  return Object.fromEntries(
    fields.map(([field, value]) => [field, UNTOLD.test(field) ? 'changed' : [was[field] ?? null, value]]),
  );
}
