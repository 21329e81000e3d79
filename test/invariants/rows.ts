/** The books of a small world in memory: rows by table, and the ledgers of the neighbours. */
import type {CarrierLedger} from '../../simulation/invariants/carrier-ledger.ts';
import type {StripeHold, StripeLedger} from '../../simulation/invariants/money-books.ts';
import type {Run} from '../../simulation/invariants/temporal-view.ts';

export type Row = Record<string, unknown>;
export interface StockRow extends Row {
  warehouse_id: string;
  sku: string;
  on_hand: number;
  reserved: number;
  in_transit: number;
  safety_stock: number;
}

const T0 = Date.parse('2026-05-06T08:00:00.000Z');

export interface Books {
  tables: Map<string, Row[]>;
  stripe: StripeLedger;
  carrier: CarrierLedger;
  runs: Run[];
  minute: number;
}

export function emptyBooks(): Books {
  const stripe: StripeLedger = {now: '', holds: [], captures: [], refunds: [], requests: []};
  return {tables: new Map(), stripe, carrier: {shipments: [], labels: []}, runs: [], minute: 0};
}

/** A minute later, as RFC 3339. */
export function tick(books: Books, minutes = 1): string {
  books.minute += minutes;
  return new Date(T0 + books.minute * 60_000).toISOString();
}

export function add<T extends Row>(books: Books, table: string, row: T): T {
  const rows = books.tables.get(table);
  if (rows) rows.push(row);
  else books.tables.set(table, [row]);
  return row;
}

export const rowsOf = (books: Books, table: string): Row[] => books.tables.get(table) ?? [];

// ---------------------------------------------------------------- stock

export interface Move {
  kind: string;
  warehouse: string;
  sku: string;
  on_hand?: number;
  reserved?: number;
  in_transit?: number;
  order_id?: string;
  line_id?: string;
  cause: string;
}

/** Writes the move and what it does to the stock row and its one bin. */
export function moveStock(books: Books, move: Move): void {
  const {warehouse: warehouse_id, sku, on_hand = 0, reserved = 0, in_transit = 0} = move;
  const at = {warehouse_id, sku};
  const here = (row: Row) => row['warehouse_id'] === warehouse_id && row['sku'] === sku;
  const fresh = {...at, on_hand: 0, reserved: 0, in_transit: 0, safety_stock: 0};
  const stock = (rowsOf(books, 'stock').find(here) as StockRow | undefined) ?? add(books, 'stock', fresh);
  const bin = rowsOf(books, 'stock_bins').find(here) ?? add(books, 'stock_bins', {...at, bin: 'A-1', on_hand: 0, assigned: 0});
  stock.on_hand += on_hand;
  stock.reserved += reserved;
  stock.in_transit += in_transit;
  bin['on_hand'] = stock.on_hand;
  add(books, 'stock_moves', {
    id: rowsOf(books, 'stock_moves').length + 1, ...at, bin: 'A-1', kind: move.kind,
    d_on_hand: on_hand, d_reserved: reserved, d_in_transit: in_transit,
    order_id: move.order_id ?? null, line_id: move.line_id ?? null, cause: move.cause,
    reference: move.kind === 'receive' ? 'PO-1' : null, actor: 'waybill', at: tick(books, 0),
  });
}

export function receive(books: Books, warehouse: string, sku: string, qty: number): void {
  moveStock(books, {kind: 'receive', warehouse, sku, on_hand: qty, cause: `receive:${warehouse}:${sku}`});
}

// ---------------------------------------------------------------- orders

export interface Line extends Row {
  id: string;
  sku: string;
  qty: number;
  total_amount: number;
}

export interface Order {
  id: string;
  row: Row;
  lines: Line[];
  holds: number;
}

const EMPTY_LINE = {
  reserved: 0, picked: 0, in_transit: 0, delivered: 0, lost: 0, backordered: 0, cancelled: 0, returned: 0,
  ever_allocated: 0, ever_picked: 0, ever_shipped: 0, ever_delivered: 0,
};

