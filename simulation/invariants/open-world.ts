import pg from 'pg';
import {type CarrierLedger, readLedger} from './carrier-ledger.ts';
import {loadHistory} from './history.ts';
import type {MailLedger} from './mail-ledger.ts';
import {openMoneyBooks, ownMoneyBooks, type PaymentRow, type StripeLedger} from './money-books.ts';
import type {TextLedger} from './text-ledger.ts';
import {connectTemporal, type TemporalView} from './temporal-view.ts';
import type {SupplierLedger} from './supplier-ledger.ts';
import type {OrderRow, Sql, Targets, World} from './types.ts';

/**
 * Runs `work` on one consistent moment. The neighbours are read first: while orders are under way, what they know has
 * been written down by us before, so the later look at our database must find it.
 */
export async function withWorld<Result>(targets: Targets, work: (world: World) => Promise<Result>): Promise<Result> {
  const [stripe, carrier, mail, texts, suppliers, temporal] = await Promise.all([
    readBooks<StripeLedger>('Stripe', targets.stripeUrl, '?requests=1'),
    readBooks<CarrierLedger>('carrier', targets.carrierUrl),
    readBooks<MailLedger>('mail', targets.mailUrl),
    readBooks<TextLedger>('sms', targets.smsUrl),
    readBooks<SupplierLedger>('supplier', targets.supplierUrl),
    openTemporal(targets),
  ]);
  try {
    const runs = await temporal.runs();
    const seen = {...temporal, runs: async () => runs};
    return await inSnapshot(targets.databaseUrl, async (sql) =>
      work(await readWorld(targets, sql, {stripe, carrier, mail, texts, suppliers, temporal: seen})),
    );
  } finally {
    await temporal.close();
  }
}

async function readBooks<Ledger>(name: string, url: string | undefined, query = ''): Promise<Ledger | null> {
  return url ? readLedger<Ledger>(name, `${url}/_control/ledger${query}`) : null;
}

async function openTemporal(targets: Targets): Promise<TemporalView & {close(): Promise<void>}> {
  if (targets.temporal) return {...targets.temporal, close: async () => undefined};
  return connectTemporal(targets);
}

interface Neighbours {
  stripe: StripeLedger | null;
  carrier: CarrierLedger | null;
  mail: MailLedger | null;
  texts: TextLedger | null;
  suppliers: SupplierLedger | null;
  temporal: TemporalView;
}

async function readWorld(
  targets: Targets,
  sql: Sql,
  {stripe, carrier, mail, texts, suppliers, temporal}: Neighbours,
): Promise<World> {
  const rows = await sql<OrderRow>('SELECT * FROM orders ORDER BY number');
  const orders = new Map(rows.map((order) => [order.id, order]));
  const payments = await sql<PaymentRow>('SELECT * FROM payments ORDER BY created_at, id');
  const now = targets.now?.() ?? (stripe ? Date.parse(stripe.now) : Date.now());
  return {
    speed: targets.speed,
    now,
    orders,
    history: await loadHistory(sql),
    money: stripe ? openMoneyBooks(stripe, payments) : ownMoneyBooks(payments, now),
    carrier: carrier ?? {shipments: [], labels: []},
    mail,
    texts,
    suppliers,
    acknowledged: targets.acknowledged ?? null,
    marked: targets.marked ?? null,
    temporal,
    sql,
    nameOf: (id) => (id === null ? 'no order' : (orders.get(id)?.number ?? `unknown order ${id}`)),
  };
}

const INT8 = 20;
const NUMERIC = 1700;
const NUMBERS: readonly number[] = [INT8, NUMERIC];

async function inSnapshot<Result>(databaseUrl: string, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    types: {getTypeParser: (oid, format) => (NUMBERS.includes(oid) ? Number : pg.types.getTypeParser(oid, format))},
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(
      `SET default_transaction_read_only = on; SET statement_timeout = '5min'; SET application_name = 'waybill-audit'`,
    );
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await work(
      async <Row>(text: string, values?: unknown[]) => (await client.query(text, values)).rows as Row[],
    );
  } finally {
    await client.end();
  }
}
