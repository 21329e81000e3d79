import {groupBy} from './group-by.ts';
import {linkIn, type SentText} from './text-ledger.ts';
import type {EventRow} from './history.ts';
import type {Finding, World} from './types.ts';

interface TextRow {
  id: string;
  order_id: string;
  template: string;
  state: string;
  reason: string | null;
  link: string | null;
  due_at: Date | null;
  asked_at: Date | null;
  /** the event's; null: there is none */
  seq: number | null;
  sub_order_id: string | null;
  /** the customer said once that they want no texts of that kind */
  refused: boolean;
  /** they had said so some time before it was asked for */
  stopped: boolean;
  /** some number of theirs is known */
  has_phone: boolean;
}

/** Every text of the product, written down a second time on purpose: by event, its kind, and what its words are known by. */
const TEXTS: Readonly<Record<string, {event: string; kind: string; name: string; words: RegExp}>> = {
  payment_needed: {
    event: 'order.payment_needed',
    kind: 'payment',
    name: 'text that asks for money',
    words: /bank needs you|bank braucht sie|banque a besoin|مصرفك/i,
  },
  out_for_delivery: {
    event: 'sub_order.out_for_delivery',
    kind: 'arrival',
    name: 'text that it arrives today',
    words: /arrives today|kommt heute|arrive aujourd|اليوم/i,
  },
  delivered: {
    event: 'sub_order.delivered',
    kind: 'arrival',
    name: 'text of the delivery',
    words: /was delivered|wurde zugestellt|a (e|é)t(e|é) livr(e|é)e|تم تسليم/i,
  },
  delayed: {
    event: 'sub_order.delayed',
    kind: 'delay',
    name: 'text of the delay',
    words: /is delayed|verspätet|a du retard|تأخر/i,
  },
};

const nameOf = (template: string | undefined) => TEXTS[template ?? '']?.name ?? `text "${template}"`;

function textRows({sql, speed}: World): Promise<TextRow[]> {
  const kinds = Object.entries(TEXTS);
  return sql<TextRow>(
    `SELECT m.id, m.order_id, m.template, m.state, m.reason, m.link, m.due_at, m.asked_at, e.seq, e.sub_order_id,
            EXISTS (SELECT FROM message_choices w WHERE w.customer_id = o.customer_id AND w.channel = 'sms'
              AND NOT w.wanted AND w.kind = t.kind) AS refused,
            COALESCE((SELECT NOT w.wanted FROM message_choices w WHERE w.customer_id = o.customer_id AND w.channel = 'sms'
              AND w.kind = t.kind AND w.at < m.asked_at - make_interval(secs => $3) ORDER BY w.at DESC, w.id DESC LIMIT 1),
              false) AS stopped,
            EXISTS (SELECT FROM blind_index b WHERE b.customer_id = o.customer_id AND b.kind = 'phone') AS has_phone
       FROM messages m LEFT JOIN events e ON e.id = m.event_id JOIN orders o ON o.id = m.order_id
       LEFT JOIN (SELECT unnest($1::text[]) AS template, unnest($2::text[]) AS kind) t ON t.template = m.template
      WHERE m.channel = 'sms' ORDER BY m.order_id, e.seq, m.id`,
    [kinds.map(([template]) => template), kinds.map(([, {kind}]) => kind), (JUST_BEFORE / 1_000) * speed],
  );
}

/** N1: one text at the provider for each that is written down, to one number, and none that nobody wrote down. */
export async function textsAreSentOnce(world: World): Promise<Finding[]> {
  if (!world.texts) return [];
  const rows = new Map((await textRows(world)).map((row) => [row.link, row]));
  const sent = groupBy(world.texts.texts, ({body}) => linkIn(body) ?? '');
  return [...sent].flatMap(([link, texts]) => {
    const row = rows.get(link);
    const body = texts[0]?.body ?? '';
    if (!row) return [{subject: body, sentence: `The text "${body}" was sent, but nothing of ours asked for it.`}];
    if (texts.length === 1) return [];
    return [finding(world, row, `the ${nameOf(row.template)} was sent ${texts.length} times`)];
  });
}

/** N2: every event that is told by text has one, which was sent, or has the reason why not, and that reason is true. */
export async function customersAreTexted(world: World): Promise<Finding[]> {
  const rows = await textRows(world);
  // without a provider of texts there are none
  if (!world.texts) return [];
  const arrived = new Set(world.texts.texts.map(({body}) => linkIn(body)));
  const refusals = new Set(world.texts.refusals.map(({body, code}) => `${linkIn(body)} refused_${code}`));
  const untold = await eventsWithoutText(world);
  return [
    ...untold,
    ...rows.flatMap((row) => {
      const wrong = whyWrong(world, row, arrived, refusals);
      return wrong === null ? [] : [finding(world, row, wrong)];
    }),
  ];
}

