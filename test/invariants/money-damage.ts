import {captureInstead, type Damage, eventOf, hold, order} from './damage.ts';
import type {Books} from './rows.ts';

const HOUR = 3_600_000;

function laterBy(time: string, ms: number): string {
  return new Date(Date.parse(time) + ms).toISOString();
}

/** Order 6 gets a second hold, on both sides, with nothing to explain it. */
function secondHold(books: Books): void {
  const first = hold(books, 'pi_ord_6_1');
  books.stripe.holds.push({...first, id: 'pi_ord_6_2', idempotency_key: 'ord_6:hold:2'});
}
const secondPayment = (purpose: string) => `INSERT INTO payments SELECT (jsonb_populate_record(p, jsonb_build_object(
  'id', 'pay_2', 'provider_ref', 'pi_ord_6_2', 'idempotency_key', 'ord_6:hold:2', 'purpose', '${purpose}'))).* FROM payments p WHERE id = 'pay_ord_6_1'`;

/** Both captures of order 1 happen so much later: its two holds live side by side until then. */
function capturedLater(books: Books, ms: number): void {
  for (const id of ['pi_ord_1_1', 'pi_ord_1_2']) {
    const line = hold(books, id).history.findLast(({what}) => what === 'captured');
    if (line) line.at = laterBy(line.at, ms);
  }
}

/** A hold at the provider that we know nothing of, made long ago. */
function unknownHold(books: Books, ageMs: number): void {
  const created = laterBy(books.stripe.now, -ageMs);
  const lost = {...hold(books, 'pi_ord_7_1'), id: 'pi_lost', created, idempotency_key: 'ord_7:hold:2'};
  books.stripe.holds.push({...lost, metadata: {order_id: 'ord_7'}});
}
const startedCall = `INSERT INTO provider_calls (key, provider, operation, order_id, params_hash, state, attempts, first_at, last_at)
  VALUES ('ord_7:hold:2', 'stripe', 'authorize', 'ord_7', 'x', 'started', 1, now(), now())`;

/** The history tells of a hold of order 6 as if it had been taken in due form; the call is written down too. */
const toldHold = (payment: string, n: number) => [
  `INSERT INTO provider_calls (key, provider, operation, order_id, params_hash, state, attempts, first_at, last_at)
    VALUES ('ord_6:hold:${n}', 'stripe', 'authorize', 'ord_6', 'x', 'done', 1, now(), now())`,
  ...['order.hold_requested', 'order.hold_renewed'].flatMap((type) => eventOf('ord_6', type, {payment_id: payment})),
];
/** What the history tells of the capture of order 1's second part follows the books. */
const toldCapture = (amount: number) =>
  `UPDATE events SET data = data || '{"amount": ${amount}}' WHERE type = 'order.captured' AND data->>'amount' = '334'`;

