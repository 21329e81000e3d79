import {type Damage, order} from './damage.ts';

/** The papers of the money in the books, as the product makes them. */
export const PAPERS: readonly string[] = [
  'DELETE FROM documents',
  `INSERT INTO documents SELECT 'RC-' || lpad(n::text, 6, '0'), 'receipt', n, order_id, id, sub_order_id, amount, 'USD', '[]', updated_at
     FROM (SELECT *, row_number() OVER (ORDER BY id)::int AS n FROM captures WHERE state = 'done') c`,
  `INSERT INTO documents SELECT coalesce(credit_note, 'CN-' || id), 'credit_note', n, order_id, id, sub_order_id, amount, currency, lines, updated_at
     FROM (SELECT *, row_number() OVER (ORDER BY id)::int AS n FROM refunds WHERE state = 'succeeded') r`,
  `UPDATE refunds SET credit_note = d.number FROM documents d WHERE d.kind = 'credit_note' AND d.subject_id = refunds.id`,
  'UPDATE document_serials s SET first = 1, last = (SELECT count(*) FROM documents d WHERE d.kind = s.kind)',
];

/** Papers that do not say what happened. */
export const DOCUMENT_DAMAGE: readonly Damage[] = [
  {
    title: 'a capture without a receipt, and without a gap',
    fires: ['M9'],
    subject: order(1),
    sql: [`UPDATE documents SET subject_id = 'cap_nowhere' WHERE kind = 'receipt' AND serial = 1`],
  },
  {
    title: 'a receipt over another amount',
    fires: ['M9'],
    subject: order(1),
    sql: [`UPDATE documents SET amount = amount + 1 WHERE kind = 'receipt' AND serial = 1`],
  },
  {
    title: 'a second receipt for one capture',
    fires: ['M9'],
    subject: 'receipts',
    sql: [
      `INSERT INTO documents SELECT 'RC-X', kind, 99, order_id, subject_id, sub_order_id, amount, currency, lines, made_at
         FROM documents WHERE kind = 'receipt' AND serial = 1`,
    ],
  },
  {
    title: 'a number that was given out and is on no receipt',
    fires: ['M9'],
    subject: 'receipts',
    sql: [`UPDATE document_serials SET last = last + 1 WHERE kind = 'receipt'`],
  },
  {
    title: 'a credit note for money that was not given back',
    fires: ['M9'],
    subject: order(1),
    sql: [`UPDATE documents SET subject_id = 'rfd_nowhere' WHERE kind = 'credit_note'`],
  },
];
