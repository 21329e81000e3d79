import pg from 'pg';
import {type CarrierLedger, readLedger} from './carrier-ledger.ts';
import {loadHistory} from './history.ts';
import {openMoneyBooks, type PaymentRow, type StripeLedger} from './money-books.ts';
import {connectTemporal, type TemporalView} from './temporal-view.ts';
import type {OrderRow, Sql, Targets, World} from './types.ts';

/**
 * Runs `work` on one consistent moment. The neighbours are read first: while orders are under way, what they know has
 * been written down by us before, so the later look at our database must find it.
 */
export async function withWorld<Result>(targets: Targets, work: (world: World) => Promise<Result>): Promise<Result> {
  const [stripe, carrier, temporal] = await Promise.all([
    readLedger<StripeLedger>('Stripe', `${targets.stripeUrl}/_control/ledger?requests=1`),
    readLedger<CarrierLedger>('carrier', `${targets.carrierUrl}/_control/ledger`),
    openTemporal(targets),
  ]);
  try {
    const runs = await temporal.runs();
    return await inSnapshot(targets.databaseUrl, async (sql) => {
      const world = await readWorld(targets, sql, stripe, carrier, {
        ...temporal,
        runs: async () => runs,
      });
      return work(world);
    });
  } finally {
    await temporal.close();
  }
}

async function openTemporal(targets: Targets): Promise<TemporalView & {close(): Promise<void>}> {
  if (targets.temporal) return {...targets.temporal, close: async () => undefined};
  return connectTemporal(targets.temporalAddress, targets.namespace);
}

async function readWorld(
  {quiescent, speed}: Targets,
  sql: Sql,
  stripe: StripeLedger,
  carrier: CarrierLedger,
  temporal: TemporalView,
): Promise<World> {
  const rows = await sql<OrderRow>('SELECT * FROM orders ORDER BY number');
  const orders = new Map(rows.map((order) => [order.id, order]));
  const payments = await sql<PaymentRow>('SELECT * FROM payments ORDER BY created_at, id');
  const history = await loadHistory(sql);
  const nameOf = (id: string | null) => (id === null ? 'no order' : (orders.get(id)?.number ?? `unknown order ${id}`));
  return {quiescent, speed, orders, history, money: openMoneyBooks(stripe, payments), carrier, temporal, sql, nameOf};
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
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await work(
      async <Row>(text: string, values?: unknown[]) => (await client.query(text, values)).rows as Row[],
    );
  } finally {
    await client.end();
  }
}
