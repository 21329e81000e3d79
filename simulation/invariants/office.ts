import type {Finding, World} from './types.ts';

/** Whose business customers are, written down a second time on purpose. */
const MAY_LOOK: readonly string[] = ['support', 'ops', 'finance', 'admin'];

const WRONG_LOOK = {
  nameless: 'nobody knows who looked, or by which request',
  stranger: 'it was no business of theirs',
  words: 'what was asked for is kept in words',
  unasked: 'nobody knows what was asked for',
  wide: 'somebody who opened one order saw several, or none',
  nothing: 'it is not there',
} as const;

/** A4: who of the office saw whose orders is on record; what they asked for, as a keyed hash only. */
export async function looksAreOnRecord({sql, nameOf}: World): Promise<Finding[]> {
  const rows = await sql<{what: string; role: string; order_id: string | null; wrong: keyof typeof WRONG_LOOK}>(
    `SELECT r.what, r.role, found.order_id, found.wrong FROM desk_reads r, LATERAL (
       SELECT seen.id AS order_id, 'nothing' AS wrong FROM unnest(r.order_ids) AS seen(id)
          WHERE NOT EXISTS (SELECT FROM orders o WHERE o.id = seen.id)
       UNION ALL SELECT r.order_ids[1], flaw.wrong FROM (VALUES
         ('nameless', r.actor = '' OR r.role = '' OR r.request_id = ''),
         ('stranger', r.role <> '' AND r.role <> ALL ($1::text[])),
         ('words', r.asked_hash !~ '^[0-9a-f]{64}$'),
         ('unasked', r.what = 'search' AND r.asked_hash IS NULL),
         ('wide', r.what <> 'search' AND cardinality(r.order_ids) <> 1)) AS flaw(wrong, so) WHERE flaw.so
     ) AS found ORDER BY r.id`,
    [MAY_LOOK],
  );
  return rows.map(({what, role, order_id, wrong}) => {
    const subject = order_id === null ? what : nameOf(order_id);
    return {
      subject,
      sentence: `A look of the office (${what}, by ${role || 'nobody'}) at ${subject}: ${WRONG_LOOK[wrong]}.`,
    };
  });
}

/** Real milliseconds by which the clocks of two machines may differ. */
const CLOCKS = 2_000;

interface Edit {
  order_id: string;
  version: number;
  who: string;
  nameless: boolean;
  /** no step of the order has this number */
  never: boolean;
  /** the order had gone on before */
  late: boolean;
}

/** A5: whoever changes an order on what they saw is known by name, and saw it as it was just then. */
export async function editsAreMeant({sql, nameOf, speed}: World): Promise<Finding[]> {
  const rows = await sql<Edit>(
    `SELECT e.order_id, e.version, COALESCE(NULLIF(e.actor, ''), 'nobody') AS who,
            e.actor = '' OR e.role = '' OR e.request_id = '' AS nameless, seen.seq IS NULL AS never,
            COALESCE(next.at < e.at - make_interval(secs => $1), false) AS late
       FROM order_edits e LEFT JOIN events seen ON seen.order_id = e.order_id AND seen.seq = e.version
       LEFT JOIN events next ON next.order_id = e.order_id AND next.seq = e.version + 1
      ORDER BY e.order_id, e.version`,
    [(CLOCKS / 1_000) * speed],
  );
  return rows.flatMap(({order_id, version, who, nameless, never, late}) => {
    const wrong = never
      ? 'which it never had'
      : nameless
        ? 'and nobody knows who that is, or by which request'
        : late && 'when it had gone on since';
    if (!wrong) return [];
    const subject = nameOf(order_id);
    return [{subject, sentence: `Order ${subject}: ${who} changed it as of step ${version}, ${wrong}.`}];
  });
}

/** At rest: a version that somebody took for a change has another after it, else nobody can change the order. */
export async function editsCameToSomething({sql, nameOf}: World): Promise<Finding[]> {
  const rows = await sql<{order_id: string; version: number; actor: string}>(
    `SELECT e.order_id, e.version, e.actor FROM order_edits e JOIN orders o ON o.id = e.order_id
      WHERE e.version = o.last_seq ORDER BY e.order_id`,
  );
  return rows.map(({order_id, version, actor}) => {
    const subject = nameOf(order_id);
    const sentence = `Order ${subject}: ${actor} began to change it as of step ${version}, and nothing came of it.`;
    return {subject, sentence};
  });
}
