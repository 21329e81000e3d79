import {type Damage, order} from './damage.ts';
import type {Books} from './rows.ts';

const PARCEL_3 = 'par_sub_ord_3_1';

/** The label of the cancelled order 3 was never given back. */
function unvoid(books: Books, refund_status: 'rejected' | null): void {
  for (const label of books.carrier.labels) if (label.shipment_id === `shp_${PARCEL_3}`) label.voided_at = null;
  for (const shipment of books.carrier.shipments)
    if (shipment.reference === PARCEL_3) shipment.refund_status = refund_status;
}

/** Another label is bought for what `reference` names. */
function buyAnother(books: Books, reference: string): void {
  books.carrier.shipments.push({id: 'shp_x', reference, refund_status: null});
  books.carrier.labels.push({
    shipment_id: 'shp_x',
    tracking_code: 'TRK-X',
    cost: 745,
    currency: 'USD',
    bought_at: books.stripe.now,
    voided_at: null,
  });
}

const applied = (parcel: string, status: string) =>
  `INSERT INTO parcel_events VALUES ('${parcel}', 'late', '${status}', true, now(), now())`;

/** The parcel of order 1 goes there, declared and insured as the amounts say. */
function abroad(books: Books, customs: string | null, insured: string | null, to_country = 'DE'): void {
  for (const shipment of books.carrier.shipments) {
    if (shipment.reference !== 'par_sub_ord_1_1') continue;
    const customs_items = customs === null ? null : [{value: customs}];
    Object.assign(shipment, {from_country: 'US', to_country, customs_items, insured});
  }
}

const judged = (verdict: string) =>
  `INSERT INTO address_checks SELECT id, address_hash, '${verdict}', 1, '{}', now(), now() FROM orders WHERE id = 'ord_1'`;
/** A word of the tracker of order 1 in the carrier's own code. */
const word = (unread: boolean, status = 'unknown') =>
  `INSERT INTO parcel_events (parcel_id, event_key, status, applied, at, stored_at, code_carrier, carrier_code, unread)
    VALUES ('par_sub_ord_1_1', 'code', '${status}', false, now(), now(), 'swiftpost', 'X7', ${unread})`;
const meaning = `INSERT INTO carrier_codes VALUES ('swiftpost', 'X7', '{delivered}', '{}', 'ops', now())`;
const ended = (is: boolean) => `UPDATE parcels SET ended_at = ${is ? 'now()' : 'NULL'} WHERE id = 'par_sub_ord_1_1'`;
const breaker = (state: string) =>
  `INSERT INTO carrier_health (carrier, state, opened_at, probe_at, updated_at) VALUES ('Teak', '${state}', now(), now(), now())`;
const moved = (state: string) =>
  `INSERT INTO decisions (id, order_id, kind, policy_version, inputs, output, at)
    VALUES ('dec_h', NULL, 'carrier_health', 0, '{"carrier": "Teak"}', '{"state": "${state}"}', now())`;
const arrival = (parcel: string, carrier: string) =>
  `INSERT INTO carrier_arrivals SELECT '${parcel}', '${carrier}', coalesce(service, 'x'), true, now()
    FROM parcels WHERE id = 'par_sub_ord_1_1'`;