export function placeOrder(books: Books, n: number, wanted: {sku: string; qty: number; total: number}[]): Order {
  const id = `ord_${n}`;
  const at = tick(books);
  const total = wanted.reduce((sum, line) => sum + line.total, 0);
  const row: Row = {
    id, number: `ORD-2026-05-06-00${n}`, client_id: 'shop', channel: 'web', customer_id: `cus_${n}`, status: 'pending',
    waiting_on: null, waiting_since: null, waiting_deadline: null, waiting_owner: null, currency: 'USD',
    items_amount: total, discount_amount: 0, shipping_amount: 0, tax_amount: 0, total_amount: total, total_capacity: 1,
    delivery_sla: 'STANDARD', deadline: null, allow_backorder: true, ship_country: 'US', payment_method: 'pm_card_visa',
    device_hash: null, address_hash: 'a', card_fingerprint: null, fraud_score: null, cancel_reason: null,
    tracking_token: `token-${n}`, policy_version: 1, placed_at: at, updated_at: at, last_seq: 0,
  };
  const order: Order = {id, row, lines: [], holds: 0};
  add(books, 'orders', row);
  for (const [i, {sku, qty, total: amount}] of wanted.entries()) {
    const line = {
      id: `lin_${n}_${i + 1}`, order_id: id, position: i + 1, sku, name: sku, qty, unit_amount: Math.floor(amount / qty),
      items_amount: amount, discount_amount: 0, tax_amount: 0, shipping_amount: 0, total_amount: amount, tax_rate_bp: 0,
      tax_inclusive: true, weight_g: 1, length_mm: 1, width_mm: 1, height_mm: 1, capacity_units: 1, backorderable: true,
      unallocated: qty, ...EMPTY_LINE,
    };
    order.lines.push(add(books, 'order_lines', line));
  }
  add(books, 'idempotency_keys', {
    client_id: 'shop', key: `key-${n}`, operation: 'orders.create', request_hash: `h${n}`, subject_id: id,
    response_status: 201, response_body: {order_id: id}, created_at: at,
  });
  const {id: _id, updated_at: _at, last_seq: _seq, ...whole} = row;
  recordChange(books, order, 'order.created', {...whole, status: 'pending'});
  return order;
}

/** Event, audit and row of one change, as the store writes them. `stage` moves a sub-order. */
export function recordChange(books: Books, order: Order, type: string, patch: Row = {}, sub?: Row, stage?: string): void {
  const {row} = order;
  const seq = Number(row['last_seq']) + 1;
  const at = tick(books);
  const created = type === 'order.created';
  const from = created ? null : row['status'];
  Object.assign(row, patch, {last_seq: seq, updated_at: at});
  add(books, 'events', {
    id: `00000000-0000-4000-8000-${String(rowsOf(books, 'events').length).padStart(12, '0')}`, order_id: order.id, seq, type,
    sub_order_id: sub?.['id'] ?? null, data: {order: patch}, at, published_at: null,
  });
  const audit = (subject: unknown, from_state: unknown, to_state: unknown) =>
    add(books, 'order_audit', {
      id: rowsOf(books, 'order_audit').length + 1, order_id: order.id, seq, subject, from_state, to_state,
      actor: 'waybill', role: 'system', note: null, at,
    });
  if (patch['status'] !== undefined && patch['status'] !== from) audit('order', from, patch['status']);
  if (!sub || !stage) return;
  audit(sub['id'], sub['stage'] ?? null, stage);
  sub['stage'] = stage;
}

export function startRun(books: Books, order: Order): void {
  const run = {workflow_id: `order:${order.id}`, run_id: `run-${order.id}`};
  add(books, 'order_runs', {order_id: order.id, ...run, started_at: tick(books)});
  books.runs.push({...run, status: 'RUNNING'});
  recordChange(books, order, 'order.payment_started', {status: 'payment_processing'});
}

