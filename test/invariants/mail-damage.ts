import {type Damage, eventOf, order} from './damage.ts';
import type {Books} from './rows.ts';

function mail(books: Books, n: number, about: RegExp) {
  const found = books.mail.mails.find((m) => m.headers['x-waybill-order'] === `ord_${n}` && about.test(m.subject));
  if (!found) throw new Error(`order ${n} has no such mail in the world`);
  return found;
}
const messageOf = (n: number, template: string) =>
  `order_id = 'ord_${n}' AND template = '${template}' AND channel = 'email'`;

const FIRST = `(SELECT min(id) FROM messages WHERE ${messageOf(1, 'dispatched')})`;
const SECOND = `id = (SELECT max(id) FROM messages WHERE ${messageOf(1, 'dispatched')})`;
/** The second shipment has no mail of its own; returns the mail of the first. */
function toldTogether(books: Books) {
  const isIt = (m: {subject: string; headers: Record<string, string>}) =>
    m.headers['x-waybill-order'] === 'ord_1' && /on its way/.test(m.subject);
  books.mail.mails.splice(books.mail.mails.findLastIndex(isIt), 1);
  return mail(books, 1, /on its way/);
}

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
    title: 'two shipments told in one mail',
    fires: [],
    subject: order(1),
    sql: [`UPDATE messages SET told_by = ${FIRST} WHERE ${SECOND}`],
    books: toldTogether,
  },
  {
    title: 'a shipment left out of the mail that tells of two',
    fires: ['N2'],
    subject: order(1),
    sql: [`UPDATE messages SET told_by = ${FIRST} WHERE ${SECOND}`],
    books: (b) => Object.assign(toldTogether(b), {text: 'Handed over to nobody'}),
  },
  {
    title: 'a shipment told with a mail about another order',
    fires: ['N3'],
    subject: order(1),
    sql: [`UPDATE messages SET told_by = (SELECT id FROM messages WHERE ${messageOf(6, 'received')}) WHERE ${SECOND}`],
    books: (b) => void toldTogether(b),
  },
  {
    title: 'a mail that waits for others too long',
    fires: ['N2'],
    subject: order(1),
    sql: [`UPDATE messages SET state = 'waiting', due_at = created_at WHERE ${SECOND}`],
  },
  {
    title: 'a mail that waits for one that is sent',
    fires: ['N2'],
    subject: order(1),
    sql: [
      `UPDATE messages SET told_by = ${FIRST}, state = 'waiting', due_at = now() + INTERVAL '9 years' WHERE ${SECOND}`,
    ],
    books: (b) => void toldTogether(b),
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
