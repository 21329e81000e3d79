import {allocate, arrive, buyLabel, cancelPart, handOver, pack, type Part, pick, reserve} from './floor.ts';
import {capture, releaseHold, takeHold} from './hold-rows.ts';
import {finish, type Order, placeOrder, recordChange, startRun, waitFor} from './order-rows.ts';
import {disputeWon, giveBack} from './refund-rows.ts';
import {add, type Books, emptyBooks, receive, tick} from './rows.ts';

/**
 * Seven orders, one in each kind of state, with stock, money, labels and runs that all agree:
 * 1 delivered in two shipments, with a refund and a dispute that was won, 2 half on its way and half backordered, 3 cancelled after a label was bought, 4 in review,
 * 5 lost and let go, 6 waiting to be picked, 7 declined.
 */
export function smallWorld(): Books {
  const books = emptyBooks();
  const policy = {refunds: {second_person: 50_000}};
  add(books, 'policies', {version: 1, name: 'small', body: policy, created_at: tick(books)});
  receive(books, 'WH-1', 'WATER-5L', 20);
  receive(books, 'WH-2', 'WATER-5L', 5);
  receive(books, 'WH-1', 'PHONE-X', 10);
  splitAndDelivered(books);
  halfOnItsWay(books);
  cancelledWithLabel(books);
  inReview(books);
  lost(books);
  waitingForPicker(books);
  declined(books);
  books.stripe.now = tick(books, 60);
  return books;
}

function open(books: Books, n: number, wanted: {sku: string; qty: number; total: number}[]): Order {
  const order = placeOrder(books, n, wanted);
  startRun(books, order);
  return order;
}

/** Three bottles for 10.00 from two places: 6.66 and 3.34; a phone for 500.00. */
function splitAndDelivered(books: Books): void {
  const order = open(books, 1, [
    {sku: 'WATER-5L', qty: 3, total: 1_000},
    {sku: 'PHONE-X', qty: 1, total: 50_000},
  ]);
  const [water, phone] = order.lines as [Order['lines'][number], Order['lines'][number]];
  const first = takeHold(books, order, 'initial', 51_000);
  reserve(books, order, water, 'WH-1', 2);
  reserve(books, order, water, 'WH-2', 1);
  reserve(books, order, phone, 'WH-1', 1);
  const near = {
    warehouse: 'WH-1',
    lines: [
      {line: water, qty: 2, amount: 666},
      {line: phone, qty: 1, amount: 50_000},
    ],
  };
  const far = {warehouse: 'WH-2', lines: [{line: water, qty: 1, amount: 334}]};
  const [one, two] = allocate(books, order, [near, far]) as [Part, Part];
  for (const part of [one, two]) {
    pick(books, order, part);
    pack(books, order, part);
  }
  handOver(books, order, one, 'partially_fulfilled');
  handOver(books, order, two, 'fulfilled');
  arrive(books, order, one, 'delivered');
  const rest = takeHold(books, order, 'remainder', 334);
  capture(books, order, first, one.sub, 50_666);
  arrive(books, order, two, 'delivered', 'delivered');
  capture(books, order, rest, two.sub, 334);
  giveBack(books, order, first, one.sub, {
    kind: 'line',
    amount: 100,
    lines: [{line_id: phone['id'], qty: 1, amount: 100}],
  });
  disputeWon(books, order, first, 50_566);
  finish(books, order);
}

function halfOnItsWay(books: Books): void {
  const order = open(books, 2, [{sku: 'PHONE-X', qty: 2, total: 100_000}]);
  const [phone] = order.lines as [Order['lines'][number]];
  takeHold(books, order, 'initial', 100_000);
  reserve(books, order, phone, 'WH-1', 1);
  const now = {warehouse: 'WH-1', lines: [{line: phone, qty: 1, amount: 50_000}]};
  const later = {warehouse: null, lines: [{line: phone, qty: 1, amount: 50_000}]};
  const [one] = allocate(books, order, [now, later]) as [Part, Part];
  pick(books, order, one);
  pack(books, order, one);
  handOver(books, order, one, 'partially_fulfilled');
  waitFor(books, order, 'stock', 'receiver');
}

function cancelledWithLabel(books: Books): void {
  const order = open(books, 3, [{sku: 'WATER-5L', qty: 2, total: 700}]);
  const [water] = order.lines as [Order['lines'][number]];
  const hold = takeHold(books, order, 'initial', 700);
  reserve(books, order, water, 'WH-1', 2);
  const [part] = allocate(books, order, [{warehouse: 'WH-1', lines: [{line: water, qty: 2, amount: 700}]}]) as [Part];
  buyLabel(books, order, part);
  cancelPart(books, order, part, 'cancelled');
  releaseHold(books, order, hold);
  finish(books, order);
}

function inReview(books: Books): void {
  const order = open(books, 4, [{sku: 'WATER-5L', qty: 1, total: 350}]);
  const [water] = order.lines as [Order['lines'][number]];
  takeHold(books, order, 'initial', 350);
  reserve(books, order, water, 'WH-1', 1);
  waitFor(books, order, 'fraud_review', 'support');
}

function lost(books: Books): void {
  const order = open(books, 5, [{sku: 'WATER-5L', qty: 1, total: 350}]);
  const [water] = order.lines as [Order['lines'][number]];
  const hold = takeHold(books, order, 'initial', 350);
  reserve(books, order, water, 'WH-1', 1);
  const [part] = allocate(books, order, [{warehouse: 'WH-1', lines: [{line: water, qty: 1, amount: 350}]}]) as [Part];
  pick(books, order, part);
  pack(books, order, part);
  handOver(books, order, part, 'fulfilled');
  arrive(books, order, part, 'lost', 'refunded');
  releaseHold(books, order, hold);
  finish(books, order);
}

function waitingForPicker(books: Books): void {
  const order = open(books, 6, [{sku: 'WATER-5L', qty: 2, total: 700}]);
  const [water] = order.lines as [Order['lines'][number]];
  takeHold(books, order, 'initial', 700);
  reserve(books, order, water, 'WH-2', 2);
  allocate(books, order, [{warehouse: 'WH-2', lines: [{line: water, qty: 2, amount: 700}]}]);
  waitFor(books, order, 'pick', 'picker@WH-2');
}

function declined(books: Books): void {
  const order = open(books, 7, [{sku: 'PHONE-X', qty: 1, total: 50_000}]);
  takeHold(books, order, 'initial', 50_000, 'declined');
  waitFor(books, order, 'payment_method', 'customer');
  add(books, 'idempotency_keys', {
    client_id: 'shop',
    key: 'cancel-7',
    operation: 'orders.cancel',
    request_hash: 'h',
    subject_id: order.id,
    response_status: 200,
    response_body: {},
    created_at: tick(books),
  });
  recordChange(books, order, 'order.noted');
}
