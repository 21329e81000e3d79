/** R21: drifts planted in the database of a real system, by somebody who asks neither its code nor its triggers. */
export interface Drift {
  title: string;
  /** every identifier that must fire, and no other */
  fires: string[];
  /** which order the sentences are about; null: a product's stock */
  about: 'delivered' | 'split' | 'cancelled' | 'waiting' | null;
  /** tables that are put back afterwards */
  tables: string[];
  /** `$1` is the order's id */
  sql: string[];
}

const ONE_EVENT = `SELECT id FROM events WHERE order_id = $1`;

export const DRIFTS: readonly Drift[] = [
  {
    title: 'a unit on hand made by hand',
    fires: ['S1'],
    about: null,
    tables: ['stock'],
    sql: [
      'UPDATE stock SET on_hand = on_hand + 1 WHERE sku = (SELECT sku FROM order_lines WHERE order_id = $1 LIMIT 1)',
    ],
  },
  {
    title: 'reserved is not what the reservations add up to',
    fires: ['S2'],
    about: null,
    tables: ['stock'],
    sql: [
      'UPDATE stock SET reserved = reserved + 1 WHERE sku = (SELECT sku FROM order_lines WHERE order_id = $1 LIMIT 1)',
    ],
  },
  {
    title: 'a reservation lost',
    fires: ['S2', 'S4'],
    about: 'waiting',
    tables: ['reservations'],
    sql: ['DELETE FROM reservations WHERE order_id = $1'],
  },
  {
    title: 'a stock move deleted',
    fires: ['S1'],
    about: 'delivered',
    tables: ['stock_moves'],
    sql: [`DELETE FROM stock_moves WHERE order_id = $1 AND kind = 'deliver'`],
  },
  {
    title: 'a status changed by hand',
    fires: ['E1', 'E5', 'W1', 'W2', 'W3', 'W4'],
    about: 'delivered',
    tables: ['orders'],
    sql: [`UPDATE orders SET status = 'fulfilled' WHERE id = $1`],
  },
  {
    title: 'a total changed by hand',
    fires: ['E5'],
    about: 'waiting',
    tables: ['orders'],
    sql: ['UPDATE orders SET total_amount = total_amount + 100 WHERE id = $1'],
  },
  {
    title: 'the price of a line changed by hand',
    fires: ['E5', 'Q3'],
    about: 'waiting',
    tables: ['order_lines'],
    sql: ['UPDATE order_lines SET total_amount = 1 WHERE order_id = $1'],
  },
  {
    title: 'a delivered part worth more than was taken for it',
    fires: ['M3'],
    about: 'split',
    tables: ['sub_order_lines'],
    sql: [
      `UPDATE sub_order_lines SET amount = amount + 1 WHERE sub_order_id = (SELECT min(id) FROM sub_orders WHERE order_id = $1)`,
    ],
  },
  {
    title: 'an event deleted',
    fires: ['E1'],
    about: 'delivered',
    tables: ['events'],
    sql: [`DELETE FROM events WHERE id IN (${ONE_EVENT} AND type = 'sub_order.released')`],
  },
  {
    title: 'an event changed',
    fires: ['E5'],
    about: 'delivered',
    tables: ['events'],
    sql: [
      `UPDATE events SET data = jsonb_set(data, '{order,total_amount}', '1') WHERE id IN (${ONE_EVENT} AND type = 'order.created')`,
    ],
  },
  {
    title: 'an audit row deleted',
    fires: ['E1', 'W1'],
    about: 'delivered',
    tables: ['order_audit'],
    sql: [`DELETE FROM order_audit WHERE order_id = $1 AND to_state = 'fulfilled'`],
  },
  {
    title: 'an audit row changed to name another person',
    fires: ['A2'],
    about: 'cancelled',
    tables: ['order_audit'],
    sql: [
      `UPDATE order_audit SET actor = 'nobody' WHERE order_id = $1 AND to_state = 'cancelled' AND subject = 'order'`,
    ],
  },
  {
    title: 'an audit row changed to tell another move',
    fires: ['W1'],
    about: 'delivered',
    tables: ['order_audit'],
    sql: [`UPDATE order_audit SET from_state = 'PICKING' WHERE order_id = $1 AND to_state = 'PACKED'`],
  },
  {
    title: 'a payment deleted',
    fires: ['M6'],
    about: 'waiting',
    tables: ['payments'],
    sql: ['DELETE FROM payments WHERE order_id = $1'],
  },
  {
    title: 'the amount of a capture changed',
    fires: ['M6', 'M9', 'A2'],
    about: 'delivered',
    tables: ['captures'],
    sql: ['UPDATE captures SET amount = amount - 1 WHERE order_id = $1'],
  },
  {
    title: 'a capture that nobody knows of any more',
    fires: ['M6', 'M9'],
    about: 'delivered',
    tables: ['captures'],
    sql: ['DELETE FROM captures WHERE order_id = $1'],
  },
  {
    title: 'a parcel without a label',
    fires: ['C1'],
    about: 'delivered',
    tables: ['parcels'],
    sql: [`UPDATE parcels SET shipment_ref = 'shp_nowhere' WHERE order_id = $1`],
  },
  {
    title: 'a label without a parcel: its row is gone with all that hangs on it',
    fires: ['C1', 'C3', 'I3'],
    about: 'delivered',
    tables: ['parcels', 'parcel_items', 'parcel_events'],
    sql: [
      'DELETE FROM parcel_items WHERE parcel_id IN (SELECT id FROM parcels WHERE order_id = $1)',
      'DELETE FROM parcel_events WHERE parcel_id IN (SELECT id FROM parcels WHERE order_id = $1)',
      'DELETE FROM parcels WHERE order_id = $1',
    ],
  },
  {
    title: 'a label that costs something else in our books',
    fires: ['C5'],
    about: 'delivered',
    tables: ['parcels'],
    sql: ['UPDATE parcels SET cost_amount = cost_amount + 1 WHERE order_id = $1'],
  },
  {
    title: 'a delivered parcel shown on its way: a webhook was lost',
    fires: ['C4'],
    about: 'delivered',
    tables: ['parcels', 'parcel_events'],
    sql: [
      `DELETE FROM parcel_events WHERE status = 'delivered' AND parcel_id IN (SELECT id FROM parcels WHERE order_id = $1)`,
      `UPDATE parcels SET status = 'out_for_delivery' WHERE order_id = $1`,
    ],
  },
  {
    title: 'a scan deleted',
    fires: ['I3'],
    about: 'delivered',
    tables: ['scans'],
    sql: [`DELETE FROM scans WHERE order_id = $1 AND kind = 'item'`],
  },
  {
    title: 'the key of an order deleted',
    fires: ['I1'],
    about: 'delivered',
    tables: ['idempotency_keys'],
    sql: ['DELETE FROM idempotency_keys WHERE subject_id = $1'],
  },
  {
    title: 'a mail that nobody wrote down',
    fires: ['N1', 'N2'],
    about: 'delivered',
    tables: ['messages'],
    sql: [`DELETE FROM messages WHERE order_id = $1 AND template = 'delivered'`],
  },
  {
    title: 'the run of an order forgotten',
    fires: ['W5'],
    about: 'waiting',
    tables: ['order_runs'],
    sql: ['DELETE FROM order_runs WHERE order_id = $1'],
  },
  {
    title: 'an order that waits for nothing',
    fires: ['E5', 'W2'],
    about: 'waiting',
    tables: ['orders'],
    sql: ['UPDATE orders SET waiting_on = NULL WHERE id = $1'],
  },
  {
    title: 'an address in the open',
    fires: ['P1'],
    about: 'waiting',
    tables: ['personal_data'],
    sql: [`UPDATE personal_data SET ciphertext = '{"name": "Ann"}'::bytea WHERE subject = 'order:' || $1`],
  },
];
