import {createHash} from 'node:crypto';
import type {Database} from './database.ts';
import type {Row} from './sql.ts';
import type {Statement} from './statement.ts';
import {compareValues} from './statement.ts';

/**
 * Statements beyond the little SQL of the model, written by hand, each for one text to the letter: `of` is the start of
 * its fingerprint. A statement that changed is unknown until its twin here was compared with it.
 */
const BY_HAND: readonly {of: string; is: Statement}[] = [
  {of: 'cd4d1d063bda', is: (db) => ({count: 1, rows: [{n: db.nextValue('order_number_seq')}]})},
  {of: '322e510ac114', is: (db, [skus]) => rows(freeUnits(db, skus as string[]))},
  {of: 'f0d8dedb905f', is: (db, [since, ids]) => rows(places(db, since as Date, ids as string[]))},
  {of: 'bddeb2590dd5', is: (db, [skus]) => rows(stockOf(db, skus as string[]))},
  {of: '5bc3e6c6cd1c', is: (db, [sku]) => rows([due(db, sku)])},
  {of: '3cd5895043d0', is: (db, [sku]) => rows(shelves(db, sku))},
  {of: '9563e7e753c0', is: (db, values) => beginWait(db, values)},
  {of: '0c005d85692f', is: (db, [orderId, , , , types]) => rows([orderState(db, orderId, types as string[])])},
  {of: 'f1f78b2d17c2', is: (db, values) => rows([history(db, values)])},
  {of: '8509d581a156', is: (db, [lines]) => rows(cancellable(db, lines as unknown[]))},
  {of: '53862d6937b8', is: (db, [subs, lines]) => rows(openStops(db, subs as unknown[], lines as unknown[]))},
  {of: 'a5cbb6305b6f', is: (db, [limit]) => rows(takeSignals(db, Number(limit)))},
  {of: '743f5c5484cb', is: (db, values) => settleWebhooks(db, values)},
  {of: '18440419e0de', is: (db, [warehouse]) => rows(aislesOf(db, warehouse))},
  {of: '216ef5b462db', is: (db, [parcel]) => rows(weighedItems(db, parcel))},
  {of: '73860a6c7bf0', is: (db, values) => rows(newestWeighings(db, values))},
];

export const fingerprint = (sql: string) => createHash('sha256').update(sql).digest('hex').slice(0, 12);

export function handwritten(sql: string): Statement | undefined {
  const print = fingerprint(sql);
  return BY_HAND.find(({of}) => of === print)?.is;
}

const rows = (found: Row[]) => ({count: found.length, rows: found});
const num = (value: unknown) => Number(value);

/** store/load-sources.ts: units that may be promised, by place and sku. */
function freeUnits(db: Database, skus: string[]): Row[] {
  const found = db.rows('stock').flatMap((s) => {
    const available = freeAt(db, s) - num(s['earmarked']);
    if (available <= 0 || !skus.includes(String(s['sku']))) return [];
    return [{warehouse_id: s['warehouse_id'], sku: s['sku'], available}];
  });
  return found.sort((a, b) => compareValues(a.warehouse_id, b.warehouse_id) || compareValues(a.sku, b.sku));
}

/** store/load-sources.ts: places at work, and how busy they are. */
function places(db: Database, since: Date, ids: string[]): Row[] {
  const found = db.rows('warehouses').filter((w) => w['active'] && ids.includes(String(w['id'])));
  return found
    .map(({id, address, lat, lng, priority}) => {
      const own = db.rows('tasks').filter((t) => t['warehouse_id'] === id);
      const done = own.filter((t) => t['state'] === 'done' && compareValues(t['closed_at'], since) > 0);
      const {country} = address as {country: string};
      const queue = own.filter((t) => t['state'] === 'open').length;
      return {warehouse_id: id, country, lat, lng, priority, queue, per_hour: done.length};
    })
    .sort((a, b) => compareValues(a.warehouse_id, b.warehouse_id));
}

/** Units that nobody was promised and that do not lie in a bin which must be counted. */
function freeAt(db: Database, s: Row): number {
  const doubtful = db
    .rows('stock_bins')
    .filter((b) => b['quarantined'] && b['warehouse_id'] === s['warehouse_id'] && b['sku'] === s['sku'])
    .reduce((sum, b) => sum + num(b['on_hand']) - num(b['assigned']), 0);
  return num(s['on_hand']) - num(s['reserved']) - num(s['safety_stock']) - doubtful;
}

/** store/waiting-lines.ts: all places of products. */
const stockOf = (db: Database, skus: string[]): Row[] =>
  db
    .rows('stock')
    .filter((s) => skus.includes(String(s['sku'])))
    .map(({sku}) => ({sku}));

