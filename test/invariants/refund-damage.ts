import {type Damage, eventOf, order} from './damage.ts';
import type {Books} from './rows.ts';

const ID = 'rfd_ord_1';

function refund(books: Books) {
  const [found] = books.stripe.refunds;
  if (!found) throw new Error('no refund in the world');
  return found;
}

const copyOf = (id: string, set: string): string[] => [
  `INSERT INTO refunds SELECT (jsonb_populate_record(r, jsonb_build_object('id', '${id}', 'idempotency_key', '${id}',
     'provider_ref', NULL, 'credit_note', NULL, 'request_id', '${id}') || '${set}'::jsonb)).* FROM refunds r WHERE id = '${ID}'`,
  ...eventOf('ord_1', 'order.refund_requested', {refund_id: id}),
];

/** Money given back or disputed that should not be, or that the books do not agree about. */
export const REFUND_DAMAGE: readonly Damage[] = [
  {
    title: 'more given back than was captured',
    fires: ['M4'],
    subject: order(1),
    sql: [
      `UPDATE payments SET refunded_amount = 50667 WHERE id = 'pay_ord_1_1'`,
      `UPDATE refunds SET amount = 50667, kind = 'return'`,
    ],
    books: (b) => Object.assign(refund(b), {amount: 50_667}),
  },
  {
    title: 'a second refund asked for, of money that is given back already',
    fires: ['M4'],
    subject: order(1),
    sql: copyOf('rfd_2', '{"amount": 50567, "kind": "return", "state": "requested", "lines": []}'),
  },
  {
    title: 'a unit paid back twice',
    fires: ['M4'],
    subject: order(1),
    sql: copyOf(
      'rfd_2',
      '{"amount": 1, "state": "requested", "lines": [{"line_id": "lin_1_2", "qty": 1, "amount": 1}]}',
    ),
  },
  {
    title: 'more of the shipping charge given back than there was',
    fires: ['M4'],
    subject: order(1),
    sql: [`UPDATE refunds SET kind = 'shipping'`],
  },
  {
    title: 'a refund made while a bank is judging',
    fires: ['M4'],
    subject: order(1),
    sql: [
      ...eventOf('ord_1', 'order.dispute_opened', {dispute_id: 'dsp_2'}),
      ...eventOf('ord_1', 'order.refund_asked', {refund_id: ID}),
    ],
  },
  {
    title: 'a parcel scanned out while a bank is judging',
    fires: ['M4'],
    subject: order(1),
    sql: [
      ...eventOf('ord_1', 'order.dispute_opened', {dispute_id: 'dsp_2'}),
      ...eventOf('ord_1', 'sub_order.parcel_dispatched', {parcel_id: 'par_1'}),
    ],
  },
  {
    title: 'what a dispute took given back as well',
    fires: ['M4'],
    subject: order(1),
    sql: [
      `UPDATE disputes SET state = 'lost', amount = 50600`,
      `UPDATE payments SET disputed_amount = 50600 WHERE id = 'pay_ord_1_1'`,
      `UPDATE events SET type = 'order.dispute_lost' WHERE type = 'order.dispute_won'`,
    ],
    books: (b) => Object.assign(b.stripe.disputes?.[0] ?? {}, {status: 'lost', amount: 50_600}),
  },
  {
    title: 'a refund made twice at the provider, for two attempts of ours',
    fires: ['M6'],
    subject: order(1),
    books: (b) => b.stripe.refunds.push({...refund(b), id: 're_2'}),
  },
  {
    title: 'a refund by hand, which nobody here asked for',
    fires: ['M6'],
    subject: order(1),
    books: (b) => b.stripe.refunds.push({...refund(b), id: 're_2', amount: 5, idempotency_key: null, metadata: {}}),
    quiescent: false,
  },
  {
    title: 'a refund that failed, taken for one that went through',
    fires: ['M6'],
    subject: order(1),
    books: (b) => Object.assign(refund(b), {status: 'failed'}),
  },
  {
    title: 'a dispute under review, taken for one that was won',
    fires: ['M6'],
    subject: order(1),
    books: (b) => Object.assign(b.stripe.disputes?.[0] ?? {}, {status: 'under_review'}),
  },
  {
    title: 'a dispute that we never heard of',
    fires: ['M6'],
    subject: order(1),
    sql: ['DELETE FROM disputes'],
  },
  {
    title: "a large refund on one person's word",
    fires: ['A2'],
    subject: order(1),
    sql: [`UPDATE policies SET body = '{"refunds": {"second_person": 99}}'`],
  },
  {
    title: 'a refund approved by whoever asked for it',
    fires: ['A2'],
    subject: order(1),
    sql: [
      `UPDATE refunds SET decided_by = 'ann'`,
      ...eventOf('ord_1', 'order.refund_approved', {refund_id: ID}),
      `UPDATE events SET data = jsonb_set(data, '{by}', '{"actor": "ann", "role": "finance"}')
        WHERE type = 'order.refund_approved'`,
    ],
  },
];
