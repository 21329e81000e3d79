import {groupBy} from './group-by.ts';
import {type OurMail, ourMails} from './mail-ledger.ts';
import {KINDS_OF_MAIL, kindOfMail, MAIL_OF_EVENT, mailName} from './mail-kinds.ts';
import type {Finding, World} from './types.ts';

interface MessageRow {
  id: string;
  order_id: string;
  template: string;
  channel: string;
  event_id: string;
  state: string;
  /** the row whose mail tells it too */
  told_by: string | null;
  /** that row is about the same order, tells the same kind of thing and has a mail of its own */
  told_in_place: boolean;
  /** the event's, null when there is none */
  event_order: string | null;
  event_type: string | null;
  seq: number | null;
  sub_order_id: string | null;
  /** seq of the event that somebody had it sent again by, for what was sent again */
  resent_seq: number | null;
}

function messageRows({sql}: World): Promise<MessageRow[]> {
  return sql<MessageRow>(
    // what was sent again tells of what its first told of
    `SELECT m.id, m.order_id, m.template, m.channel, m.event_id, m.state, m.told_by,
            EXISTS (SELECT FROM messages f WHERE f.id = m.told_by AND f.order_id = m.order_id AND f.template = m.template
              AND f.channel = m.channel AND f.told_by IS NULL) AS told_in_place, e.order_id AS event_order, e.type AS event_type,
            e.seq, e.sub_order_id, CASE WHEN s.type = 'order.message_resent' THEN s.seq END AS resent_seq
       FROM messages m LEFT JOIN events s ON s.id = m.event_id
       LEFT JOIN events e ON e.id = CASE WHEN s.type = 'order.message_resent' THEN (s.data->>'about')::uuid ELSE s.id END
      ORDER BY m.order_id, e.seq, m.id`,
  );
}

/** N1: one row for each event, template and channel, and one mail to one person for each row. */
export async function mailsAreSentOnce(world: World): Promise<Finding[]> {
  const rows = await messageRows(world);
  const twice = [...groupBy(rows, (row) => `${row.event_id} ${row.template} ${row.channel}`).values()]
    .filter((group) => group.length > 1)
    .map(([row, ...more]) => ({
      subject: world.nameOf(row?.order_id ?? null),
      sentence: `Order ${world.nameOf(row?.order_id ?? null)}: the ${mailName(row?.template)} about one event was written down ${more.length + 1} times.`,
    }));
  return world.mail ? [...twice, ...mailsAgainstRows(world, rows, ourMails(world.mail))] : twice;
}

function mailsAgainstRows(world: World, rows: readonly MessageRow[], mails: readonly OurMail[]): Finding[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  const unknown = mails.flatMap((mail) => {
    if (known.has(mail.row_id ?? '')) return [];
    const subject = world.nameOf(mail.order_id);
    return [
      {subject, sentence: `Order ${subject}: the mail "${mail.subject}" was sent, but nothing of ours asked for it.`},
    ];
  });
  const spread = mails
    .filter((mail) => mail.to.length !== 1)
    .map((mail) => {
      const subject = world.nameOf(mail.order_id);
      return {
        subject,
        sentence: `Order ${subject}: the mail "${mail.subject}" went to ${mail.to.length} people instead of one.`,
      };
    });
  const sent = groupBy(
    mails.filter((mail) => known.has(mail.row_id ?? '')),
    (mail) => {
      const row = known.get(mail.row_id ?? '');
      return `${row?.event_id} ${row?.template} ${mail.to.join()}`;
    },
  );
  const repeated = [...sent.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const subject = world.nameOf(known.get(group[0]?.row_id ?? '')?.order_id ?? null);
      return {subject, sentence: `Order ${subject}: the mail "${group[0]?.subject}" was sent ${group.length} times.`};
    });
  return [...unknown, ...spread, ...repeated];
}

