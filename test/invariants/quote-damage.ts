import {type Damage, order} from './damage.ts';

const QUOTE = (id: string, set: {state: string; order?: string; total?: number; expires?: string}) =>
  `INSERT INTO quotes (id, request_id, client_id, state, order_id, customer_hash, address_hash, holds_stock, currency, asked,
     price, plan, policy_version, created_at, expires_at)
   VALUES ('${id}', '${id}', 'shop', '${set.state}', ${set.order ? `'${set.order}'` : 'NULL'}, '', '', true, 'USD', '{}',
     '{"price": {"total": ${set.total ?? 0}}}', '{}', 1, '2026-05-06T08:00:00Z', '${set.expires ?? '2099-01-01T00:00:00Z'}')`;

/** Two bottles in WH-2 that are kept for a quote, in stock, ledger and list. */
const HOLD = (quote: string): string[] => [
  `INSERT INTO quote_holds (id, quote_id, line, warehouse_id, sku, qty, state, created_at)
   VALUES ('qho_1', '${quote}', 0, 'WH-2', 'WATER-5L', 2, 'open', '2026-05-06T08:00:00Z')`,
  `UPDATE stock SET reserved = reserved + 2 WHERE warehouse_id = 'WH-2' AND sku = 'WATER-5L'`,
  `INSERT INTO stock_moves (id, warehouse_id, sku, kind, d_on_hand, d_reserved, d_in_transit, cause, reference, actor, at)
   VALUES (901, 'WH-2', 'WATER-5L', 'reserve', 0, 2, 0, 'quote:qho_1', '${quote}', 'waybill', '2026-05-06T08:00:00Z')`,
];

/** The order and its first event say that it was placed by the quote. */
const PLACED_BY = (id: string, quote: string): string[] => [
  `UPDATE orders SET quote_id = '${quote}' WHERE id = '${id}'`,
  `UPDATE events SET data = jsonb_set(data, '{order,quote_id}', '"${quote}"') WHERE order_id = '${id}' AND seq = 1`,
];

const PROMO = (used: number, max = 'NULL') =>
  `INSERT INTO promo_codes (code, percent_bp, minimum_spend, combinable, used, max_uses, updated_at)
   VALUES ('SPRING', 1000, 0, false, ${used}, ${max}, '2026-05-06T00:00:00Z')`;
const USE = (id: string, state: string, amount = 0) =>
  `INSERT INTO promo_uses (code, order_id, customer_id, amount, state, used_at)
   VALUES ('SPRING', '${id}', 'cus', ${amount}, '${state}', '2026-05-06T08:00:00Z')`;

const PROMISE = (id: string, columns: string) =>
  `INSERT INTO promises (id, order_id, sub_order_id, basis, made_at, window_from, window_to, delivered_at, outcome, late_by_s)
   SELECT s.id, s.order_id, s.id, '{}', p.status_at, p.status_at, ${columns} FROM sub_orders s JOIN parcels p ON p.sub_order_id = s.id
    WHERE s.id = '${id}'`;

