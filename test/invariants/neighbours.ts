import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import pg from 'pg';
import {checkInvariants, type InvariantReport, type Targets} from '../../simulation/invariants/index.ts';
import type {TemporalView} from '../../simulation/invariants/temporal-view.ts';
import {PAPERS} from './document-damage.ts';
import type {Books} from './rows.ts';

function adminUrl(): string {
  const url = process.env['TEST_DATABASE_ADMIN_URL'];
  if (!url) throw new Error('TEST_DATABASE_ADMIN_URL is not set: run by npm test');
  return url;
}

export function urlOf(database: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${database}`;
  return url.href;
}

export async function query(url: string, ...statements: {text: string; values?: unknown[]}[]): Promise<void> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  try {
    for (const {text, values} of statements) await client.query(text, values);
  } finally {
    await client.end();
  }
}

/** Names of all tables and columns. */
export async function namesIn(database: string): Promise<string[]> {
  const client = new pg.Client({connectionString: urlOf(database)});
  await client.connect();
  try {
    const {rows} = await client.query<{name: string}>(
      `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public'
       UNION SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'`,
    );
    return rows.map(({name}) => name);
  } finally {
    await client.end();
  }
}

export const drop = (name: string) => query(adminUrl(), {text: `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`});

/** Whoever damages a database does not ask its constraints. */
const LET_DAMAGE_IN = `DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT conrelid::regclass AS place, conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace
  LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.place, r.conname); END LOOP;
  FOR r IN SELECT tgrelid::regclass AS place, tgname FROM pg_trigger WHERE NOT tgisinternal
  LOOP EXECUTE format('DROP TRIGGER %I ON %s', r.tgname, r.place); END LOOP;
  DROP INDEX stock_moves_cause_key;
  DROP INDEX documents_kind_subject_id_key;
END $$`;

const inserts = (books: Books) =>
  [...books.tables].map(([table, rows]) => ({
    text: `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
    values: [JSON.stringify(rows)],
  }));

/** Writes the books into a fresh database. Everything in them satisfies the real constraints, which go afterwards. */
export async function writeBooks(name: string, books: Books): Promise<void> {
  const template = process.env['TEST_TEMPLATE_DB'] ?? 'waybill_template';
  await query(adminUrl(), {text: `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`});
  await query(urlOf(name), ...inserts(books), ...PAPERS.map((text) => ({text})), {text: LET_DAMAGE_IN});
}

/** Tables without a row in the world, in which a damage may put one. */
const QUOTING = ['quotes', 'quote_holds', 'promo_codes', 'promo_uses', 'promises'];
const ONLY_DAMAGED = [
  'message_choices',
  'waves',
  'tours',
  'staff',
  'desk_reads',
  'order_edits',
  'sessions',
  'label_prints',
  'webhook_inbox',
  'workflow_signals',
  'parcel_packings',
  'address_checks',
  'manifests',
  'manifest_parcels',
  'pickups',
  'bulk_jobs',
  'bulk_items',
  'carrier_codes',
  'carrier_health',
  'carrier_arrivals',
  'decisions',
  'reviews',
  'transfers',
  'warehouses',
  'purchase_orders',
  'purchase_order_lines',
  'purchase_messages',
  'supplier_offers',
  'supplier_promises',
  'suppliers',
  ...QUOTING,
  'returns',
  'return_lines',
  'return_findings',
];

/** Puts the books back as they were and does the damage: much cheaper than a database for each. */
export async function damageBooks(name: string, books: Books, damage: readonly string[]): Promise<void> {
  const emptied = [...books.tables.keys(), ...ONLY_DAMAGED].map((table) => ({text: `DELETE FROM ${table}`}));
  const steps = [...emptied, ...inserts(books), ...damage.map((text) => ({text}))];
  await query(urlOf(name), {text: 'BEGIN'}, ...steps, {text: 'COMMIT'});
}

/** The emulators' ledgers, and nothing else, on one free port. `show` decides what they say next. */
export async function serveLedgers() {
  let books: Books | undefined;
  const server = createServer((request, response) => {
    const name = request.url?.split('/')[1] as 'stripe' | 'carrier' | 'mail' | 'sms' | 'supplier';
    const ledger = books?.[name];
    response.setHeader('content-type', 'application/json').end(JSON.stringify(ledger));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    show: (next: Books) => {
      books = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The runs in the books; `attempts` of their workflow tasks, `first` runs of their chains. */
export function temporalOf(books: Books, attempts = new Map<string, number>()): TemporalView {
  return {
    runs: async () => books.runs,
    newest: async (id) => books.runs.findLast((run) => run.workflow_id === id)?.run_id ?? null,
    describe: async (run) => ({first_run_id: run.run_id, task_attempts: attempts.get(run.workflow_id) ?? 1}),
    taskFailure: async () => null,
  };
}

/** Where an audit finds the world's two sides. */
export function targetsOf(database: string, ledgers: string, temporal: TemporalView): Targets {
  return {
    databaseUrl: urlOf(database),
    stripeUrl: `${ledgers}/stripe`,
    carrierUrl: `${ledgers}/carrier`,
    mailUrl: `${ledgers}/mail`,
    smsUrl: `${ledgers}/sms`,
    supplierUrl: `${ledgers}/supplier`,
    temporalAddress: 'unused',
    namespace: 'default',
    speed: 1,
    quiescent: true,
    temporal,
  };
}

export function audit(
  database: string,
  ledgers: string,
  temporal: TemporalView,
  more: Partial<Targets> = {},
): Promise<InvariantReport> {
  return checkInvariants({...targetsOf(database, ledgers, temporal), ...more});
}
