import {type Damage, order, orderBecomes, orderMoves} from './damage.ts';
import type {Books} from './rows.ts';

const NO_WAIT = {waiting_on: null, waiting_since: null, waiting_deadline: null, waiting_owner: null};
const run = (books: Books, n: number) => {
  const found = books.runs.find((r) => r.workflow_id === `order:ord_${n}`);
  if (!found) throw new Error(`no run of order ${n} in the world`);
  return found;
};
const key = (subject: string, answer: string) => `INSERT INTO idempotency_keys
  VALUES ('shop', 'another', 'orders', 'h', '${subject}', ${answer}, now())`;

export const EVENT_DAMAGE: readonly Damage[] = [
  {
    title: 'an event deleted',
    fires: ['E1'],
    subject: order(7),
    sql: [
      `DELETE FROM events WHERE order_id = 'ord_7' AND type = 'order.waits'`,
      `UPDATE events SET data = data || '{"order": {"waiting_on": "payment_method", "waiting_owner": "customer"}}' WHERE order_id = 'ord_7' AND type = 'order.noted'`,
      `UPDATE orders SET waiting_since = NULL WHERE id = 'ord_7'`,
    ],
  },
  {
    title: 'a move without its audit row',
    fires: ['E1', 'W1'],
    subject: order(6),
    sql: [`DELETE FROM order_audit WHERE order_id = 'ord_6' AND to_state = 'paid'`],
  },
  {
    title: 'a move audited twice',
    fires: ['E1', 'W1'],
    subject: order(6),
    sql: [
      `INSERT INTO order_audit SELECT 100000, order_id, seq, subject, from_state, to_state, actor, role, note, at
         FROM order_audit WHERE order_id = 'ord_6' AND to_state = 'paid'`,
    ],
  },
  {
    title: 'the price of a line changed by hand',
    fires: ['E5', 'Q3'],
    subject: order(6),
    sql: [`UPDATE order_lines SET total_amount = 1 WHERE order_id = 'ord_6'`],
  },
  {
    title: 'the total changed by hand',
    fires: ['E5'],
    subject: order(6),
    sql: [`UPDATE orders SET total_amount = total_amount + 100 WHERE id = 'ord_6'`],
  },
  {
    title: 'an audit row without its event',
    fires: ['E1'],
    subject: order(6),
    sql: [`UPDATE order_audit SET seq = 99 WHERE order_id = 'ord_6' AND subject = 'sub_ord_6_1'`],
  },
  {
    title: 'the last event deleted',
    fires: ['E1', 'E5'],
    subject: order(7),
    sql: [`DELETE FROM events WHERE order_id = 'ord_7' AND type = 'order.noted'`],
  },
  {
    title: 'a column changed without an event',
    fires: ['E5'],
    subject: order(6),
    sql: [`UPDATE orders SET fraud_score = 0.5 WHERE id = 'ord_6'`],
  },
  {
    title: 'a time changed without an event',
    fires: ['E5'],
    subject: order(6),
    sql: [`UPDATE orders SET waiting_since = waiting_since + interval '1 ms' WHERE id = 'ord_6'`],
  },
  {
    title: 'a row touched later than its last event',
    fires: ['E5'],
    subject: order(6),
    sql: [`UPDATE orders SET updated_at = updated_at + interval '1 s' WHERE id = 'ord_6'`],
  },
  {
    title: 'an event of an order that was rolled back',
    fires: ['E6'],
    subject: 'ord_ghost',
    sql: [
      `INSERT INTO events VALUES (gen_random_uuid(), 'ord_ghost', 1, 'order.created', NULL, '{"order": {}}', now(), now())`,
    ],
  },
  {
    title: 'an event of a shipment that does not exist',
    fires: ['E6'],
    subject: order(1),
    sql: [`UPDATE events SET sub_order_id = 'sub_ghost' WHERE order_id = 'ord_1' AND type = 'order.captured'`],
  },
];

