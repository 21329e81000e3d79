import {type Damage, eventOf, order} from './damage.ts';
import type {Books} from './rows.ts';

function mail(books: Books, n: number, about: RegExp) {
  const found = books.mail.mails.find((m) => m.headers['x-waybill-order'] === `ord_${n}` && about.test(m.subject));
  if (!found) throw new Error(`order ${n} has no such mail in the world`);
  return found;
}
const messageOf = (n: number, template: string) =>
  `order_id = 'ord_${n}' AND template = '${template}' AND channel = 'email'`;
const textOf = (n: number) => `order_id = 'ord_${n}' AND channel = 'sms'`;

function text(books: Books, n: number) {
  const found = books.sms.texts.find(({body}) => body.includes(order(n)));
  if (!found) throw new Error(`order ${n} has no text in the world`);
  return found;
}
/** Of a world where each shipment that arrived was told by text. */
const NO_TEXT = (n: number, set: string) => ({
  sql: [`UPDATE messages SET ${set} WHERE ${textOf(n)}`],
  books: (b: Books) => void (b.sms.texts = b.sms.texts.filter(({body}) => !body.includes(order(n)))),
});

export const TEXT_DAMAGE: readonly Damage[] = [
  {
    title: 'a text sent twice',
    fires: ['N1'],
    subject: order(1),
    books: (b) => b.sms.texts.unshift({...text(b, 1), sid: 'SM99'}),
  },
  {
    title: 'a text that nobody wrote down',
    fires: ['N1'],
    subject: 'Your parcel waits: http://shop.test/t/AAAAAAAAAAAAAAAA',
    books: (b) => b.sms.texts.push({...text(b, 1), body: 'Your parcel waits: http://shop.test/t/AAAAAAAAAAAAAAAA'}),
  },
  {
    title: 'a text that the provider never got',
    fires: ['N2'],
    subject: order(1),
    books: (b) => void (b.sms.texts = b.sms.texts.filter(({body}) => !body.includes(order(1)))),
  },
  {title: 'a text that is never sent', fires: ['N2'], subject: order(1), ...NO_TEXT(1, `state = 'sending'`)},
  {
    title: 'a text that waits for the morning',
    fires: [],
    subject: order(1),
    ...NO_TEXT(1, `state = 'waiting', due_at = now() + interval '9 years', asked_at = NULL`),
  },
  {
    title: 'a text kept back though it was wanted',
    fires: ['N2'],
    subject: order(1),
    ...NO_TEXT(1, `state = 'dropped', reason = 'unwanted'`),
  },
  {
    title: 'a text kept back for want of a number that is known',
    fires: ['N2'],
    subject: order(1),
    ...NO_TEXT(1, `state = 'dropped', reason = 'no_phone'`),
  },
  {
    title: 'a text dropped as overtaken by nothing',
    fires: ['N2'],
    subject: order(1),
    ...NO_TEXT(1, `state = 'dropped', reason = 'overtaken'`),
  },
  {
    title: 'a text that the provider is said to have refused',
    fires: ['N2'],
    subject: order(1),
    ...NO_TEXT(1, `state = 'dropped', reason = 'refused_21211'`),
  },
  {
    title: 'a text to somebody who had said STOP',
    fires: ['N2'],
    subject: order(1),
    sql: [
      `INSERT INTO message_choices VALUES ('mch_1', 'cus_1', 'sms', 'arrival', false, 'text-provider', 'customer', '2026-05-01T00:00:00Z')`,
    ],
  },
  {
    title: 'an event that no text was thought of for',
    fires: ['N2'],
    subject: order(1),
    sql: [`DELETE FROM messages WHERE id = (SELECT max(id) FROM messages WHERE ${textOf(1)})`],
    books: (b) =>
      void b.sms.texts.splice(
        b.sms.texts.findLastIndex(({body}) => body.includes(order(1))),
        1,
      ),
  },
  {
    title: 'a text with the words of another',
    fires: ['N3'],
    subject: order(1),
    books: (b) => Object.assign(text(b, 1), {body: text(b, 1).body.replace('was delivered', 'arrives today')}),
  },
  {
    title: 'a text with the number of another order',
    fires: ['N3'],
    subject: order(1),
    books: (b) => Object.assign(text(b, 1), {body: text(b, 1).body.replace(order(1), order(6))}),
  },
  {
    title: 'a text sent before it was due',
    fires: ['N3'],
    subject: order(1),
    sql: [`UPDATE messages SET due_at = asked_at + interval '1 hour' WHERE ${textOf(1)}`],
  },
];