export function waitFor(books: Books, order: Order, name: string, owner: string): void {
  const since = tick(books);
  recordChange(books, order, 'order.waits', {waiting_on: name, waiting_since: since, waiting_deadline: null, waiting_owner: owner});
}

const NO_WAIT = {waiting_on: null, waiting_since: null, waiting_deadline: null, waiting_owner: null};

/** The order has come to an end, and so has its run. */
export function finish(books: Books, order: Order): void {
  recordChange(books, order, 'order.closed', NO_WAIT);
  for (const run of books.runs) if (run.workflow_id === `order:${order.id}`) run.status = 'COMPLETED';
}

// ---------------------------------------------------------------- money

export interface HoldBooks {
  payment: Row;
  hold: StripeHold;
}

/** A hold on both sides; `state` is what the provider made of it. */
export function takeHold(
  books: Books,
  order: Order,
  purpose: string,
  amount: number,
  state: 'authorized' | 'declined' = 'authorized',
): HoldBooks {
  order.holds += 1;
  const key = `${order.id}:hold:${order.holds}`;
  const at = tick(books);
  const ref = `pi_${order.id}_${order.holds}`;
  const payment = add(books, 'payments', {
    id: `pay_${order.id}_${order.holds}`, order_id: order.id, provider: 'stripe', provider_ref: ref, purpose, replaces: null,
    idempotency_key: key, amount, currency: 'USD', state, captured_amount: 0, refunded_amount: 0, capture_before: null,
    multicapture: false, saved_method: null, client_secret: null, decline_code: null, created_at: at, updated_at: at,
  });
  add(books, 'provider_calls', {
    key, provider: 'stripe', operation: 'authorize', order_id: order.id, params_hash: `${amount}`, state: 'done', ref,
    attempts: 1, first_at: at, last_at: at,
  });
  recordChange(books, order, 'order.hold_requested');
  const good = state === 'authorized';
  const hold: StripeHold = {
    id: ref, amount, currency: 'usd', status: good ? 'requires_capture' : 'requires_payment_method', created: at,
    authorized_at: good ? at : null, canceled_at: null, metadata: {order_id: order.id, payment_id: String(payment.id)},
    idempotency_key: key, history: [{at, what: 'created'}, {at, what: good ? 'authorized' : 'failed: card_declined', amount}],
  };
  books.stripe.holds.push(hold);
  books.stripe.requests.push({method: 'POST', path: '/v1/payment_intents', idempotency_key: key, param_hash: `hash ${key}`});
  const first = good && purpose === 'initial';
  recordChange(books, order, good ? 'order.authorized' : 'order.payment_declined', first ? {status: 'paid', card_fingerprint: 'f'} : {});
  return {payment, hold};
}

export function capture(books: Books, order: Order, {payment, hold}: HoldBooks, sub: Row, amount: number): void {
  const at = tick(books);
  const key = `${String(sub['id'])}:capture`;
  add(books, 'captures', {
    id: `cap_${String(sub['id'])}`, payment_id: payment['id'], order_id: order.id, sub_order_id: sub['id'], amount,
    idempotency_key: key, state: 'done', created_at: at, updated_at: at,
  });
  Object.assign(payment, {captured_amount: amount, state: 'captured'});
  hold.status = 'succeeded';
  hold.history.push({at, what: 'captured', amount});
  books.stripe.captures.push({payment_intent: hold.id, amount, at, idempotency_key: key});
  books.stripe.requests.push({method: 'POST', path: `/v1/payment_intents/${hold.id}/capture`, idempotency_key: key, param_hash: `hash ${key}`});
  recordChange(books, order, 'order.captured', {}, sub);
}

export function releaseHold(books: Books, order: Order, {payment, hold}: HoldBooks): void {
  const at = tick(books);
  payment['state'] = 'canceled';
  Object.assign(hold, {status: 'canceled', canceled_at: at});
  hold.history.push({at, what: 'canceled'});
  recordChange(books, order, 'order.hold_released');
}