export const STATE_DAMAGE: readonly Damage[] = [
  {
    title: 'a shipment that skipped its packing',
    fires: ['W1'],
    subject: order(1),
    sql: [`UPDATE order_audit SET to_state = 'PACKED' WHERE subject = 'sub_ord_1_1' AND to_state = 'PICKED'`],
  },
  {
    title: 'an order that jumped to a status out of reach',
    fires: ['W1'],
    subject: order(6),
    sql: [
      `UPDATE order_audit SET from_state = 'payment_processing' WHERE order_id = 'ord_6' AND to_state = 'awaiting_fulfillment'`,
    ],
  },
  {
    title: 'an open order that waits for nothing',
    fires: ['W2'],
    subject: order(6),
    sql: orderBecomes('ord_6', NO_WAIT),
  },
  {
    title: 'a wait without owner and deadline',
    fires: ['W2'],
    subject: order(6),
    sql: orderBecomes('ord_6', {waiting_owner: null}),
  },
  {
    title: 'a review long past its deadline',
    fires: ['W2'],
    subject: order(4),
    sql: orderBecomes('ord_4', {waiting_deadline: '2026-05-06T08:10:00.000Z'}),
  },
  {
    title: 'a window for another method that should long be over',
    fires: ['W2'],
    subject: order(6),
    sql: orderBecomes('ord_6', {waiting_on: 'payment_method', waiting_deadline: '2026-05-06T08:10:00.000Z'}),
  },
  {title: 'a wait nobody knows', fires: ['W2'], subject: order(6), sql: orderBecomes('ord_6', {waiting_on: 'godot'})},
  {
    title: 'a run that goes on after the end',
    fires: ['W3'],
    subject: order(1),
    books: (b) => Object.assign(run(b, 1), {status: 'RUNNING'}),
  },
  {
    title: 'a shipment whose run goes on after the order ended',
    fires: ['W3'],
    subject: order(1),
    books: (b) => b.runs.push({workflow_id: 'sub-order:sub_ord_1_1', run_id: 'r', status: 'RUNNING'}),
  },
  {
    title: 'an open order without a run',
    fires: ['W3'],
    subject: order(6),
    books: (b) => Object.assign(run(b, 6), {status: 'COMPLETED'}),
  },
  {title: 'a failed run', fires: ['W3'], subject: order(1), books: (b) => Object.assign(run(b, 1), {status: 'FAILED'})},
  {
    title: 'a failed run of another kind',
    fires: ['W3'],
    subject: 'sub-order:sub_1',
    books: (b) => b.runs.push({workflow_id: 'sub-order:sub_1', run_id: 'r', status: 'TIMED_OUT'}),
  },
  {title: 'a workflow task that fails for ever', fires: ['W3'], subject: order(6), attempts: {'order:ord_6': 7}},
  {
    title: 'a delivered order with a shipment on its way, of which the customer heard otherwise',
    fires: ['W4', 'N3'],
    subject: order(1),
    sql: [
      `DELETE FROM order_audit WHERE subject = 'sub_ord_1_2' AND to_state = 'DELIVERED'`,
      `UPDATE sub_orders SET stage = 'IN_TRANSIT' WHERE id = 'sub_ord_1_2'`,
    ],
  },
  {
    title: 'an order fulfilled while half of it is backordered',
    fires: ['W4'],
    subject: order(2),
    sql: orderMoves('ord_2', 'partially_fulfilled', 'fulfilled'),
  },
  {
    title: 'an order started twice',
    fires: ['W5'],
    subject: order(1),
    books: (b) => b.runs.push({...run(b, 1), run_id: 'run-again'}),
  },
  {
    title: 'a run nobody wrote down',
    fires: ['W5'],
    subject: order(6),
    sql: [`DELETE FROM order_runs WHERE order_id = 'ord_6'`],
  },
  {
    title: 'another run than the one written down',
    fires: ['W5'],
    subject: order(6),
    sql: [`UPDATE order_runs SET run_id = 'run-other' WHERE order_id = 'ord_6'`],
  },
  {
    title: 'a run for an order that does not exist',
    fires: ['W5'],
    subject: 'unknown order ord_ghost',
    books: (b) => b.runs.push({workflow_id: 'order:ord_ghost', run_id: 'r', status: 'RUNNING'}),
  },
  {
    title: 'a run that was continued as new',
    fires: [],
    subject: order(6),
    books: (b) => b.runs.unshift({...run(b, 6), run_id: 'run-ord_6-2', status: 'CONTINUED_AS_NEW'}),
  },
];

export const API_DAMAGE: readonly Damage[] = [
  {
    title: 'an order without its key',
    fires: ['I1'],
    subject: order(6),
    sql: [`DELETE FROM idempotency_keys WHERE key = 'key-6'`],
  },
  {title: 'two keys for one order', fires: ['I1'], subject: order(6), sql: [key('ord_6', `NULL, NULL`)]},
  {
    title: 'a key whose order does not exist',
    fires: ['I1'],
    subject: 'ord_ghost',
    sql: [key('ord_ghost', `NULL, NULL`)],
  },
  {
    title: 'an acknowledged order that does not exist',
    fires: ['I1', 'I2'],
    subject: 'ord_ghost',
    sql: [key('ord_ghost', `202, '{"order_id": "ord_ghost"}'`)],
  },
  {
    title: 'an order that a client was told of, and that is not there',
    fires: ['I2'],
    subject: 'ord_lost',
    acknowledged: {scans: [], orders: [{key: 'key-lost', order_id: 'ord_lost'}]},
  },
  {
    title: 'an answer that names another order',
    fires: ['I2'],
    subject: order(6),
    sql: [`UPDATE idempotency_keys SET response_body = '{"order_id": "ord_1"}' WHERE key = 'key-6'`],
  },
];
