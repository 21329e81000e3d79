import type {StoreContext} from './context.ts';
import type {OutboxEvent} from './outbox.ts';

/** A text that one relay sends now, for as long as its lease runs. */
export interface TakenMessage {
  message_id: string;
  order_id: string;
  template: string;
  link: string;
  created_at: Date;
  /** the first attempt: what became of it may be unknown; null: nobody was asked yet */
  attempted_at: Date | null;
  attempts: number;
  /** while this stands in the row it is ours */
  taken_until: Date;
  event: OutboxEvent;
}

type Row = Omit<TakenMessage, 'message_id' | 'event'> & {id: string; event_id: string};

/**
 * Takes the text that is due the longest, for `leaseMs` of real time; null: none is. Of one order the earlier goes first,
 * and while it is under way no other does.
 */
export async function takeText(context: StoreContext, leaseMs: number): Promise<TakenMessage | null> {
  const {prisma} = context;
  const [row] = await prisma.$queryRaw<Row[]>`
    UPDATE messages SET taken_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
     WHERE id = (
      SELECT m.id FROM messages m JOIN events e ON e.id = m.event_id
       WHERE m.channel = 'sms' AND m.state IN ('waiting', 'sending') AND m.due_at <= ${context.now()}
         AND (m.taken_until IS NULL OR m.taken_until < clock_timestamp())
         AND NOT EXISTS (SELECT FROM messages b JOIN events f ON f.id = b.event_id
           WHERE b.order_id = m.order_id AND b.channel = 'sms' AND b.state IN ('waiting', 'sending') AND f.seq < e.seq)
       ORDER BY m.due_at, e.seq LIMIT 1 FOR UPDATE OF m SKIP LOCKED)
    RETURNING id, event_id, order_id, template, link, created_at, attempted_at, attempts, taken_until`;
  if (!row) return null;
  const {id, event_id, ...taken} = row;
  const {published_at: _published, ...event} = await prisma.events.findUniqueOrThrow({where: {id: event_id}});
  return {...taken, message_id: id, event: {...event, data: event.data as OutboxEvent['data']}};
}

/**
 * Writes down that the provider is asked now; false: somebody else has taken the text up since, and it is theirs.
 * What was written is how a later attempt knows that it has to look first.
 */
export async function beginAsking(
  context: StoreContext,
  {message_id, taken_until}: TakenMessage,
  segments: number,
): Promise<boolean> {
  const at = context.now();
  const rows = await context.prisma.$executeRaw`
    UPDATE messages SET state = 'sending', attempts = attempts + 1, asked_at = ${at}, segments = ${segments},
           attempted_at = COALESCE(attempted_at, ${at})
     WHERE id = ${message_id} AND taken_until = ${taken_until} AND state IN ('waiting', 'sending')`;
  return rows === 1;
}

/** Leaves it for later: until then by our clock (`due_at`), or after a pause of real time. */
export async function putOffText(
  context: StoreContext,
  {message_id, taken_until}: TakenMessage,
  later: {due_at: Date} | {pause: number},
): Promise<void> {
  const due = 'due_at' in later ? later.due_at : null;
  const pause = 'pause' in later ? later.pause / 1_000 : null;
  await context.prisma.$executeRaw`
    UPDATE messages SET due_at = COALESCE(${due}::timestamptz, due_at),
           taken_until = CASE WHEN ${pause}::float8 IS NULL THEN NULL
             ELSE clock_timestamp() + make_interval(secs => ${pause}::float8) END
     WHERE id = ${message_id} AND taken_until = ${taken_until} AND state IN ('waiting', 'sending')`;
}
