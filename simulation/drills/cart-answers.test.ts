import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Reply} from '../http.ts';
import {reasonsOf, wrongDelay, wrongEnd} from './cart-answers.ts';

const reply = (status: number, body: object = {}, headers: Reply['headers'] = {}): Reply => ({status, body, headers});
const lines = [
  {sku: 'waits', qty: 1},
  {sku: 'not', qty: 2},
];
const end = (status: number, body?: object) => wrongEnd({lines, reply: reply(status, body)}, (sku) => sku === 'waits');
const soldOut = (...pointers: string[]) => ({
  code: 'out_of_stock',
  errors: pointers.map((pointer) => ({pointer, code: 'out_of_stock'})),
});

describe('what a cart is told in the end', () => {
  it('is its order, or the line that is sold out', () => {
    expect([end(201, {order_id: 'o'}), end(202, {order_id: 'o'}), end(409, soldOut('/lines/1/qty'))]).toEqual([
      null,
      null,
      null,
    ]);
  });
  it.each([
    [201, {}],
    [409, soldOut()],
    [409, soldOut('/lines/0/qty')],
    [409, soldOut('/lines/2/qty')],
    [409, {code: 'request_in_progress'}],
    [402, {code: 'payment_declined'}],
    [500, {code: 'internal'}],
    [503, {code: 'unavailable'}],
  ])('is never %i %j', (status, body) => {
    expect(end(status, body)).not.toBeNull();
  });
});

describe('whoever is put off', () => {
  const later = {'retry-after': '1'};
  it('is told until when', () => {
    expect(wrongDelay(reply(503, {code: 'unavailable'}, later))).toBeNull();
    expect(wrongDelay(reply(429, {code: 'rate_limited'}, later))).toBeNull();
    expect(wrongDelay(reply(409, {code: 'request_in_progress'}, later))).toBeNull();
  });
  it.each([
    [0, {code: 'no_answer'}, {}],
    [500, {code: 'internal'}, later],
    [502, {}, later],
    [503, {code: 'unavailable'}, {}],
    [503, '<html>', later],
  ])('is not told so by %i %j %j', (status, body, headers) => {
    expect(wrongDelay(reply(status, body as object, headers))).not.toBeNull();
  });
});

it('finds a deadlock among the reasons of the log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-log-'));
  const file = join(folder, 'api.log');
  const entry = (err: object) => JSON.stringify({msg: 'cannot answer right now', err});
  const entries = [
    entry({message: 'timeout exceeded when trying to connect'}),
    JSON.stringify({msg: 'listening'}),
    entry({message: 'query failed', cause: {originalCode: '40P01'}}),
  ];
  writeFileSync(file, entries.join('\n'));
  expect(reasonsOf(file)).toEqual({'timeout exceeded when trying to connect': 1, deadlock: 1});
  rmSync(folder, {recursive: true});
});
