import {type Damage, order} from './damage.ts';

export const SCAN_DAMAGE: readonly Damage[] = [
  {
    title: 'an accepted item scan gone',
    fires: ['I3'],
    subject: order(1),
    sql: [
      `DELETE FROM scans WHERE operation_id = (SELECT max(operation_id) FROM scans WHERE order_id = 'ord_1' AND kind = 'item' AND accepted)`,
    ],
  },
  {
    title: 'a scan that was answered and not counted',
    fires: ['I3'],
    subject: order(1),
    sql: [
      `UPDATE scans SET qty = qty + 1 WHERE operation_id = (SELECT max(operation_id) FROM scans WHERE order_id = 'ord_1' AND qty > 0)`,
    ],
  },
  {
    title: 'a scanned parcel that does not count as handed over',
    fires: ['I3'],
    subject: order(5),
    sql: [`UPDATE parcels SET dispatched_at = NULL WHERE order_id = 'ord_5'`],
  },
  {
    title: 'a packed parcel that nobody scanned',
    fires: ['I3'],
    subject: order(1),
    sql: [`DELETE FROM scans WHERE order_id = 'ord_1' AND kind = 'pack' AND answer->>'parcel_id' = 'par_sub_ord_1_1'`],
  },
  {
    title: 'a parcel handed over twice',
    fires: ['I3'],
    subject: order(1),
    sql: [
      `INSERT INTO scans SELECT 'op_again', order_id, task_id, kind, code, qty, actor, request_hash, accepted, answer, at
         FROM scans WHERE kind = 'dispatch' AND order_id = 'ord_1' LIMIT 1`,
    ],
  },
  {
    title: 'a shipment that counts more as picked than its task',
    fires: ['I3'],
    subject: order(1),
    sql: [
      `UPDATE task_stops SET picked = picked - 1 WHERE line_id = 'lin_1_2'`,
      `UPDATE scans SET qty = 0 WHERE task_id = 'tsk_sub_ord_1_1' AND code = 'PHONE-X'`,
    ],
  },
  {
    title: 'a scan that a handheld was answered, and that is not there',
    fires: ['I3'],
    subject: 'op_lost',
    acknowledged: {scans: [{operation_id: 'op_lost', accepted: true}], orders: []},
  },
  {
    title: 'a scan that was answered otherwise',
    fires: ['I3'],
    subject: order(1),
    acknowledged: {scans: [{operation_id: 'op_1', accepted: false}], orders: []},
  },
  {
    title: 'scans that were answered, and are there',
    fires: [],
    subject: order(1),
    acknowledged: {scans: [{operation_id: 'op_1', accepted: true}], orders: [{key: 'key-1', order_id: 'ord_1'}]},
  },
];
