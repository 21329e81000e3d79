import type {StoreContext} from './context.ts';
import type {Actor} from './record-change.ts';

export interface DeskRead {
  by: Actor;
  what: 'search' | 'dossier' | 'past';
  /** the words asked for, which are kept as a keyed hash only */
  asked?: string;
  /** by what the orders were found */
  kinds?: readonly string[];
  order_ids: readonly string[];
  request_id: string;
}

/** Writes down who of the office saw whose data, before they see it. */
export async function recordDeskRead(context: StoreContext, read: DeskRead): Promise<void> {
  await context.prisma.desk_reads.create({
    data: {
      at: context.now(),
      actor: read.by.actor,
      role: read.by.role,
      what: read.what,
      asked_hash: read.asked === undefined ? null : context.vault.hash('search', read.asked.trim().toLowerCase()),
      kinds: [...(read.kinds ?? [])],
      order_ids: [...read.order_ids],
      request_id: read.request_id,
    },
  });
}

/** Milliseconds within which looking again is the same look: pages ask every few seconds. */
const ONE_LOOK = 15 * 60_000;

/** The same for one order that somebody has before them: once for each sitting. */
export async function recordLook(context: StoreContext, read: DeskRead & {order_id: string}): Promise<void> {
  const known = await context.prisma.desk_reads.findFirst({
    where: {
      actor: read.by.actor,
      what: read.what,
      at: {gt: new Date(context.now().getTime() - ONE_LOOK)},
      order_ids: {has: read.order_id},
    },
    select: {id: true},
  });
  if (!known) await recordDeskRead(context, read);
}
