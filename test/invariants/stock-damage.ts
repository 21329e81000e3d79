import {type Damage, order} from './damage.ts';

const stock = (set: string, place = `warehouse_id = 'WH-2' AND sku = 'WATER-5L'`) =>
  `UPDATE stock SET ${set} WHERE ${place}`;
const move = (columns: string, values: string) =>
  `INSERT INTO stock_moves (id, warehouse_id, sku, ${columns}, actor, at) VALUES (900, 'WH-2', 'WATER-5L', ${values}, 'x', now())`;

const phones = (idAndUnits: string, kindAndCause: string) =>
  `INSERT INTO stock_moves (id, d_reserved, kind, cause, warehouse_id, sku, d_on_hand, d_in_transit, order_id, line_id, actor, at)
    VALUES (${idAndUnits}, ${kindAndCause}, 'WH-1', 'PHONE-X', 0, 0, 'ord_7', 'lin_7_1', 'x', now())`;
/** Where something may be promised from. */
const SITE = `INSERT INTO warehouses (id, name, address, lat, lng, timezone, cut_off, priority, active, updated_at)
  VALUES ('WH-1', 'WH-1', '{}', 0, 0, 'UTC', '16:00', 1, true, now())`;

export const STOCK_DAMAGE: readonly Damage[] = [
  {
    title: 'a unit on hand that no move explains',
    fires: ['S1'],
    subject: 'WATER-5L@WH-2',
    sql: [stock('on_hand = on_hand + 1'), stock('on_hand = on_hand + 1').replace('UPDATE stock', 'UPDATE stock_bins')],
  },
  {
    title: 'a unit in transit that no move explains',
    fires: ['S1'],
    subject: 'WATER-5L@WH-2',
    sql: [stock('in_transit = in_transit + 1')],
  },
  {
    title: 'a unit missing from its bin',
    fires: ['S1'],
    subject: 'WATER-5L@WH-2',
    sql: [stock('on_hand = on_hand - 1').replace('UPDATE stock', 'UPDATE stock_bins')],
  },
  {
    title: 'a move gone that brought stock',
    fires: ['S1'],
    subject: 'PHONE-X@WH-1',
    sql: [`UPDATE stock_moves SET d_on_hand = 9 WHERE cause = 'receive:WH-1:PHONE-X'`],
  },
  {
    title: 'a promise that made units',
    fires: ['S1'],
    subject: 'WATER-5L@WH-2',
    sql: [
      `UPDATE stock_moves SET d_on_hand = 1 WHERE id = (SELECT min(id) FROM stock_moves WHERE kind = 'reserve' AND warehouse_id = 'WH-2')`,
      stock('on_hand = on_hand + 1'),
      stock('on_hand = on_hand + 1').replace('UPDATE stock', 'UPDATE stock_bins'),
    ],
  },
  {
    title: 'a delivery that the stock ledger does not know of',
    fires: ['S1'],
    subject: order(1),
    sql: [
      `DELETE FROM stock_moves WHERE cause = 'delivered:sub_ord_1_2:lin_1_1'`,
      stock('in_transit = in_transit + 1'),
    ],
  },
  {title: 'reserved off by one', fires: ['S2'], subject: 'WATER-5L@WH-2', sql: [stock('reserved = reserved + 1')]},
  {
    title: 'reserved and reservation agree, the moves do not',
    fires: ['S2'],
    subject: 'WATER-5L@WH-2',
    sql: [`UPDATE stock_moves SET d_reserved = 1 WHERE kind = 'reserve' AND order_id = 'ord_6'`],
  },
  {
    title: 'a unit set aside in a bin that no pick will take',
    fires: ['S2'],
    subject: 'WATER-5L@WH-2',
    sql: [`UPDATE stock_bins SET assigned = assigned + 1 WHERE warehouse_id = 'WH-2' AND sku = 'WATER-5L'`],
  },
  {title: 'a negative safety stock', fires: ['S3'], subject: 'WATER-5L@WH-2', sql: [stock('safety_stock = -1')]},
  {
    title: 'a count below what is promised',
    fires: ['S3'],
    subject: 'WATER-5L@WH-2',
    sql: [
      stock('on_hand = 1'),
      stock('on_hand = 1').replace('UPDATE stock', 'UPDATE stock_bins'),
      move('kind, d_on_hand, d_reserved, d_in_transit, cause', `'adjust', -3, 0, 0, 'count:1'`),
    ],
  },
  {
    title: 'more set aside in a bin than lies there',
    fires: ['S3'],
    subject: 'WATER-5L@WH-2',
    sql: [`UPDATE stock_bins SET assigned = 99 WHERE warehouse_id = 'WH-2' AND sku = 'WATER-5L'`],
  },
  {
    title: 'a pick of fewer units than none',
    fires: ['S3'],
    subject: 'stp_tsk_sub_ord_1_1_0',
    sql: [`UPDATE task_stops SET qty = -1 WHERE id = 'stp_tsk_sub_ord_1_1_0'`],
  },
  {
    title: 'a customer shown more units as shipped than were',
    fires: ['S4'],
    subject: order(2),
    sql: [`UPDATE order_lines SET ever_shipped = 2 WHERE order_id = 'ord_2'`],
  },
  {
    title: 'a unit of a line in two places',
    fires: ['S4'],
    subject: order(6),
    sql: [`UPDATE order_lines SET cancelled = cancelled + 1 WHERE order_id = 'ord_6'`],
  },
  {
    title: 'a shipment that says other counts than its line',
    fires: ['S4'],
    subject: order(2),
    sql: [`UPDATE sub_order_lines SET shipped = 0 WHERE sub_order_id = 'sub_ord_2_1'`],
  },
  {
    title: 'a promised line whose reservation went to another',
    fires: ['S4'],
    subject: order(6),
    sql: [`UPDATE reservations SET line_id = 'lin_4_1' WHERE order_id = 'ord_6'`],
  },
  {
    title: 'more sold than ever came in: what was received is booked as the loss of an order',
    fires: ['S5'],
    subject: 'PHONE-X',
    sql: [`UPDATE stock_moves SET kind = 'lost', order_id = 'ord_1' WHERE cause = 'receive:WH-1:PHONE-X'`],
  },
  {
    title: 'a reservation for a delivered line',
    fires: ['S6'],
    subject: order(1),
    sql: [
      stock('reserved = reserved + 1'),
      `INSERT INTO reservations VALUES ('rsv_x', 'ord_1', 'lin_1_1', NULL, 'WH-2', 'WATER-5L', 1, 'open', now(), NULL)`,
      move(
        'kind, d_on_hand, d_reserved, d_in_transit, order_id, line_id, cause',
        `'reserve', 0, 1, 0, 'ord_1', 'lin_1_1', 'reserve:rsv_x'`,
      ),
    ],
  },
  {
    title: 'one cause that moved stock twice',
    fires: ['S7'],
    subject: 'WATER-5L@WH-2',
    sql: [`UPDATE stock_moves SET cause = 'receive:WH-2:WATER-5L' WHERE kind = 'reserve' AND order_id = 'ord_6'`],
  },
  {
    title: 'a promise to no line',
    fires: ['S7'],
    subject: 'WATER-5L@WH-2',
    sql: [`UPDATE stock_moves SET line_id = NULL WHERE kind = 'reserve' AND order_id = 'ord_6'`],
  },
  {
    title: 'a transfer that never left its site',
    fires: ['S1'],
    subject: 'PHONE-X@WH-1',
    sql: [
      `INSERT INTO transfers (id, reference, sku, qty, from_warehouse, from_bin, to_warehouse, arrived, state, actor, sent_at)
        VALUES ('trf_1', 'T-1', 'PHONE-X', 2, 'WH-1', 'A-1', 'WH-2', 0, 'in_transit', 'x', now())`,
    ],
  },
  {
    title: 'more set aside for who waits than is there',
    fires: ['S3'],
    subject: 'WATER-5L@WH-2',
    sql: [stock('earmarked = 99')],
  },
  {
    title: 'a wait that nobody wrote down',
    fires: ['S8'],
    subject: order(2),
    sql: ['DELETE FROM backorder_moves'],
  },
  {
    title: 'a younger order promised what an older one waits for',
    fires: ['S8'],
    subject: order(7),
    sql: [phones('901, 9', `'reserve', 'reserve:rsv_7'`), phones('902, -9', `'release', 'release:rsv_7'`)],
  },
  {title: 'free units beside a line that waits', fires: ['S8'], subject: 'PHONE-X', sql: [SITE]},
  {
    title: 'a line that waits although units are set aside for it',
    fires: ['S8'],
    subject: order(2),
    sql: [SITE, stock('earmarked = 1', `warehouse_id = 'WH-1' AND sku = 'PHONE-X'`)],
  },
  {
    title: 'a receipt without a reference',
    fires: ['S7'],
    subject: 'WATER-5L@WH-2',
    sql: [`UPDATE stock_moves SET reference = NULL WHERE cause = 'receive:WH-2:WATER-5L'`],
  },
];
