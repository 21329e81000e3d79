import {type Damage, order} from './damage.ts';
import type {Books} from './rows.ts';

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
