import {type Damage, eventOf, hold, order} from './damage.ts';

/** Order 6, worth 7.00, was about to cost more. */
const begun = (total: number) => eventOf('ord_6', 'order.change_begun', {change_id: 'chg_1', kind: 'add_lines', total});

/** The hold of order 6 is over so much, on both sides. */
const held = (amount: number, purpose: string): Pick<Damage, 'books'> & {sql: string[]} => ({
  sql: [`UPDATE payments SET amount = ${amount}, purpose = '${purpose}' WHERE id = 'pay_ord_6_1'`],
  books: (books) => Object.assign(hold(books, 'pi_ord_6_1'), {amount}),
});

const scanned = (task: string, qty: number) =>
  `INSERT INTO scans (operation_id, order_id, task_id, kind, code, qty, actor, request_hash, accepted, answer, at)
    VALUES ('op_${task}', 'ord_3', '${task}', 'item', 'x', ${qty}, 'anna', 'h', true, '{"accepted": true, "code": "ok"}', now())`;
const task = (id: string, kind: string, state: string, picked: number) => [
  `INSERT INTO tasks (id, order_id, sub_order_id, warehouse_id, kind, state, created_at)
    VALUES ('${id}', 'ord_3', 'sub_ord_3_1', 'WH-1', '${kind}', '${state}', now())`,
  `INSERT INTO task_stops (id, task_id, position, bin, aisle, rack, shelf, sku, barcode, name, line_id, qty, picked, short, opened)
    VALUES ('stp_${id}', '${id}', 1, 'A-1', 'A', '1', '1', 'WATER-5L', 'x', 'x', 'lin_3_1', 2, ${picked}, 0, false)`,
];

/** The two units of the cancelled order 3 were picked before; so many of them are promised to it still. */
const pickedBefore = [...task('tsk_p', 'pick', 'done', 2), scanned('tsk_p', 2)];
const stillPromised = (units: number) => [
  `UPDATE reservations SET state = 'open', qty = ${units} WHERE order_id = 'ord_3'`,
  `UPDATE stock SET reserved = reserved + ${units} WHERE warehouse_id = 'WH-1' AND sku = 'WATER-5L'`,
  `UPDATE stock_moves SET d_reserved = ${units - 2} WHERE kind = 'release' AND order_id = 'ord_3'`,
];

export const CHANGE_DAMAGE: readonly Damage[] = [
  {...held(701, 'increase'), title: 'a hold for a change that nobody began', fires: ['M1'], subject: order(6)},
  {
    ...held(751, 'increase'),
    title: 'a hold over more than the change would have made it cost',
    fires: ['M1'],
    subject: order(6),
    sql: [...held(751, 'increase').sql, ...begun(750)],
  },
  {
    ...held(750, 'initial'),
    title: 'a first hold over what only a change would have made it cost',
    fires: ['M1'],
    subject: order(6),
    sql: [...held(750, 'initial').sql, ...begun(750)],
  },
  {
    ...held(750, 'increase'),
    title: 'a hold for a change that is about to be made',
    fires: [],
    subject: order(6),
    sql: [...held(750, 'increase').sql, ...begun(750)],
  },
  {
    title: 'cancelled units that are still to be put back',
    fires: [],
    subject: order(3),
    sql: [...pickedBefore, ...task('tsk_u', 'unpick', 'open', 0), ...stillPromised(2)],
  },
  {
    title: 'units to be put back that are free for others already',
    fires: ['S4'],
    subject: order(3),
    sql: [...pickedBefore, ...task('tsk_u', 'unpick', 'open', 0), ...stillPromised(1)],
  },
  {
    title: 'units that are back on their shelf and stay promised',
    fires: ['S6'],
    subject: order(3),
    sql: [...pickedBefore, ...task('tsk_u', 'unpick', 'done', 2), scanned('tsk_u', 2), ...stillPromised(2)],
  },
  {
    title: 'a unit that was put back without a scan',
    fires: ['I3'],
    subject: order(3),
    sql: [...pickedBefore, ...task('tsk_u', 'unpick', 'open', 1), ...stillPromised(1)],
  },
  {
    title: 'picked units that were cancelled, and nobody is told to put them back',
    fires: ['I3'],
    subject: order(3),
    sql: pickedBefore,
  },
];