/** store/waiting-lines.ts: units that wait, and those set aside for them. */
function due(db: Database, sku: unknown): Row {
  const sum = (table: string, column: string) =>
    db.rows(table).reduce((units, row) => units + (row['sku'] === sku ? num(row[column]) : 0), 0);
  return {waiting: sum('order_lines', 'backordered'), earmarked: sum('stock', 'earmarked')};
}

/** store/waiting-lines.ts: what is free of a product, place by place. */
function shelves(db: Database, sku: unknown): Row[] {
  const found = db
    .rows('stock')
    .filter((s) => s['sku'] === sku)
    .map((s) => {
      const place = db.rows('warehouses').find((w) => w['id'] === s['warehouse_id']);
      const {warehouse_id, earmarked} = s;
      return {warehouse_id, earmarked, free: place?.['active'] ? freeAt(db, s) : 0};
    });
  return found.sort((a, b) => compareValues(a.warehouse_id, b.warehouse_id));
}

/** store/waiting-lines.ts: the ledger of waiting, whose numbers are those of the stock ledger. */
function beginWait(db: Database, values: readonly unknown[]): {count: number; rows: Row[]} {
  const [sku, order_id, line_id, units, cause, at] = values;
  const id = BigInt(db.nextValue('backorder_moves'));
  db.table('backorder_moves').insert({id, sku, order_id, line_id, units, cause, at});
  return {count: 1, rows: []};
}

const UNITS = [
  'qty',
  'unallocated',
  'reserved',
  'picked',
  'in_transit',
  'delivered',
  'lost',
  'backordered',
  'cancelled',
  'returned',
];

/** store/record-derived.ts: units, sub-orders, money kept and milestones told of one order. */
function orderState(db: Database, orderId: unknown, types: string[]): Row {
  const of = (table: string) => db.rows(table).filter((row) => row['order_id'] === orderId);
  const units: Row = {};
  const lines = of('order_lines').filter((line) => line['return_id'] === null);
  for (const name of UNITS) units[name] = lines.reduce((sum, line) => sum + num(line[name]), 0);
  units['lost'] = num(units['lost']) + lines.reduce((sum, line) => sum + num(line['came_back']), 0);
  const subs = of('sub_orders')
    .filter((sub) => sub['return_id'] === null)
    .sort((a, b) => compareValues(a['position'], b['position']))
    .map(({stage, note, source_id, source_kind, waits_until}) => ({stage, note, source_id, source_kind, waits_until}));
  const kept = of('payments').reduce(
    (sum, p) => sum + num(p['captured_amount']) - num(p['refunded_amount']) - num(p['disputed_amount']),
    0,
  );
  const told = of('events')
    .map((e) => e['type'])
    .filter((type) => types.includes(String(type)));
  const stuck = of('stuck_steps').filter((s) => s['resolved_at'] === null).length;
  const disputed = of('disputes').filter((d) => d['closed_at'] === null).length;
  return {units, subs, kept, told, stuck, disputed};
}

/** store/screen-order.ts: what became of the customer's other orders. */
function history(db: Database, [card, customer, order]: readonly unknown[]): Row {
  const past = db.rows('orders').filter((o) => o['customer_id'] === customer && o['id'] !== order);
  const delivered = past.filter((o) => o['status'] === 'delivered');
  return {
    delivered: delivered.length,
    cancelled: past.filter((o) => o['status'] === 'cancelled').length,
    same_method: delivered.filter((o) => card !== null && o['card_fingerprint'] === card).length,
  };
}

const EARLY = ['BACKORDERED', 'ALLOCATED', 'PICKING'];

/** store/cancel-units.ts: parts of lines that nobody has taken from the shelf, backorders first. */
function cancellable(db: Database, lines: readonly unknown[]): Row[] {
  const found = db.rows('sub_order_lines').flatMap((part) => {
    if (!lines.includes(part['line_id'])) return [];
    const sub = db.rows('sub_orders').find((s) => s['id'] === part['sub_order_id']);
    if (!sub || !EARLY.includes(String(sub['stage']))) return [];
    const open = num(part['qty']) - num(part['cancelled']);
    const {stage, source_id, position} = sub;
    return [{line_id: part['line_id'], sub_order_id: sub['id'], stage, source_id, open, position}];
  });
  const late = (row: Row) => (row['stage'] === 'BACKORDERED' ? 0 : 1);
  return found.sort((a, b) => late(a) - late(b) || num(b.position) - num(a.position));
}