export const QUOTE_DAMAGE: readonly Damage[] = [
  {
    title: 'a quote that rightly holds stock',
    fires: [],
    subject: '',
    sql: [QUOTE('quo_1', {state: 'open'}), ...HOLD('quo_1')],
  },
  {
    title: 'stock kept for a quote that is over',
    fires: ['Q1'],
    subject: 'quo_1',
    sql: [QUOTE('quo_1', {state: 'expired'}), ...HOLD('quo_1')],
  },
  {
    title: 'stock kept beside what the order of the quote got',
    fires: ['Q1'],
    subject: 'quo_1',
    sql: [
      QUOTE('quo_1', {state: 'redeemed', order: 'ord_6', total: 1_000}),
      ...HOLD('quo_1'),
      ...PLACED_BY('ord_6', 'quo_1'),
      `UPDATE quotes SET price = jsonb_build_object('price', jsonb_build_object('total', (SELECT total_amount FROM orders WHERE id = 'ord_6')))`,
    ],
  },
  {
    title: 'a quote that nobody swept',
    fires: ['Q1'],
    subject: 'quo_1',
    sql: [QUOTE('quo_1', {state: 'open', expires: '2026-05-06T00:00:00Z'}), ...HOLD('quo_1')],
  },
  {
    title: 'stock kept for a quote that is no quote',
    fires: ['Q1'],
    subject: 'quo_1',
    sql: HOLD('quo_1'),
  },
  {
    title: 'a quote that took units without a word in the list of what is kept',
    fires: ['S2', 'S7'],
    subject: 'WATER-5L@WH-2',
    sql: [QUOTE('quo_1', {state: 'open'}), ...HOLD('quo_1'), `DELETE FROM quote_holds`],
  },
  {title: 'a code counted for no order', fires: ['Q2'], subject: 'SPRING', sql: [PROMO(1)]},
  {
    title: 'a code used more often than it may be',
    fires: ['Q2'],
    subject: 'SPRING',
    sql: [PROMO(2, '1'), USE('ord_1', 'used'), USE('ord_6', 'used')],
  },
  {title: 'a use that came not back', fires: ['Q2'], subject: order(3), sql: [PROMO(1), USE('ord_3', 'used')]},
  {
    title: 'a use that came back too early',
    fires: ['Q2'],
    subject: order(6),
    sql: [PROMO(0), USE('ord_6', 'given_back')],
  },
  {
    title: 'a discount that no code stands for',
    fires: ['Q2'],
    subject: order(6),
    sql: [PROMO(1), USE('ord_6', 'used', 50)],
  },
  {
    title: 'one quote for two orders',
    fires: ['Q3'],
    subject: order(6),
    sql: [
      QUOTE('quo_1', {state: 'redeemed', order: 'ord_1', total: 51_000}),
      ...PLACED_BY('ord_1', 'quo_1'),
      ...PLACED_BY('ord_6', 'quo_1'),
      `UPDATE quotes SET price = jsonb_build_object('price', jsonb_build_object('total', (SELECT total_amount FROM orders WHERE id = 'ord_6')))`,
    ],
  },
  {
    title: 'another price than the quoted one',
    fires: ['Q3'],
    subject: order(1),
    sql: [QUOTE('quo_1', {state: 'redeemed', order: 'ord_1', total: 50_999}), ...PLACED_BY('ord_1', 'quo_1')],
  },
  {
    title: 'a quote taken after its time',
    fires: ['Q3'],
    subject: order(1),
    sql: [
      QUOTE('quo_1', {state: 'redeemed', order: 'ord_1', total: 51_000, expires: '2026-05-06T08:00:00Z'}),
      ...PLACED_BY('ord_1', 'quo_1'),
    ],
  },
  {
    title: 'tax on what the discount took off',
    fires: ['Q3'],
    subject: order(6),
    sql: [`UPDATE order_lines SET tax_amount = 1 WHERE order_id = 'ord_6' AND position = 1`],
  },
  {
    title: 'a promise kept, as it is on record',
    fires: [],
    subject: '',
    sql: [PROMISE('sub_ord_1_1', `p.status_at + interval '1 hour', p.status_at, 'on_time', 0`)],
  },
  {
    title: 'a promise broken, and said to be kept',
    fires: ['Q4'],
    subject: order(1),
    sql: [PROMISE('sub_ord_1_1', `p.status_at - interval '1 hour', p.status_at, 'on_time', 0`)],
  },
  {
    title: 'a promise that nobody judged at the door',
    fires: ['Q4'],
    subject: order(1),
    sql: [PROMISE('sub_ord_1_1', `p.status_at, NULL, NULL, NULL`)],
  },
  {
    title: 'a promise of the whole without one of its parts',
    fires: ['Q4'],
    subject: order(1),
    sql: [
      PROMISE('sub_ord_1_1', `p.status_at, p.status_at, 'on_time', 0`),
      `UPDATE promises SET id = 'ord_1', sub_order_id = NULL`,
    ],
  },
];
