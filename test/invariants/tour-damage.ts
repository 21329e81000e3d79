import type {Damage} from './damage.ts';

const wave = (state: string, warehouse = 'WH-1') =>
  `INSERT INTO waves (id, warehouse_id, kind, rule, state, made_by, created_at, closed_at)
    VALUES ('wav_1', '${warehouse}', 'batch', 'by_hand', '${state}', 'x', now(), ${state === 'done' ? 'now()' : 'NULL'})`;
const tour = (state: string) =>
  `INSERT INTO tours (id, wave_id, warehouse_id, position, state, created_at, closed_at)
    VALUES ('tou_1', 'wav_1', 'WH-1', 1, '${state}', now(), ${state === 'done' ? 'now()' : 'NULL'})`;
/** A task of the cancelled order 3 that was never begun. */
const stop = (id: string, kind: string, tote: string, qty = 1) => [
  `INSERT INTO tasks (id, order_id, sub_order_id, warehouse_id, kind, state, created_at)
    VALUES ('${id}', 'ord_3', 'sub_ord_3_1', 'WH-1', '${kind}', 'open', now())`,
  `INSERT INTO task_stops (id, task_id, position, bin, aisle, rack, shelf, sku, barcode, name, line_id, qty, picked, short, opened, tour_id, tour_position, tote)
    VALUES ('stp_${id}', '${id}', 1, 'A-1', 'A', '1', '1', 'WATER-5L', 'x', 'x', 'lin_3_1', ${qty}, 0, 0, false, 'tou_1', 1, '${tote}')`,
];
/** Picking of nothing is no damage by itself: these tasks have no units left. */
const idle = (id: string, tote = '1') => stop(id, 'pick', tote, 0);

export const TOUR_DAMAGE: readonly Damage[] = [
  {
    title: 'a tour whose orders have a tote each',
    fires: [],
    subject: 'tou_1',
    sql: [wave('released'), tour('open'), ...idle('tsk_a', '1'), ...idle('tsk_b', '2')],
  },
  {
    title: 'two orders in one tote',
    fires: ['I4'],
    subject: 'tou_1',
    sql: [wave('released'), tour('open'), ...idle('tsk_a'), ...idle('tsk_b')],
  },
  {
    title: 'a stop in the tour of another site',
    fires: ['I4'],
    subject: 'stp_tsk_a',
    sql: [wave('released', 'WH-2'), tour('open'), ...idle('tsk_a')],
  },
  {title: 'a stop in a tour that is not there', fires: ['I4'], subject: 'stp_tsk_a', sql: idle('tsk_a')},
  {
    title: 'a tour that is open in a wave that is over',
    fires: ['I4'],
    subject: 'tou_1',
    sql: [wave('done'), tour('open'), ...idle('tsk_a')],
  },
  {
    // the unit is not assigned in its bin either
    title: 'work left behind by a tour that is over',
    fires: ['S2', 'I4'],
    subject: 'tou_1',
    sql: [wave('done'), tour('done'), ...stop('tsk_a', 'pick', '1')],
  },
];