export const MAIL_DAMAGE: readonly Damage[] = [
  {
    title: 'a mail sent twice, as two mails',
    fires: ['N1'],
    subject: order(1),
    books: (b) => b.mail.mails.push({...mail(b, 1, /received/), id: '99', message_id: '<another@waybill>'}),
  },
  {
    title: 'a mail written down twice',
    fires: ['N1'],
    subject: order(1),
    sql: [
      'DROP INDEX IF EXISTS messages_event_id_template_channel_key',
      `INSERT INTO messages SELECT 'msg_x', event_id, order_id, template, channel, state, created_at, sent_at FROM messages WHERE ${messageOf(1, 'received')}`,
    ],
    books: (b) => {
      const first = mail(b, 1, /received/);
      b.mail.mails.splice(b.mail.mails.indexOf(first), 0, {...first, id: '99', message_id: '<msg_x@waybill>'});
    },
  },
  {
    title: 'a mail that nobody wrote down',
    fires: ['N1'],
    subject: order(6),
    books: (b) => b.mail.mails.push({...mail(b, 6, /received/), subject: 'A gift for you', message_id: null}),
  },
  {
    title: 'a mail to two people',
    fires: ['N1'],
    subject: order(6),
    books: (b) => mail(b, 6, /received/).to.push('other@example.com'),
  },
  {
    title: 'a stranger to the sink',
    fires: [],
    subject: order(6),
    books: (b) =>
      b.mail.mails.push({id: '99', message_id: '<x@y>', to: [], subject: 'Hello', headers: {}, received: b.stripe.now}),
  },
  {
    title: 'a customer never told of the delivery',
    fires: ['N2'],
    subject: order(1),
    sql: [`DELETE FROM messages WHERE id = (SELECT max(id) FROM messages WHERE ${messageOf(1, 'delivered')})`],
    books: (b) =>
      void b.mail.mails.splice(
        b.mail.mails.findLastIndex((m) => /was delivered/.test(m.subject)),
        1,
      ),
  },
  {
    title: 'a mail still to be sent',
    fires: ['N2'],
    subject: order(6),
    sql: [`UPDATE messages SET state = 'sending', sent_at = NULL WHERE ${messageOf(6, 'received')}`],
  },
  {
    title: 'a mail that the mail server never got',
    fires: ['N2'],
    subject: order(6),
    books: (b) => void b.mail.mails.splice(b.mail.mails.indexOf(mail(b, 6, /received/)), 1),
  },
  {
    title: 'a customer who was erased in time',
    fires: [],
    subject: order(6),
    sql: [
      `UPDATE customers SET erased_at = now() WHERE id = 'cus_6'`,
      `DELETE FROM customer_keys WHERE customer_id = 'cus_6'`,
      `DELETE FROM messages WHERE ${messageOf(6, 'received')}`,
    ],
    books: (b) => void b.mail.mails.splice(b.mail.mails.indexOf(mail(b, 6, /received/)), 1),
  },
  {
    title: 'a mail about another event',
    fires: ['N3'],
    subject: order(1),
    sql: [
      `UPDATE messages SET template = 'cancelled' WHERE ${messageOf(1, 'received')}`,
      `UPDATE customers SET erased_at = now() WHERE id = 'cus_1'`,
    ],
  },
  {
    title: 'a mail with the words of another',
    fires: ['N3'],
    subject: order(1),
    books: (b) => Object.assign(mail(b, 1, /on its way/), {subject: `Your order ${order(1)} was delivered`}),
  },
  {
    title: 'a mail with the number of another order',
    fires: ['N3'],
    subject: order(6),
    books: (b) => Object.assign(mail(b, 6, /received/), {subject: `We received your order ${order(1)}`}),
  },
  {
    title: 'a mail before anything happened',
    fires: ['N3'],
    subject: order(6),
    sql: [
      `UPDATE messages SET event_id = gen_random_uuid() WHERE ${messageOf(6, 'received')}`,
      `UPDATE customers SET erased_at = now() WHERE id = 'cus_6'`,
    ],
  },
  {
    title: 'an order called declined that was paid',
    fires: ['N3'],
    subject: order(6),
    sql: [
      ...eventOf('ord_6', 'order.payment_declined', {}),
      `INSERT INTO messages SELECT 'msg_x', id, order_id, 'declined', 'email', 'sent', at, at FROM events WHERE order_id = 'ord_6' AND type = 'order.payment_declined'`,
    ],
    books: (b) =>
      b.mail.mails.push({
        ...mail(b, 6, /received/),
        message_id: '<msg_x@waybill>',
        subject: `The payment for your order ${order(6)} was declined`,
      }),
  },
  {
    title: 'the delivery told before the departure',
    fires: ['E3'],
    subject: order(1),
    books: (b) => {
      const [from, to] = [mail(b, 1, /on its way/), mail(b, 1, /was delivered/)].map((m) => b.mail.mails.indexOf(m));
      const [one, two] = [b.mail.mails[from ?? 0], b.mail.mails[to ?? 0]];
      if (!one || !two) return;
      b.mail.mails.splice(from ?? 0, 1, two);
      b.mail.mails.splice(to ?? 0, 1, one);
    },
  },
  {
    title: 'an event that nobody was told of',
    fires: ['E2'],
    subject: order(6),
    sql: [`UPDATE events SET published_at = NULL WHERE order_id = 'ord_6' AND type = 'order.waits'`],
  },
  {
    title: 'a run that was never told of its order',
    fires: ['E2'],
    subject: order(6),
    sql: [
      `INSERT INTO workflow_signals VALUES ('x', 'sub-order:sub_ord_6_1', 'picked', '{}', now(), NULL, NULL, 9, NULL)`,
    ],
  },
  {
    title: 'a webhook that nobody worked off',
    fires: ['E2'],
    subject: 'evt_1',
    sql: [
      `INSERT INTO webhook_inbox (provider, event_id, type, body, received_at) VALUES ('stripe', 'evt_1', 'charge.refunded', '{}', now())`,
    ],
  },
];

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
    subject: 'test/invariants/told-damage.ts',
    marked: {values: ['Zed Canary'], folders: ['test/invariants']},
  },
  {
    title: 'marked names that are nowhere',
    fires: [],
    subject: order(6),
    marked: {values: ['Zed' + ' Nowhere'], folders: ['test/invariants', 'no/such/folder']},
  },
];
