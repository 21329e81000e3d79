import {type Damage, order} from './damage.ts';

/** A closed return of one unit of the first order's first line, its units counted and nothing else. */
const closed = (id: string, more: Partial<Record<'state' | 'amount' | 'accepted', string | number>> = {}): string[] => [
  `INSERT INTO returns (id, order_id, kind, state, resolution, request_id, request_hash, warehouse_id, currency, expected_amount,
      refund_amount, reasons, requested_by, label_state, requested_at, updated_at)
    SELECT '${id}', id, 'come_back', '${more.state ?? 'closed'}', 'refund', 'req-${id}', '', 'EAST', currency, 0, ${more.amount ?? 0}, '[]',
      'carrier', 'none', placed_at, placed_at FROM orders WHERE id = 'ord_1'`,
  `INSERT INTO order_audit (id, order_id, seq, subject, from_state, to_state, actor, role, at)
    SELECT 200000 + n, e.order_id, e.seq, '${id}', f, t, e.data->'by'->>'actor', e.data->'by'->>'role', e.at
      FROM (VALUES (1, NULL, 'in_transit'), (2, 'in_transit', 'received'), (3, 'received', 'closed')) AS m (n, f, t)
      JOIN events e ON e.order_id = 'ord_1' AND e.seq = m.n WHERE '${more.state ?? 'closed'}' = 'closed' OR n = 1`,
  `INSERT INTO return_lines (return_id, line_id, value_line_id, sku, qty, reason, accepted, refund_amount)
    SELECT '${id}', id, id, sku, 1, 'late', ${more.accepted ?? 1}, ${more.amount ?? 0} FROM order_lines WHERE id = 'lin_1_1'`,
];

/** The parcel that came back had arrived before: its units count as returned. */
const ofParcel = (id: string) =>
  `UPDATE returns SET parcel_id = 'par_sub_ord_1_1', inspected_at = requested_at WHERE id = '${id}'`;
const counted = `UPDATE order_lines SET returned = returned + 1 WHERE id = 'lin_1_1'`;

export const RETURN_DAMAGE: readonly Damage[] = [
  {
    title: 'a return in due form',
    fires: [],
    subject: order(1),
    sql: [...closed('ret_1'), ofParcel('ret_1'), counted],
  },
  {
    title: 'a unit that counts as returned and never came back',
    fires: ['S4'],
    subject: order(1),
    sql: [counted],
  },
  {
    title: 'a return that took a unit in, which does not count as returned',
    fires: ['S4'],
    subject: order(1),
    sql: [...closed('ret_1'), ofParcel('ret_1')],
  },
  {
    title: 'money promised for a return and never given back',
    fires: ['M4'],
    subject: order(1),
    sql: [...closed('ret_1', {amount: 5}), ofParcel('ret_1'), counted],
  },
  {
    title: 'a unit fit to be sold again that never got to the shelf',
    fires: ['S1'],
    subject: order(1),
    sql: [
      ...closed('ret_1'),
      ofParcel('ret_1'),
      counted,
      `INSERT INTO return_findings (return_id, line_id, grade, qty, disposition, bin) VALUES ('ret_1', 'lin_1_1', 'as_new', 1, 'restock', 'A-1')`,
    ],
  },
  {
    title: 'a return that nothing works on',
    fires: ['W3'],
    subject: order(1),
    sql: [
      ...closed('ret_1', {state: 'in_transit', accepted: 0}),
      `UPDATE returns SET kind = 'customer', refund_amount = NULL WHERE id = 'ret_1'`,
    ],
  },
  {
    title: 'a return that is where no move led it',
    fires: ['W1'],
    subject: order(1),
    sql: [...closed('ret_1'), ofParcel('ret_1'), counted, `UPDATE returns SET state = 'cancelled' WHERE id = 'ret_1'`],
  },
  {
    title: 'a scan at the returns desk that took nothing in',
    fires: ['I3'],
    subject: order(1),
    sql: [
      `INSERT INTO scans (operation_id, order_id, kind, code, actor, request_hash, accepted, answer, at)
        VALUES ('op-return', 'ord_1', 'return', 'TRK-par_sub_ord_1_1', 'receiver', '', true, '{}', now())`,
    ],
  },
];