interface DueMail {
  order_id: string;
  type: string;
  /** the row whose mail tells it: its own, or that of the first in its digest */
  row_id: string | null;
  state: string | null;
  /** waits for others of its order that are told with it */
  due_at: Date | null;
  /** of the mail it is told with; null: it has one of its own */
  first: string | null;
  /** the numbers its parcels have, of a shipment that left */
  numbers: string[] | null;
  /** the customer said once that they do not want mails of that kind */
  refused: boolean;
}

/** Every event that somebody must hear of, with its message; not those that another mail says, nor of erased customers. */
function dueMails({sql}: World): Promise<DueMail[]> {
  return sql<DueMail>(
    `SELECT e.order_id, e.type, coalesce(m.told_by, m.id) AS row_id, m.state, m.due_at,
            (SELECT f.state FROM messages f WHERE f.id = m.told_by) AS first,
            CASE WHEN e.type = 'sub_order.in_transit' THEN (SELECT array_agg(p.tracking_number) FROM parcels p
              WHERE p.sub_order_id = e.sub_order_id AND p.tracking_number IS NOT NULL) END AS numbers,
            EXISTS (SELECT FROM message_choices w WHERE w.customer_id = o.customer_id AND w.channel = 'email'
              AND NOT w.wanted AND w.kind = t.kind AND w.at <= greatest(m.created_at, m.due_at)) AS refused FROM events e
       JOIN (SELECT unnest($1::text[]) AS type, unnest($2::text[]) AS template, unnest($3::text[]) AS kind) t
         ON t.type = e.type
       JOIN orders o ON o.id = e.order_id LEFT JOIN customers c ON c.id = o.customer_id
       LEFT JOIN messages m ON m.event_id = e.id AND m.template = t.template AND m.channel = 'email'
      WHERE c.erased_at IS NULL
        AND NOT (e.type = 'order.lines_cancelled' AND EXISTS (SELECT FROM events b
          WHERE b.order_id = e.order_id AND b.seq < e.seq AND b.type = 'order.cancelled'))
        AND NOT (e.type = 'order.cancelled' AND EXISTS (SELECT FROM events b
          WHERE b.order_id = e.order_id AND b.seq < e.seq AND b.type = 'order.payment_declined'))
        AND NOT (e.type = 'order.refunded' AND EXISTS (SELECT FROM events b
          WHERE b.order_id = e.order_id AND b.seq < e.seq AND b.type = 'order.refunded_part'))
      ORDER BY e.order_id, e.seq`,
    [Object.keys(MAIL_OF_EVENT), Object.values(MAIL_OF_EVENT), Object.values(MAIL_OF_EVENT).map(kindOfMail)],
  );
}

/** N2: every event that a customer must hear of was told to them, unless another mail says it or their data is erased. */
export async function customersAreTold(world: World): Promise<Finding[]> {
  const arrived = world.mail && new Map(ourMails(world.mail).map((mail) => [mail.row_id, mail]));
  return (await dueMails(world)).flatMap((due) => {
    const wrong = whyUntold(world, due, arrived);
    const subject = world.nameOf(due.order_id);
    return wrong === null ? [] : [{subject, sentence: `Order ${subject}: ${wrong}.`}];
  });
}

function whyUntold(
  world: World,
  {type, row_id, state, due_at, first, numbers, refused}: DueMail,
  arrived: ReadonlyMap<string | null, OurMail> | null,
): string | null {
  const name = mailName(MAIL_OF_EVENT[type]);
  if (refused && state === 'dropped') return null;
  const waits = state === 'waiting' && (first ?? state) === state;
  if (waits && due_at && due_at.getTime() > world.now) return null;
  if (row_id === null || state !== 'sent') return `the customer was never sent the ${name}`;
  if (arrived && !arrived.has(row_id)) return `we believe that the ${name} was sent, but the mail server never got it`;
  return isLeftOut(numbers, arrived?.get(row_id)?.text)
    ? `the mail that was to be the ${name} does not name its parcel`
    : null;
}

const isLeftOut = (numbers: readonly string[] | null, text: string | undefined) =>
  numbers !== null && text !== undefined && !numbers.some((number) => text.includes(number));