function whyWrong(
  world: World,
  row: TextRow,
  arrived: ReadonlySet<string | null>,
  refusals: ReadonlySet<string>,
): string | null {
  const {state, reason, template, due_at} = row;
  const name = nameOf(template);
  if (state === 'sent' && row.stopped) return `the ${name} was sent, though they had said that they want none`;
  if (state === 'sent')
    return arrived.has(row.link) ? null : `we believe that the ${name} was sent, but the provider never got it`;
  if (state === 'waiting' && due_at && due_at.getTime() > world.now) return null;
  if (state !== 'dropped') return `the ${name} was never sent`;
  if (reason === 'unwanted')
    return row.refused ? null : `the ${name} was kept back, though nobody said that it is not wanted`;
  if (reason === 'no_phone') return row.has_phone ? `the ${name} was kept back, though we know a number` : null;
  if (reason === 'overtaken') {
    return overtakenBy(world, row).length > 0 || template === 'payment_needed'
      ? null
      : `the ${name} was dropped as overtaken, though nothing had happened since`;
  }
  if (reason?.startsWith('refused_')) {
    return refusals.has(`${row.link} ${reason}`)
      ? null
      : `the ${name} was given up, though the provider never refused it`;
  }
  return ['bad_phone', 'too_late', 'erased'].includes(reason ?? '') ? null : `the ${name} was never sent`;
}

/** Since there are texts: what happened before they were switched on was told by mail alone. */
async function eventsWithoutText(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; type: string}>(
    `SELECT e.order_id, e.type FROM events e JOIN orders o ON o.id = e.order_id JOIN customers c ON c.id = o.customer_id
      WHERE e.type = ANY($1) AND e.published_at IS NOT NULL
        AND e.at >= (SELECT min(created_at) FROM messages WHERE channel = 'sms') AND c.erased_at IS NULL
        AND NOT EXISTS (SELECT FROM messages m WHERE m.event_id = e.id AND m.channel = 'sms') ORDER BY 1, 2`,
    [Object.values(TEXTS).map(({event}) => event)],
  );
  return rows.map(({order_id, type}) => {
    const subject = world.nameOf(order_id);
    return {subject, sentence: `Order ${subject}: no text was ever thought of for "${type}".`};
  });
}

/** What ends the truth of a text about a shipment. */
const OVERTAKES: Readonly<Record<string, RegExp>> = {
  out_for_delivery: /^sub_order\.(delivered|exception|return_to_sender|cancelled)$/,
  delayed: /^sub_order\.(delivered|delayed|exception|return_to_sender|cancelled)$/,
};

const overtakenBy = (world: World, {order_id, seq, sub_order_id, template}: TextRow): EventRow[] =>
  (world.history.events.get(order_id) ?? []).filter(
    (event) =>
      event.seq > (seq ?? 0) &&
      (event.sub_order_id === sub_order_id || event.sub_order_id === null) &&
      OVERTAKES[template]?.test(event.type) === true,
  );

/** Real milliseconds between the last look at how things stand and the request. */
const JUST_BEFORE = 2_000;

/** N3: a text says what its event says, of the order it names, not before it was due, and nothing that was over by then. */
export async function textsTellTheTruth(world: World): Promise<Finding[]> {
  const sent = groupBy(world.texts?.texts ?? [], ({body}) => linkIn(body) ?? '');
  return (await textRows(world)).flatMap((row) => {
    const wrong = stale(world, row) ?? sent.get(row.link ?? '')?.flatMap((text) => misworded(world, row, text))[0];
    return wrong ? [finding(world, row, wrong)] : [];
  });
}

function stale(world: World, row: TextRow): string | null {
  const {asked_at, due_at, state} = row;
  if (state !== 'sent' || !asked_at) return null;
  if (due_at && asked_at < due_at) return `the ${nameOf(row.template)} was sent before it was due`;
  const before = asked_at.getTime() - JUST_BEFORE * world.speed;
  const over = overtakenBy(world, row).find(({at}) => at.getTime() < before);
  return over ? `the ${nameOf(row.template)} was sent when it was no longer so ("${over.type}")` : null;
}

function misworded(world: World, row: TextRow, {body}: SentText): string[] {
  const kind = TEXTS[row.template];
  const number = world.orders.get(row.order_id)?.number ?? '';
  if (!body.includes(number)) return [`its text "${body}" names another order`];
  if (!kind?.words.test(body)) return [`the text "${body}" was sent where the ${nameOf(row.template)} was due`];
  return [];
}

/** E3: the texts of an order came in the order of what happened. */
export async function textsComeInSequence(world: World): Promise<Finding[]> {
  const rows = new Map((await textRows(world)).map((row) => [row.link, row]));
  const told = (world.texts?.texts ?? []).flatMap(({body}) => rows.get(linkIn(body)) ?? []);
  return [...groupBy(told, (row) => row.order_id).values()].flatMap((texts) => {
    const late = texts.find((row, i) => texts.slice(0, i).some((earlier) => (earlier.seq ?? 0) > (row.seq ?? 0)));
    const before = late && texts.find((row) => (row.seq ?? 0) > (late.seq ?? 0));
    return late && before
      ? [
          finding(
            world,
            late,
            `the ${nameOf(before.template)} was sent before the ${nameOf(late.template)}, which happened first`,
          ),
        ]
      : [];
  });
}

function finding(world: World, {order_id}: TextRow, wrong: string): Finding {
  const subject = world.nameOf(order_id);
  return {subject, sentence: `Order ${subject}: ${wrong}.`};
}
