import {type Damage, order} from './damage.ts';

export const ACTION_DAMAGE: readonly Damage[] = [
  {
    title: 'an audit row made to name another person',
    fires: ['A2'],
    subject: order(3),
    sql: [`UPDATE order_audit SET actor = 'somebody-else' WHERE order_id = 'ord_3' AND to_state = 'cancelled'`],
  },
  {
    title: 'an audit row made to name another role',
    fires: ['A2'],
    subject: order(3),
    sql: [`UPDATE order_audit SET role = 'admin' WHERE order_id = 'ord_3' AND to_state = 'cancelled'`],
  },
  {
    title: 'an audit row moved in time',
    fires: ['A2'],
    subject: order(6),
    sql: [`UPDATE order_audit SET at = at - interval '1 day' WHERE order_id = 'ord_6' AND to_state = 'paid'`],
  },
  {
    title: 'a capture that the history does not tell of',
    fires: ['A2'],
    subject: order(1),
    sql: [
      `UPDATE events SET type = 'order.noted' WHERE order_id = 'ord_1' AND type = 'order.captured' AND data->>'amount' = '334'`,
    ],
  },
  {
    title: 'a hold that nobody asked for by the history',
    fires: ['A2'],
    subject: order(6),
    sql: [`UPDATE events SET type = 'order.noted' WHERE order_id = 'ord_6' AND type = 'order.hold_requested'`],
  },
  {
    title: 'a release by nobody',
    fires: ['A2'],
    subject: order(3),
    sql: [`UPDATE events SET data = data - 'by' WHERE order_id = 'ord_3' AND type = 'order.hold_released'`],
  },
  {
    title: 'a capture without its request',
    fires: ['A2'],
    subject: order(1),
    sql: [`DELETE FROM provider_calls WHERE order_id = 'ord_1' AND operation = 'capture' AND key LIKE 'sub_ord_1_2%'`],
  },
  {
    title: 'a cancellation without its request',
    fires: ['A2'],
    subject: order(3),
    sql: [`DELETE FROM decisions WHERE order_id = 'ord_3'`],
  },
  {
    title: 'a review decided by nobody that the history knows',
    fires: ['A2'],
    subject: order(6),
    sql: [`INSERT INTO reviews VALUES ('rev_6', 'ord_6', 'approved', 0.5, '[]', now(), now(), now(), 'eve', 'fine')`],
  },
];
