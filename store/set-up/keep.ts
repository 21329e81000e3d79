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

/** A row as people give it, without when. */
export type Unwritten<R extends {updated_at: Date}> = Omit<R, 'updated_at'>;

interface Kept<R extends {updated_at: Date}> {
  /** of what, and which one */
  what: string;
  id: string;
  read: (tx: Tx) => Promise<R | null>;
  write: (tx: Tx, at: Date, before: R | null) => Promise<R>;
}

/** What is there is neither what its writer saw nor what they want. */
class Changed extends Error {}

/**
 * Writes what people set up, one at a time, if it still is as its writer saw it; else 'changed'. Its version grows, and
 * who changed what is kept. Where it is just as they want it, it was most likely they, and the answer was lost (RFC 9110, 13.1.1).
 */
export async function keep<R extends {updated_at: Date}>(
  context: StoreContext,
  setter: Setter,
  kept: Kept<R>,
): Promise<R | 'changed'> {
  return keepOrThrow(context, setter, kept).catch((error: unknown) => {
    if (error instanceof Changed) return 'changed';
    throw error;
  });
}

function keepOrThrow<R extends {updated_at: Date}>(
  context: StoreContext,
  {actor, seen}: Setter,
  {what, id, read, write}: Kept<R>,
): Promise<R> {
  return transact(context, async (tx) => {
    // what is not there yet has no row to lock; a file that is imported writes all of a kind alone
    await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${what}, 0)),
      pg_advisory_xact_lock(hashtextextended(${`${what}:${id}`}, 0))`;
    const before = await read(tx);
    const after = await write(tx, nextVersion(context, before), before);
    const changed = changes(before, after);
    if (Object.keys(changed).length > 0) {
      if (!isAsSeen(seen, before)) throw new Changed();
      await logDecision(context, tx, {kind: 'set_up', inputs: {what, id, by: actor}, output: changed});
    }
    return after;
  });
}

export function isAsSeen(seen: Seen, before: {updated_at: Date} | null): boolean {
  if (seen === 'anything') return true;
  return seen === 'nothing' ? before === null : versionOf(before) === seen;
}

/** When it was last written; 0 for what is not there. */
const versionOf = (row: {updated_at: Date} | null): number => row?.updated_at.getTime() ?? 0;

/** Now, or as soon behind the last one as can be told. */
export const nextVersion = ({now}: StoreContext, before: {updated_at: Date} | null): Date =>
  new Date(Math.max(now().getTime(), versionOf(before) + 1));

/** Whether all of it is there already. */
export const isThere = (given: object, before: object | null): boolean =>
  before !== null && Object.keys(changes(before, {...before, ...given})).length === 0;

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
