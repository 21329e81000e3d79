import type pg from 'pg';
import {groupBy} from '../../simulation/invariants/group-by.ts';

/** Tables whose rows hang on an order by these columns; what seals personal data is made anew by people.ts. */
const BY = ['order_id', 'sub_order_id', 'parcel_id', 'task_id', 'return_id', 'line_id'] as const;
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...['personal_data', 'blind_index', 'search_forms', 'desk_reads', 'idempotency_keys', 'webhook_inbox'],
  // these drive processes: nobody shall work on the copies
  ...['workflow_signals', 'order_runs', 'side_runs', 'stuck_steps', 'document_serials'],
]);

interface Column {
  table: string;
  name: string;
  type: string;
  generated: boolean;
  unique: boolean;
}

/**
 * Every copy of every row that hangs on the templates: ids get another ending, moments lie further back, and what is
 * unique stays so. Returns how many rows there are now.
 */
export async function multiply(pool: pg.Pool, templates: readonly string[], copies: number): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query(COPY_OF);
    const tables = groupBy(await columnsOf(client), ({table}) => table);
    const known = await idsOf(client, templates);
    let rows = 0;
    for (const [table, columns] of tables) {
      const by = BY.find((name) => columns.some((column) => column.name === name));
      const key = table === 'orders' || table === 'customers' ? 'id' : table === 'customer_keys' ? 'customer_id' : by;
      if (!key || LEFT_OUT.has(table)) continue;
      const written = columns.filter(({generated}) => !generated);
      const {rowCount} = await client.query(
        `INSERT INTO "${table}" (${written.map(({name}) => `"${name}"`).join(', ')})
         SELECT ${written.map((column) => copied(column)).join(', ')}
           FROM "${table}" t, generate_series(1, ${copies}) AS k WHERE t."${key}" = ANY($1) ON CONFLICT DO NOTHING`,
        [known],
      );
      rows += rowCount ?? 0;
    }
    return rows;
  } finally {
    client.release(true);
  }
}

/** Ids of ours end otherwise in a copy; in between they are what they were, wherever they stand. */
const COPY_OF = `CREATE OR REPLACE FUNCTION pg_temp.copy_of(given text, k int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(given, '\\y([a-z]{2,4}_[0-9a-z]{22})[0-9a-z]{4}\\y', '\\1' || lpad(to_hex(k), 4, '0'), 'g') $$`;

/** One every four minutes, back into the past: the newest of some weeks. */
const APART = `interval '4 minutes'`;
/** Unique texts of others, such as tracking numbers, that hold no id of ours. */
const OF_OTHERS: ReadonlySet<string> = new Set([
  'number',
  'tracking_number',
  'provider_ref',
  'credit_note',
  'external_ref',
]);

function copied({name, type, unique}: Column): string {
  const column = `t."${name}"`;
  if (type.startsWith('timestamp')) return `${column} - k * ${APART}`;
  if (type === 'uuid') return `overlay(${column}::text placing lpad(to_hex(k), 6, '0') from 31)::uuid`;
  if (type === 'jsonb') return `pg_temp.copy_of(${column}::text, k)::jsonb`;
  if (type !== 'text') return column;
  if (name === 'tracking_token') return `overlay(${column} placing lpad(k::text, 6, '0') from 1)`;
  if (name === 'number') return `${column} || lpad(k::text, 4, '0')`;
  if (name === 'external_ref') return `md5(${column} || k)`;
  if (unique && OF_OTHERS.has(name)) return `${column} || lpad(k::text, 4, '0')`;
  return `pg_temp.copy_of(${column}, k)`;
}

async function columnsOf(client: pg.PoolClient): Promise<Column[]> {
  const {rows} = await client.query<Column>(
    `SELECT c.table_name AS "table", c.column_name AS name, c.data_type AS type,
            c.is_identity = 'YES' OR coalesce(c.column_default LIKE 'nextval%', false) AS generated,
            EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
              WHERE i.indisunique AND i.indrelid = format('%I', c.table_name)::regclass AND a.attname = c.column_name) AS unique
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position`,
  );
  return rows;
}

/** The templates and whatever of theirs others hang on. */
async function idsOf(client: pg.PoolClient, templates: readonly string[]): Promise<string[]> {
  const {rows} = await client.query<{id: string}>(
    `SELECT unnest($1::text[]) AS id
      UNION ALL SELECT customer_id FROM orders WHERE id = ANY($1)
      UNION ALL SELECT id FROM order_lines WHERE order_id = ANY($1) UNION ALL SELECT id FROM sub_orders WHERE order_id = ANY($1)
      UNION ALL SELECT id FROM parcels WHERE order_id = ANY($1) UNION ALL SELECT id FROM tasks WHERE order_id = ANY($1)
      UNION ALL SELECT id FROM returns WHERE order_id = ANY($1)`,
    [templates],
  );
  return rows.map(({id}) => id);
}
