import {searchFiles} from './search-files.ts';
import type {Finding, World} from './types.ts';

/** P1: what must be unreadable is; and with marked values at hand, none of them is to be found anywhere in the open. */
export async function personalDataIsSealed(world: World): Promise<Finding[]> {
  return [
    ...(await sealedRows(world)),
    ...(await keysAndIndexes(world)),
    ...(await markedValuesInRecords(world)),
    ...(await markedValuesInFiles(world)),
  ];
}

/** Sealed text is bytes of no encoding, with its nonce and tag; its customer's key is wrapped. */
async function sealedRows(world: World): Promise<Finding[]> {
  const rows = await world.sql<{subject: string; field: string; keyless: boolean}>(
    `SELECT p.subject, p.field, k.customer_id IS NULL AS keyless
       FROM personal_data p LEFT JOIN customer_keys k USING (customer_id) LEFT JOIN customers c ON c.id = p.customer_id
      WHERE length(p.iv) <> 12 OR length(p.tag) <> 16 OR length(p.ciphertext) = 0
         OR encode(p.ciphertext, 'escape') !~ '\\\\[0-7]{3}'
         OR (p.ciphertext LIKE '{"%"}'::bytea AND position('":'::bytea IN p.ciphertext) > 0)
         OR (k.customer_id IS NULL AND c.erased_at IS NULL) ORDER BY 1, 2`,
  );
  return rows.map(({subject: place, field, keyless}) => {
    const subject = ownerOf(world, place);
    const what = keyless ? 'has no key to read it with, though it was never erased' : 'is not encrypted';
    return {subject, sentence: `${nameOwner(world, place)}: the personal data "${field}" ${what}.`};
  });
}

function ownerOf(world: World, place: string): string {
  const [kind, id = place] = place.split(':');
  return kind === 'order' ? world.nameOf(id) : id;
}
const nameOwner = (world: World, place: string) =>
  place.startsWith('order:') ? `Order ${ownerOf(world, place)}` : `Customer ${ownerOf(world, place)}`;

const DIGEST = `'^[0-9a-f]{64}$'`;

/** Whatever stands for a person outside the sealed data is a keyed fingerprint. */
async function keysAndIndexes(world: World): Promise<Finding[]> {
  const rows = await world.sql<{kind: 'order' | 'customer'; id: string; what: string}>(
    `SELECT 'customer' AS kind, customer_id AS id, 'its key is not wrapped' AS what FROM customer_keys
      WHERE length(wrapped_key) <> 68 OR master_key_id <> encode(substring(wrapped_key FROM 1 FOR 8), 'hex')
     UNION ALL SELECT 'customer', id, 'the shop''s own id of it is readable' FROM customers WHERE external_ref !~ ${DIGEST}
     UNION ALL SELECT 'order', order_id, 'a search word (' || kind || ') is readable' FROM blind_index WHERE token !~ ${DIGEST}
     UNION ALL SELECT 'order', id, 'the fingerprint of its address is readable' FROM orders WHERE address_hash !~ ${DIGEST}
     UNION ALL SELECT 'order', id, 'the fingerprint of its device is readable' FROM orders WHERE device_hash !~ ${DIGEST}
     ORDER BY 1, 2`,
  );
  return rows.map(({kind, id, what}) => {
    const subject = kind === 'order' ? world.nameOf(id) : id;
    return {subject, sentence: `${kind === 'order' ? 'Order' : 'Customer'} ${subject}: ${what}.`};
  });
}

/** How a support person calls what the tables hold. */
const RECORDS: Readonly<Record<string, string>> = {
  events: 'an event',
  order_audit: 'the audit',
  orders: 'the order itself',
  idempotency_keys: 'a stored answer',
  webhook_inbox: 'a message of a provider',
  workflow_signals: 'a message to a workflow',
  scans: 'a scan',
  decisions: 'a decision',
  reviews: 'a review',
  fraud_assessments: 'a fraud assessment',
  messages: 'the list of mails',
  personal_data: 'the sealed data',
};

async function markedValuesInRecords(world: World): Promise<Finding[]> {
  const values = world.marked?.values ?? [];
  if (values.length === 0) return [];
  const tables = await world.sql<{name: string; has_order: boolean}>(
    `SELECT t.table_name AS name, bool_or(c.column_name = 'order_id') AS has_order
       FROM information_schema.tables t JOIN information_schema.columns c USING (table_schema, table_name)
      WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND t.table_name NOT LIKE '\\_%' GROUP BY 1 ORDER BY 1`,
  );
  const findings: Finding[] = [];
  for (const {name, has_order} of tables) {
    const rows = await world.sql<{order_id: string | null; needle: number}>(
      `SELECT ${name === 'orders' ? 'r.id' : has_order ? 'r.order_id' : 'NULL'} AS order_id, min(n.i) AS needle
         FROM ${name} r, unnest($1::text[]) WITH ORDINALITY AS n (text, i)
        WHERE strpos(lower(to_jsonb(r)::text), n.text) > 0 GROUP BY 1 ORDER BY 1`,
      [needlesFor(name, values)],
    );
    findings.push(
      ...rows.map(({order_id, needle}) => found(world, name, order_id, ((needle - 1) % values.length) + 1)),
    );
  }
  return findings;
}

/** Bytes are shown in hexadecimal digits: there the values are looked for in both ways. */
function needlesFor(table: string, values: readonly string[]): string[] {
  const plain = values.map((value) => value.toLowerCase());
  return HOLDS_BYTES.includes(table) ? [...plain, ...values.map((value) => Buffer.from(value).toString('hex'))] : plain;
}
const HOLDS_BYTES: readonly string[] = ['personal_data', 'customer_keys'];

function found(world: World, table: string, orderId: string | null, value: number): Finding {
  const where = RECORDS[table] ?? `the records "${table.replaceAll('_', ' ')}"`;
  const about = orderId === null ? '' : ` of order ${world.nameOf(orderId)}`;
  const subject = orderId === null ? table : world.nameOf(orderId);
  return {
    subject,
    sentence: `Marked personal value ${value} can be read in ${where}${about}; it may only stand in the sealed data.`,
  };
}

async function markedValuesInFiles(world: World): Promise<Finding[]> {
  const {values = [], folders = []} = world.marked ?? {};
  return (await searchFiles(folders, values)).map(({file, value}) => ({
    subject: file,
    sentence: `Marked personal value ${value + 1} can be read in the file ${file}.`,
  }));
}