/** store/cancel-units.ts: stops of the open pick tasks that hold units of lines. */
function openStops(db: Database, subs: readonly unknown[], lines: readonly unknown[]): Row[] {
  const tasks = db
    .rows('tasks')
    .filter((t) => subs.includes(t['sub_order_id']) && t['kind'] === 'pick' && t['state'] === 'open');
  const found = db.rows('task_stops').flatMap((stop) => {
    const task = tasks.find(({id}) => id === stop['task_id']);
    if (!task || !lines.includes(stop['line_id'])) return [];
    const {id, line_id, bin, position} = stop;
    const left = num(stop['qty']) - num(stop['picked']) - num(stop['short']);
    return [{id, sub_order_id: task['sub_order_id'], line_id, bin, left, position}];
  });
  return found.sort((a, b) => num(b.position) - num(a.position));
}

/** store/judge-weight.ts: what a parcel holds, with the weight of one by the catalogue. */
function weighedItems(db: Database, parcel: unknown): Row[] {
  const found = new Map<string, {sku: string; qty: number; weight_g: number}>();
  for (const item of db.rows('parcel_items')) {
    const line = db.rows('order_lines').find((l) => l['id'] === item['line_id']);
    if (item['parcel_id'] !== parcel || !line) continue;
    const sku = String(item['sku']);
    const {qty, weight_g} = found.get(sku) ?? {qty: 0, weight_g: 0};
    found.set(sku, {sku, qty: qty + num(item['qty']), weight_g: Math.max(weight_g, num(line['weight_g']))});
  }
  return [...found.values()].sort((a, b) => compareValues(a.sku, b.sku));
}

/** store/judge-weight.ts: the newest weighings of each product as it weighs now. */
function newestWeighings(db: Database, [skus, weights, newest]: readonly unknown[]): Row[] {
  return (skus as string[]).flatMap((sku, i) =>
    db
      .rows('weighings')
      .filter((w) => w['sku'] === sku && w['weight_g'] === (weights as number[])[i])
      .sort((a, b) => compareValues(b['at'], a['at']) || compareValues(b['parcel_id'], a['parcel_id']))
      .slice(0, num(newest))
      .map(({qty, residual_mg}) => ({sku, qty, residual_mg})),
  );
}

/** store/read-layout.ts: where the aisles run, as their bins lie. */
function aislesOf(db: Database, warehouse: unknown): Row[] {
  const bins = db.rows('bins').filter((b) => b['warehouse_id'] === warehouse);
  const ascending = (aisle: unknown, column: string) =>
    bins.flatMap((b) => (b['aisle'] === aisle ? [num(b[column])] : [])).sort((a, b) => a - b);
  return [...new Set(bins.map((b) => b['aisle']))].map((aisle) => {
    const across = ascending(aisle, 'x_mm');
    const along = ascending(aisle, 'y_mm');
    return {aisle, x: across[Math.ceil(across.length / 2) - 1], from: along[0], to: along.at(-1)};
  });
}

/** store/pending-signals.ts: signals that are due, reserved for a few seconds. */
function takeSignals(db: Database, limit: number): Row[] {
  const table = db.table('workflow_signals');
  const now = db.now().getTime();
  const due = table.rows
    .filter((s) => s['sent_at'] === null && (s['retry_at'] === null || (s['retry_at'] as Date).getTime() < now))
    .sort((a, b) => compareValues(a['created_at'], b['created_at']))
    .slice(0, limit);
  return due.map((row) => {
    const attempts = num(row['attempts']);
    const retry_at = new Date(now + 1_000 * Math.min(30, 3 * 1.6 ** attempts));
    const {id, workflow_id, name, payload} = table.write(row, {attempts: attempts + 1, retry_at});
    return {id, workflow_id, name, payload, attempts: attempts + 1};
  });
}

/** store/inbox.ts: what came of webhooks. */
function settleWebhooks(db: Database, values: readonly unknown[]): {count: number; rows: Row[]} {
  const [at, ids, outcomes, closed] = values as [Date, bigint[], string[], boolean[]];
  const table = db.table('webhook_inbox');
  for (const [i, id] of ids.entries()) {
    const row = table.rows.find((r) => r['id'] === id);
    if (!row) continue;
    const attempts = num(row['attempts']);
    const retry_at = new Date(db.now().getTime() + 1_000 * Math.min(60, 0.1 * 2 ** attempts));
    table.write(row, {
      attempts: attempts + 1,
      outcome: outcomes[i],
      processed_at: closed[i] ? at : null,
      retry_at,
    });
  }
  return {count: ids.length, rows: []};
}
