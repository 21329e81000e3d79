/** Orders as the store writes them: row, lines, key, events, audit, run. */
import {add, type Books, type Row, rowsOf, tick} from './rows.ts';

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

/** What a keyed fingerprint looks like. */
export const HASH = 'a1'.repeat(32);

const EMPTY_LINE = {
  reserved: 0,
  picked: 0,
  in_transit: 0,
  delivered: 0,
  lost: 0,
  came_back: 0,
  backordered: 0,
  cancelled: 0,
  returned: 0,
  ever_allocated: 0,
  ever_picked: 0,
  ever_shipped: 0,
  ever_delivered: 0,
};

export function placeOrder(books: Books, n: number, wanted: {sku: string; qty: number; total: number}[]): Order {
  const id = `ord_${n}`;
  const at = tick(books);
  const total = wanted.reduce((sum, line) => sum + line.total, 0);
  const row: Row = {
    id,
    number: `ORD-2026-05-06-00${n}`,
    client_id: 'shop',
    channel: 'web',
    customer_id: `cus_${n}`,
    status: 'pending',
    waiting_on: null,
    waiting_since: null,
    waiting_deadline: null,
    waiting_owner: null,
    currency: 'USD',
    items_amount: total,
    discount_amount: 0,
    shipping_amount: 0,
    tax_amount: 0,
    total_amount: total,
    total_capacity: 1,
    delivery_sla: 'STANDARD',
    deadline: null,
    allow_backorder: true,
    ship_country: 'US',
    payment_method: 'pm_card_visa',
    device_hash: null,
    address_hash: HASH,
    card_fingerprint: null,
    fraud_score: null,
    cancel_reason: null,
    tracking_token: `token-${n}`,
    policy_version: 1,
    placed_at: at,
    updated_at: at,
    last_seq: 0,
  };
  const order: Order = {id, row, lines: [], holds: 0};
  add(books, 'orders', row);
  for (const [i, {sku, qty, total: amount}] of wanted.entries()) {
    const line = {
      id: `lin_${n}_${i + 1}`,
      order_id: id,
      position: i + 1,
      sku,
      name: sku,
      qty,
      unit_amount: Math.floor(amount / qty),
      items_amount: amount,
      discount_amount: 0,
      tax_amount: 0,
      shipping_amount: 0,
      total_amount: amount,
      tax_rate_bp: 0,
      tax_inclusive: true,
      weight_g: 1,
      length_mm: 1,
      width_mm: 1,
      height_mm: 1,
      capacity_units: 1,
      backorderable: true,
      unallocated: qty,
      ...EMPTY_LINE,
    };
    order.lines.push(add(books, 'order_lines', line));
  }
  add(books, 'idempotency_keys', {
    client_id: 'shop',
    key: `key-${n}`,
    operation: 'orders',
    request_hash: `h${n}`,
    subject_id: id,
    response_status: 201,
    response_body: {order_id: id},
    created_at: at,
  });
  addCustomer(books, order);
  const {id: _id, updated_at: _at, last_seq: _seq, ...whole} = row;
  const lines = order.lines.map(({id: line_id, sku, qty, total_amount}) => ({line_id, sku, qty, total: total_amount}));
  recordChange(books, order, 'order.created', {...whole, status: 'pending'}, {data: {lines}});
  return order;
}

/** A customer of its own, sealed: as long as what the vault writes, and bytes of no encoding. */
function addCustomer(books: Books, {id, row}: Order): void {
  const customer_id = String(row['customer_id']);
  const at = tick(books, 0);
  const bytes = (length: number) => `\\x${'c3'.repeat(length)}`;
  add(books, 'customers', {
    id: customer_id,
    external_ref: `${'b2'.repeat(31)}${id.slice(-1).padStart(2, '0')}`,
    created_at: at,
  });
  add(books, 'customer_keys', {customer_id, wrapped_key: bytes(68), master_key_id: 'c3'.repeat(8), created_at: at});
  for (const [subject, field] of [
    [`customer:${customer_id}`, 'profile'],
    [`order:${id}`, 'ship_to'],
  ]) {
    const sealed = {iv: bytes(12), ciphertext: bytes(80), tag: bytes(16)};
    add(books, 'personal_data', {subject, field, customer_id, ...sealed, updated_at: at});
  }
  for (const kind of ['email', 'phone']) {
    const token = kind === 'email' ? HASH : 'b3'.repeat(32);
    add(books, 'blind_index', {token, kind, order_id: id, customer_id});
  }
}

export interface Told {
  sub?: Row | undefined;
  /** moves the sub-order */
  stage?: string;
  data?: Row;
  by?: {actor: string; role: string};
}