export const PARCEL_DAMAGE: readonly Damage[] = [
  {title: 'an address that the carriers know', fires: [], subject: order(1), sql: [judged('verified')]},
  {
    title: 'a label for an address that no carrier knows',
    fires: ['C11'],
    subject: order(1),
    sql: [judged('unverifiable')],
  },
  {title: 'a correction that nobody kept', fires: ['C11'], subject: order(1), sql: [judged('corrected')]},
  {title: 'a word that waits for a person', fires: [], subject: order(1), sql: [word(true)]},
  {title: 'a word that could be read', fires: ['C8'], subject: order(1), sql: [word(true), meaning]},
  {
    title: 'a word that moved a parcel unread',
    fires: ['C8'],
    subject: order(1),
    sql: [word(true, 'delivered')],
  },
  {
    title: 'a word that nobody is asked about',
    fires: ['C8'],
    subject: order(1),
    sql: [word(false), ended(false)],
  },
  {title: 'a breaker that is where it was left', fires: [], subject: 'Teak', sql: [breaker('open'), moved('open')]},
  {title: 'a breaker that nobody opened', fires: ['C9'], subject: 'Teak', sql: [breaker('open')]},
  {
    title: 'a breaker that closed by itself',
    fires: ['C9'],
    subject: 'Teak',
    sql: [breaker('closed'), moved('open')],
  },
  {
    title: 'a parcel in the record of another carrier',
    fires: ['C9'],
    subject: 'par_sub_ord_1_1',
    sql: [arrival('par_sub_ord_1_1', 'Teak')],
  },
  {
    title: 'a parcel that crosses a border undeclared',
    fires: ['C6'],
    subject: order(1),
    books: (b) => abroad(b, null, null),
  },
  {
    title: 'a parcel that is declared for less than it is worth',
    fires: ['C6'],
    subject: order(1),
    books: (b) => abroad(b, '0.01', null),
    sql: [`UPDATE parcels SET customs_amount = 1 WHERE id = 'par_sub_ord_1_1'`],
  },
  {
    title: 'a parcel of whose insurance our books know nothing',
    fires: ['C6'],
    subject: order(1),
    books: (b) => abroad(b, null, '10.00', 'US'),
  },
  {
    title: 'two labels for one parcel',
    fires: ['C1'],
    subject: order(1),
    books: (b) => buyAnother(b, 'par_sub_ord_1_1'),
  },
  {title: 'a label without a parcel', fires: ['C1'], subject: 'TRK-X', books: (b) => buyAnother(b, 'par_nowhere')},
  {
    title: 'a shipped parcel without a label',
    fires: ['C1'],
    subject: order(2),
    books: (b) =>
      Object.assign(b.carrier, {labels: b.carrier.labels.filter((l) => l.tracking_code !== 'TRK-par_sub_ord_2_1')}),
  },
  {
    title: 'a parcel that tracks another label',
    fires: ['C1'],
    subject: order(2),
    sql: [`UPDATE parcels SET tracking_number = 'TRK-Y' WHERE order_id = 'ord_2'`],
  },
  {title: 'a label of a cancelled shipment, kept', fires: ['C2'], subject: order(3), books: (b) => unvoid(b, null)},
  {
    title: 'a refused void that nobody was told of',
    fires: ['C2'],
    subject: order(3),
    books: (b) => unvoid(b, 'rejected'),
  },
  {
    title: 'a refused void with a task for a person',
    fires: [],
    subject: order(3),
    books: (b) => unvoid(b, 'rejected'),
    sql: [
      `UPDATE parcels SET void_state = 'rejected' WHERE id = '${PARCEL_3}'`,
      `INSERT INTO tasks VALUES ('tsk_1', 'ord_3', 'sub_ord_3_1', 'WH-1', 'exception', 'open', NULL, NULL, now(), NULL)`,
    ],
  },
  {
    title: 'a label whose money came back, and our books know nothing of it',
    fires: ['C2'],
    subject: order(3),
    sql: [`UPDATE parcels SET void_state = 'submitted' WHERE id = '${PARCEL_3}'`],
  },
  {
    title: 'a unit in a parcel that was never picked',
    fires: ['C3'],
    subject: order(1),
    sql: [`UPDATE parcel_items SET qty = qty + 1 WHERE line_id = 'lin_1_2'`],
  },
  {
    title: 'a picked unit in no parcel',
    fires: ['C3'],
    subject: order(2),
    sql: [`DELETE FROM parcel_items WHERE line_id = 'lin_2_1'`],
  },
  {
    title: 'a unit in the parcel of another order',
    fires: ['C3'],
    subject: order(2),
    sql: [`UPDATE parcel_items SET parcel_id = 'par_sub_ord_2_1' WHERE parcel_id = 'par_sub_ord_1_2'`],
  },
  {
    title: 'a unit of a planned parcel without a place',
    fires: ['C7'],
    subject: order(2),
    sql: [`INSERT INTO parcel_packings VALUES ('par_sub_ord_2_1', 'BOX', '{400,300,300}', '[]')`],
  },
  {
    title: 'units that are planned to stick out of their box',
    fires: ['C7'],
    subject: order(2),
    sql: [
      `INSERT INTO parcel_packings SELECT parcel_id, 'BOX', '{400,300,300}', jsonb_agg(jsonb_build_object('line_id', line_id,
         'sku', sku, 'x', 310, 'y', 80 * n, 'z', 0, 'dx', 100, 'dy', 80, 'dz', 60))
         FROM parcel_items, generate_series(0, qty - 1) AS n WHERE parcel_id = 'par_sub_ord_2_1' GROUP BY parcel_id`,
    ],
  },
  {
    title: 'a parcel that the carrier has delivered and we show on its way',
    fires: ['C4'],
    subject: order(2),
    books: (b) => Object.assign(b.carrier, {trackers: [{tracking_code: 'TRK-par_sub_ord_2_1', status: 'delivered'}]}),
  },
  {
    title: 'a parcel that the carrier found after we had given it up',
    fires: [],
    subject: order(5),
    sql: [`UPDATE parcels SET status = 'lost' WHERE order_id = 'ord_5'`],
    books: (b) => Object.assign(b.carrier, {trackers: [{tracking_code: 'TRK-par_sub_ord_5_1', status: 'delivered'}]}),
  },
  {
    title: 'a delivered parcel that is on its way again',
    fires: ['C4'],
    subject: order(1),
    sql: [applied('par_sub_ord_1_1', 'in_transit')],
  },
  {
    title: 'a parcel shown less far than it was',
    fires: ['C4'],
    subject: order(1),
    sql: [`UPDATE parcels SET status = 'out_for_delivery' WHERE id = 'par_sub_ord_1_1'`],
  },
  {
    title: 'a delivered parcel that comes back',
    fires: [],
    subject: order(1),
    sql: [
      applied('par_sub_ord_1_1', 'return_to_sender'),
      `UPDATE parcels SET status = 'return_to_sender' WHERE id = 'par_sub_ord_1_1'`,
    ],
  },
  {
    title: 'a label that costs something else',
    fires: ['C5'],
    subject: order(2),
    sql: [`UPDATE parcels SET cost_amount = 744 WHERE order_id = 'ord_2'`],
  },
];
