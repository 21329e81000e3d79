import {type Damage, order} from './damage.ts';
import type {Books} from './rows.ts';

/** Order 6, which waits to be picked, comes from a supplier instead: no task, no reservation, a promise and its purchase order. */
const FROM_A_SUPPLIER = [
  `DELETE FROM task_stops WHERE task_id IN (SELECT id FROM tasks WHERE order_id = 'ord_6')`,
  `DELETE FROM tasks WHERE order_id = 'ord_6'`,
  `UPDATE stock_bins b SET assigned = 0`,
  `UPDATE stock s SET reserved = reserved - r.qty FROM reservations r WHERE r.order_id = 'ord_6' AND r.state = 'open'
     AND s.warehouse_id = r.warehouse_id AND s.sku = r.sku`,
  `DELETE FROM stock_moves WHERE order_id = 'ord_6'`,
  `DELETE FROM reservations WHERE order_id = 'ord_6'`,
  `UPDATE sub_orders SET source_kind = 'supplier', source_id = 'SUP-1' WHERE order_id = 'ord_6'`,
  `INSERT INTO suppliers (id, name, currency, active, rating, acknowledge_ms, country, webhook_url, secret_key, secret_iv,
     secret_text, secret_tag, updated_at) VALUES ('SUP-1', 'Supplier', 'USD', true, 90, 86400000, 'US', 'https://supplier.example/',
     '\\x00', '\\x00', '\\x00', '\\x00', '2026-05-06')`,
  `INSERT INTO supplier_offers (supplier_id, sku, cost_amount, lead_time_days, available, promised, min_qty, updated_at)
     SELECT 'SUP-1', sku, 100, 2, NULL, sum(qty), 1, '2026-05-06' FROM sub_order_lines
      WHERE sub_order_id IN (SELECT id FROM sub_orders WHERE order_id = 'ord_6') GROUP BY sku`,
  `INSERT INTO supplier_promises (id, order_id, line_id, sub_order_id, supplier_id, sku, qty, unit_cost, state, created_at)
     SELECT 'spr_' || line_id, 'ord_6', line_id, sub_order_id, 'SUP-1', sku, qty, 100, 'open', '2026-05-06' FROM sub_order_lines
      WHERE sub_order_id IN (SELECT id FROM sub_orders WHERE order_id = 'ord_6')`,
  `INSERT INTO purchase_orders (id, order_id, sub_order_id, supplier_id, currency, state, acknowledge_by, acknowledged_at, created_at,
     updated_at) SELECT 'po_6', order_id, id, 'SUP-1', 'USD', 'acknowledged', '2026-05-07', '2026-05-06', '2026-05-06', '2026-05-06'
      FROM sub_orders WHERE order_id = 'ord_6'`,
  `INSERT INTO purchase_order_lines (purchase_id, line_id, sku, qty, unit_cost, acknowledged)
     SELECT 'po_6', line_id, sku, qty, 100, qty FROM sub_order_lines
      WHERE sub_order_id IN (SELECT id FROM sub_orders WHERE order_id = 'ord_6')`,
];

const SENT = `INSERT INTO purchase_messages (id, purchase_id, seq, kind, body, state, created_at)
  VALUES ('msg_6', 'po_6', 1, 'order', '{}', 'sent', '2026-05-06')`;

/** What the supplier was asked for with the purchase order of order 6. */
function asked(books: Books, change: {purchase_order_id?: string; more?: number; copies?: number} = {}): void {
  const lines = (books.tables.get('sub_order_lines') ?? []).filter((line) => line['sub_order_id'] === 'sub_ord_6_1');
  const message = (i: number) => ({id: `msg_${i}`, type: 'purchase_order.created', times: 1});
  books.supplier.orders.push({
    purchase_order_id: change.purchase_order_id ?? 'po_6',
    supplier_id: 'SUP-1',
    reference: 'sub_ord_6_1',
    lines: lines.map((line) => ({
      line_id: String(line['line_id']),
      sku: String(line['sku']),
      qty: Number(line['qty']) + (change.more ?? 0),
    })),
    messages: Array.from({length: change.copies ?? 1}, (_, i) => message(i)),
    steps: [],
  });
}

const damaged = (
  title: string,
  fires: string[],
  sql: string[],
  books?: Damage['books'],
  subject = order(6),
): Damage => ({
  title,
  fires,
  subject,
  sql: [...FROM_A_SUPPLIER, ...sql],
  ...(books && {books}),
});

export const SUPPLIER_DAMAGE: readonly Damage[] = [
  damaged('a shipment that a supplier sends, in order', [], []),
  damaged('one that the supplier knows too', [], [SENT], (b) => asked(b)),
  damaged(
    "a supplier's shipment without a purchase order",
    ['D1'],
    [`DELETE FROM purchase_order_lines`, `DELETE FROM purchase_orders`],
  ),
  damaged('a purchase order with another supplier', ['D1'], [`UPDATE purchase_orders SET supplier_id = 'SUP-2'`]),
  damaged(
    'a purchase order given up under a shipment that goes on',
    ['D1'],
    [`UPDATE purchase_orders SET state = 'given_up'`],
  ),
  damaged(
    'a purchase order over more units than the shipment has',
    ['D1'],
    [`UPDATE purchase_order_lines SET qty = qty + 1`],
  ),
  damaged(
    'a purchase order for what a warehouse sends',
    ['D1', 'D3'],
    [`UPDATE purchase_orders SET sub_order_id = 'sub_ord_2_1', order_id = 'ord_2'`],
  ),
  damaged(
    'more promised of an offer than orders count on',
    ['D2'],
    [`UPDATE supplier_offers SET promised = promised + 2`],
    undefined,
    'WATER-5L@SUP-1',
  ),
  damaged(
    'an answer that is overdue',
    ['D2'],
    [`UPDATE purchase_orders SET state = 'open', acknowledge_by = '2026-05-06'`],
  ),
  damaged('a purchase order that never arrived', ['D3'], [SENT]),
  damaged('a purchase order that asks for more than we know', ['D3'], [SENT], (b) => asked(b, {more: 1})),
  damaged('a purchase order sent as two messages', ['D3'], [SENT], (b) => asked(b, {copies: 2})),
  damaged(
    'a purchase order sent twice under two ids',
    ['D3'],
    [SENT],
    (b) => {
      asked(b);
      asked(b, {purchase_order_id: 'po_7'});
    },
    'po_7',
  ),
];