/** N3: a mail tells of a move that its order or shipment made, and says so in its subject. */
export async function mailsTellTheTruth(world: World): Promise<Finding[]> {
  const mails = groupBy(world.mail ? ourMails(world.mail) : [], (mail) => mail.row_id);
  const cancelled = new Set(
    (await world.sql<{id: string}>('SELECT DISTINCT order_id AS id FROM order_lines WHERE cancelled > 0')).map(
      ({id}) => id,
    ),
  );
  return (await messageRows(world)).flatMap((row) => {
    const subject = world.nameOf(row.order_id);
    const wrong = untrue(world, row, cancelled) ?? mails.get(row.id)?.flatMap((mail) => misnamed(world, row, mail))[0];
    return wrong ? [{subject, sentence: `Order ${subject}: ${wrong}.`}] : [];
  });
}

function untrue(world: World, row: MessageRow, cancelled: ReadonlySet<string>): string | null {
  const kind = KINDS_OF_MAIL[row.template];
  const name = mailName(row.template);
  if (row.event_type === null || row.seq === null || row.event_order !== row.order_id)
    return `the ${name} was sent for something that never happened to it`;
  if (!kind || kind.event !== row.event_type)
    return `the ${name} was sent for "${row.event_type}", which is another thing`;
  if (row.told_by !== null && !row.told_in_place) return `the ${name} was to be told with a mail about another thing`;
  const {event_type, seq, sub_order_id} = row;
  const moves = (world.history.audit.get(row.order_id) ?? []).filter((move) => move.seq <= seq);
  const about = event_type.startsWith('sub_order.') ? sub_order_id : 'order';
  const told =
    about === 'order' &&
    (world.history.events.get(row.order_id) ?? []).some((e) => e.seq <= seq && e.patch?.['status'] === kind.state);
  if (kind.state && !told && !moves.some((move) => move.subject === about && move.to_state === kind.state))
    return `the ${name} was sent, but it was never ${kind.words}`;
  if (row.template === 'declined' && moves.some((move) => move.subject === 'order' && move.to_state === 'paid'))
    return `the customer was told that the payment was declined and the order is cancelled, but it was paid and went on`;
  if (row.template === 'lines_cancelled' && !cancelled.has(row.order_id))
    return `the ${name} was sent, but no unit of it was cancelled`;
  return null;
}

function misnamed(world: World, row: MessageRow, mail: OurMail): string[] {
  const kind = KINDS_OF_MAIL[row.template];
  const number = world.orders.get(row.order_id)?.number ?? '';
  if (mail.order_id !== row.order_id)
    return [`its mail "${mail.subject}" says that it is about ${world.nameOf(mail.order_id)}`];
  if (!mail.subject.includes(number)) return [`its mail "${mail.subject}" names another order`];
  if (kind && !kind.subject.test(mail.subject))
    return [`the mail "${mail.subject}" was sent where the ${mailName(row.template)} was due`];
  return [];
}

/** E3: the customer's first mails of an order came in the order of what happened. */
export async function mailsComeInSequence(world: World): Promise<Finding[]> {
  const rows = new Map((await messageRows(world)).map((row) => [row.id, row]));
  const told = (world.mail ? ourMails(world.mail) : []).flatMap((mail) => {
    const row = rows.get(mail.row_id ?? '');
    const seq = row?.resent_seq ?? row?.seq ?? null;
    return row && seq !== null ? [{order_id: row.order_id, seq, template: row.template}] : [];
  });
  return [...groupBy(told, (mail) => mail.order_id)].flatMap(([orderId, mails]) => {
    const late = mails.find((mail, i) => mails.slice(0, i).some((earlier) => earlier.seq > mail.seq));
    const before = late && mails.find((mail) => mail.seq > late.seq);
    if (!late || !before) return [];
    const subject = world.nameOf(orderId);
    const sentence = `Order ${subject}: the ${mailName(before.template)} was sent before the ${mailName(late.template)}, which happened first.`;
    return [{subject, sentence}];
  });
}
