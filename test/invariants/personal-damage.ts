import {type Damage, order} from './damage.ts';

const bytea = (text: string) => `'${text}'::bytea`;

export const PERSONAL_DAMAGE: readonly Damage[] = [
  {
    title: 'an address written down in the open',
    fires: ['P1'],
    subject: order(6),
    sql: [
      `UPDATE personal_data SET ciphertext = ${bytea('{"name": "Ann Example", "city": "Wien"}')} WHERE subject = 'order:ord_6'`,
    ],
  },
  {
    title: 'a profile in the open, with other letters',
    fires: ['P1'],
    subject: 'cus_6',
    sql: [
      `UPDATE personal_data SET ciphertext = convert_to('{"name":"Ann Müller"}', 'UTF8') WHERE subject = 'customer:cus_6'`,
    ],
  },
  {
    title: 'sealed data without its tag',
    fires: ['P1'],
    subject: order(6),
    sql: [`UPDATE personal_data SET tag = '' WHERE subject = 'order:ord_6'`],
  },
  {
    title: 'a search word in the open',
    fires: ['P1'],
    subject: order(6),
    sql: [`UPDATE blind_index SET token = 'ann@example.com' WHERE order_id = 'ord_6'`],
  },
  {
    title: 'a key that is not wrapped',
    fires: ['P1'],
    subject: 'cus_6',
    sql: [`UPDATE customer_keys SET wrapped_key = substring(wrapped_key FROM 1 FOR 32) WHERE customer_id = 'cus_6'`],
  },
  {
    title: 'a key lost without an erasure',
    fires: ['P1'],
    subject: order(6),
    sql: [`DELETE FROM customer_keys WHERE customer_id = 'cus_6'`],
  },
  {
    title: 'a marked name in an audit note',
    fires: ['P1'],
    subject: order(6),
    marked: {values: ['nobody', 'Zed Canary'], folders: []},
    sql: [`UPDATE order_audit SET note = 'call zed canary back' WHERE order_id = 'ord_6' AND to_state = 'paid'`],
  },
  {
    title: 'a marked name in bytes',
    fires: ['P1'],
    subject: 'personal_data',
    marked: {values: ['Zed Canary'], folders: []},
    sql: [`UPDATE personal_data SET ciphertext = ciphertext || ${bytea('Zed Canary')} WHERE subject = 'order:ord_6'`],
  },
  {
    title: 'a marked name in a file',
    fires: ['P1'],
    subject: 'test/invariants/personal-damage.ts',
    marked: {values: ['Zed Canary'], folders: ['test/invariants']},
  },
  {
    title: 'marked names that are nowhere',
    fires: [],
    subject: order(6),
    marked: {values: ['Zed' + ' Nowhere'], folders: ['test/invariants', 'no/such/folder']},
  },
];