/** Event, audit, row and mail of one change, as the store and the relay write them. */
export function recordChange(
  books: Books,
  order: Order,
  type: string,
  patch: Row = {},
  {sub, stage, data = {}, by = {actor: 'waybill', role: 'system'}}: Told = {},
): void {
  const {row} = order;
  const seq = Number(row['last_seq']) + 1;
  const at = tick(books);
  const created = type === 'order.created';
  const from = created ? null : row['status'];
  Object.assign(row, patch, {last_seq: seq, updated_at: at});
  const id = `00000000-0000-4000-8000-${String(rowsOf(books, 'events').length).padStart(12, '0')}`;
  const sub_order_id = sub?.['id'] ?? null;
  const published_at = tick(books, 0);
  add(books, 'events', {
    id,
    order_id: order.id,
    seq,
    type,
    sub_order_id,
    data: {...data, order: patch, by},
    at,
    published_at,
  });
  const audit = (subject: unknown, from_state: unknown, to_state: unknown) =>
    add(books, 'order_audit', {
      id: rowsOf(books, 'order_audit').length + 1,
      order_id: order.id,
      seq,
      subject,
      from_state,
      to_state,
      ...by,
      note: null,
      at,
    });
  if (patch['status'] !== undefined && patch['status'] !== from) audit('order', from, patch['status']);
  tell(books, order, type, id);
  if (!sub || !stage) return;
  audit(sub['id'], sub['stage'] ?? null, stage);
  sub['stage'] = stage;
}

const MAILS: Readonly<Record<string, [string, (number: unknown) => string]>> = {
  'order.authorized': ['received', (n) => `We received your order ${n}`],
  'order.payment_declined': ['declined', (n) => `The payment for your order ${n} was declined`],
  'sub_order.backordered': ['backordered', (n) => `Part of your order ${n} will come later`],
  'sub_order.in_transit': ['dispatched', (n) => `Your order ${n} is on its way`],
  'sub_order.delivered': ['delivered', (n) => `Your order ${n} was delivered`],
  'order.lines_cancelled': ['lines_cancelled', (n) => `Part of your order ${n} is cancelled`],
  'order.cancelled': ['cancelled', (n) => `Your order ${n} is cancelled`],
  'order.refunded_part': ['refunded_part', (n) => `We gave money back for your order ${n}`],
  'order.refunded': ['refunded', (n) => `You do not pay for your order ${n}`],
};

const TEXTS: Readonly<Record<string, [string, (number: unknown) => string]>> = {
  'sub_order.delivered': ['delivered', (n) => `Your order ${n} was delivered.`],
};

function text(books: Books, order: Order, type: string, event_id: string): void {
  const [template, words] = TEXTS[type] ?? [];
  if (!template || !words) return;
  const at = tick(books, 0);
  const n = books.sms.texts.length + 1;
  const link = `text-link-${String(n).padStart(6, '0')}`;
  add(books, 'messages', {
    ...{id: `txt_${n}`, event_id, order_id: order.id, template, channel: 'sms', state: 'sent'},
    ...{link, attempts: 1, segments: 1, provider_ref: `SM${n}`, delivery: 'delivered'},
    ...{created_at: at, due_at: at, attempted_at: at, asked_at: at, sent_at: at},
  });
  const body = `Waybill: ${words(order.row['number'])} http://shop.test/t/${link}`;
  books.sms.texts.push({sid: `SM${n}`, to: `+1212555010${order.id.slice(-1)}`, body, created: at});
}

function tell(books: Books, order: Order, type: string, event_id: string): void {
  text(books, order, type, event_id);
  const [template, subject] = MAILS[type] ?? [];
  if (!template || !subject) return;
  const at = tick(books, 0);
  const id = `msg_${rowsOf(books, 'messages').length + 1}`;
  add(books, 'messages', {
    id,
    event_id,
    order_id: order.id,
    template,
    channel: 'email',
    state: 'sent',
    attempts: 0,
    created_at: at,
    sent_at: at,
  });
  books.mail.mails.push({
    id: String(books.mail.mails.length + 1),
    message_id: `<${id}@waybill>`,
    to: [`${order.id}@example.com`],
    subject: subject(order.row['number']),
    headers: {'x-waybill-order': order.id},
    received: at,
  });
}

export function startRun(books: Books, order: Order): void {
  const run = {workflow_id: `order:${order.id}`, run_id: `run-${order.id}`};
  add(books, 'order_runs', {order_id: order.id, ...run, started_at: tick(books), continued: false});
  books.runs.push({...run, status: 'RUNNING'});
  recordChange(books, order, 'order.payment_started', {status: 'payment_processing'});
}

export function waitFor(books: Books, order: Order, name: string, owner: string): void {
  const since = tick(books);
  recordChange(books, order, 'order.waits', {
    waiting_on: name,
    waiting_since: since,
    waiting_deadline: null,
    waiting_owner: owner,
  });
}

const NO_WAIT = {waiting_on: null, waiting_since: null, waiting_deadline: null, waiting_owner: null};

/** The order has come to an end, and so has its run. */
export function finish(books: Books, order: Order): void {
  recordChange(books, order, 'order.closed', NO_WAIT);
  for (const run of books.runs) if (run.workflow_id === `order:${order.id}`) run.status = 'COMPLETED';
}