export const MONEY_DAMAGE: readonly Damage[] = [
  {
    title: 'a hold over more than the order',
    fires: ['M1'],
    subject: order(6),
    sql: [`UPDATE payments SET amount = 701 WHERE id = 'pay_ord_6_1'`],
    books: (b) => Object.assign(hold(b, 'pi_ord_6_1'), {amount: 701}),
  },
  {
    title: 'a capture above the hold',
    fires: ['M1'],
    subject: order(1),
    sql: [`UPDATE payments SET amount = 50665 WHERE id = 'pay_ord_1_1'`],
    books: (b) => Object.assign(hold(b, 'pi_ord_1_1'), {amount: 50_665}),
  },
  {
    title: 'holds that are each within bounds, and captures that are more than the order',
    fires: ['M1', 'M3'],
    subject: order(1),
    books: (b) => {
      hold(b, 'pi_ord_1_2').amount = 51_000;
      captureInstead(b, 'pi_ord_1_2', 51_000);
    },
    sql: [
      toldCapture(51_000),
      `UPDATE captures SET amount = 51000 WHERE amount = 334`,
      `UPDATE payments SET amount = 51000, captured_amount = 51000 WHERE id = 'pay_ord_1_2'`,
    ],
  },
  {
    title: 'a hold in another currency than the order, alike on both sides',
    fires: ['M1'],
    subject: order(6),
    sql: [`UPDATE payments SET currency = 'EUR' WHERE id = 'pay_ord_6_1'`],
    books: (b) => Object.assign(hold(b, 'pi_ord_6_1'), {currency: 'eur'}),
  },
  {
    title: 'two holds at once',
    fires: ['M2'],
    subject: order(6),
    sql: [secondPayment('initial'), ...toldHold('pay_2', 2)],
    books: secondHold,
  },
  {
    title: 'three holds at once, even for a renewal',
    fires: ['M2'],
    subject: order(6),
    sql: [
      secondPayment('renewal'),
      secondPayment('renewal')
        .replace(`'pay_2'`, `'pay_3'`)
        .replace('pi_ord_6_2', 'pi_ord_6_3')
        .replace('hold:2', 'hold:3'),
      ...toldHold('pay_2', 2),
      ...toldHold('pay_3', 3),
    ],
    books: (b) => {
      const first = hold(b, 'pi_ord_6_1');
      b.stripe.holds.push({...first, id: 'pi_ord_6_2'}, {...first, id: 'pi_ord_6_3'});
    },
  },
  {
    title: 'a renewal that leaves the old hold for hours',
    fires: ['M2'],
    subject: order(1),
    books: (b) => capturedLater(b, 3 * HOUR),
  },
  {title: 'a renewal that takes ten minutes', fires: [], subject: order(1), books: (b) => capturedLater(b, HOUR / 6)},
  {
    title: 'an old overlap of holds, long over, without a recorded reason',
    fires: ['M2'],
    subject: order(1),
    sql: [`UPDATE payments SET purpose = 'initial' WHERE id = 'pay_ord_1_2'`],
  },
  {
    title: 'a capture of one cent too little, booked alike on both sides',
    fires: ['M3'],
    subject: order(1),
    sql: [
      `UPDATE captures SET amount = 333 WHERE amount = 334`,
      toldCapture(333),
      `UPDATE payments SET captured_amount = 333 WHERE id = 'pay_ord_1_2'`,
    ],
    books: (b) => captureInstead(b, 'pi_ord_1_2', 333),
  },
  {
    title: 'a part that is worth another amount than its share',
    fires: ['M3'],
    subject: order(1),
    sql: [`UPDATE sub_order_lines SET amount = 335 WHERE amount = 334`],
  },
  {
    title: 'lost units charged',
    fires: ['M3'],
    subject: order(5),
    sql: [
      `UPDATE payments SET captured_amount = 350, state = 'captured' WHERE id = 'pay_ord_5_1'`,
      `INSERT INTO captures VALUES ('cap_5', 'pay_ord_5_1', 'ord_5', 'sub_ord_5_1', 350, 'k5', 'done', now(), now())`,
      `UPDATE provider_calls SET key = 'k5' WHERE order_id = 'ord_5' AND operation = 'release'`,
      `UPDATE events SET type = 'order.captured', data = data || '{"sub_order_id": "sub_ord_5_1", "amount": 350}'
        WHERE order_id = 'ord_5' AND type = 'order.hold_released'`,
    ],
    books: (b) => {
      const lost = hold(b, 'pi_ord_5_1');
      lost.history.push({at: lost.canceled_at ?? '', what: 'captured', amount: 350});
      Object.assign(lost, {status: 'succeeded', canceled_at: null});
      b.stripe.captures.push({payment_intent: lost.id, amount: 350, at: b.stripe.now, idempotency_key: 'k5'});
    },
  },
  {
    title: 'parts and captures that agree on a wrong price',
    fires: ['M3'],
    subject: order(1),
    sql: [
      `UPDATE sub_order_lines SET amount = 333 WHERE amount = 334`,
      `UPDATE captures SET amount = 333 WHERE amount = 334`,
      toldCapture(333),
      `UPDATE payments SET captured_amount = 333 WHERE id = 'pay_ord_1_2'`,
    ],
    books: (b) => captureInstead(b, 'pi_ord_1_2', 333),
  },
  {
    title: 'money still held for a cancelled order',
    fires: ['M5'],
    subject: order(3),
    sql: [
      `UPDATE payments SET state = 'authorized' WHERE id = 'pay_ord_3_1'`,
      `UPDATE events SET type = 'order.noted' WHERE order_id = 'ord_3' AND type = 'order.hold_released'`,
    ],
    books: (b) => Object.assign(hold(b, 'pi_ord_3_1'), {status: 'requires_capture', canceled_at: null}),
  },
  {
    title: 'money still held for an order that is over',
    fires: ['M5'],
    subject: order(5),
    sql: [
      `UPDATE payments SET state = 'authorized' WHERE id = 'pay_ord_5_1'`,
      `UPDATE events SET type = 'order.noted' WHERE order_id = 'ord_5' AND type = 'order.hold_released'`,
    ],
    books: (b) => Object.assign(hold(b, 'pi_ord_5_1'), {status: 'requires_capture', canceled_at: null}),
  },
  {
    title: 'a cancelled order whose customer can still answer their bank',
    fires: ['M5'],
    subject: order(3),
    sql: [
      `UPDATE payments SET state = 'requires_action' WHERE id = 'pay_ord_3_1'`,
      `UPDATE events SET type = 'order.noted' WHERE order_id = 'ord_3' AND type = 'order.hold_released'`,
    ],
    books: (b) => Object.assign(hold(b, 'pi_ord_3_1'), {status: 'requires_action', canceled_at: null}),
  },
  {
    title: 'a hold that a shop made for an order that is over, still alive',
    fires: ['M5'],
    subject: order(3),
    sql: [
      `INSERT INTO shop_holds (intent, order_id, reference, state, created_at, settled_at)
        VALUES ('pi_shop', 'ord_3', 'basket', 'let_go', now(), now())`,
    ],
    books: (b) => {
      const made = {id: 'pi_shop', metadata: {order_reference: 'basket'}, idempotency_key: null};
      b.stripe.holds.push({...hold(b, 'pi_ord_6_1'), ...made, status: 'requires_capture'});
    },
  },
  {
    title: 'a hold that a shop made and that is for no order yet',
    fires: [],
    subject: '',
    books: (b) => {
      const made = {id: 'pi_shop_early', metadata: {order_reference: 'basket'}, idempotency_key: null};
      b.stripe.holds.push({...hold(b, 'pi_ord_6_1'), ...made, status: 'requires_capture'});
    },
  },
  {
    title: 'a payment row gone',
    fires: ['M6'],
    subject: order(6),
    sql: [`DELETE FROM payments WHERE id = 'pay_ord_6_1'`],
  },
  {
    title: 'a hold gone at the provider',
    fires: ['M6'],
    subject: order(6),
    books: (b) => void b.stripe.holds.splice(b.stripe.holds.indexOf(hold(b, 'pi_ord_6_1')), 1),
  },
  {
    title: 'a hold in another currency',
    fires: ['M1', 'M6'],
    subject: order(6),
    books: (b) => Object.assign(hold(b, 'pi_ord_6_1'), {currency: 'eur'}),
  },
  {
    title: 'a payment in another state',
    fires: ['M6'],
    subject: order(7),
    sql: [`UPDATE payments SET state = 'canceled' WHERE id = 'pay_ord_7_1'`],
  },
  {
    title: 'a payment that never got an answer',
    fires: ['M6'],
    subject: order(7),
    sql: [`UPDATE payments SET state = 'unknown', provider_ref = NULL WHERE id = 'pay_ord_7_1'`],
  },
  {
    title: 'captures that do not add up to the payment',
    fires: ['M6'],
    subject: order(1),
    sql: [`UPDATE captures SET amount = 335 WHERE amount = 334`, toldCapture(335)],
  },
  {
    title: 'under way: an old hold that nobody remembers asking for',
    fires: ['M6'],
    subject: order(7),
    quiescent: false,
    books: (b) => unknownHold(b, HOUR),
  },
  {
    title: 'under way: an old hold whose call is still open',
    fires: ['M6'],
    subject: order(7),
    quiescent: false,
    sql: [startedCall],
    books: (b) => unknownHold(b, HOUR),
  },
  {
    title: 'under way: a hold made a minute ago whose call is open',
    fires: [],
    subject: order(7),
    quiescent: false,
    sql: [startedCall],
    books: (b) => unknownHold(b, 60_000),
  },
  {
    title: 'under way: a hold made a minute ago that nobody was about to ask for',
    fires: ['M6'],
    subject: order(7),
    quiescent: false,
    books: (b) => unknownHold(b, 60_000),
  },
  {
    title: 'under way: money taken that nobody was about to take',
    fires: ['M6'],
    subject: order(2),
    quiescent: false,
    books: (b) => {
      const taken = hold(b, 'pi_ord_2_1');
      taken.history.push({at: b.stripe.now, what: 'captured', amount: 50_000});
      b.stripe.captures.push({payment_intent: taken.id, amount: 50_000, at: b.stripe.now, idempotency_key: 'x'});
    },
  },
  {
    title: 'a call that was never answered',
    fires: ['M6'],
    subject: order(6),
    sql: [`UPDATE provider_calls SET state = 'started' WHERE order_id = 'ord_6'`],
  },
  {
    title: 'a capture that the provider made twice',
    fires: ['M1', 'M3', 'M6'],
    subject: order(1),
    books: (b) => {
      hold(b, 'pi_ord_1_2').amount = 668;
      b.stripe.captures.push(...b.stripe.captures.filter((c) => c.amount === 334));
    },
    sql: [`UPDATE payments SET amount = 668, captured_amount = 668 WHERE id = 'pay_ord_1_2'`],
  },
  {
    title: 'a key sent with two requests',
    fires: ['M8'],
    subject: 'ord_6:hold:1',
    books: (b) =>
      b.stripe.requests.push({
        method: 'POST',
        path: '/v1/payment_intents',
        idempotency_key: 'ord_6:hold:1',
        param_hash: 'another',
      }),
  },
];
