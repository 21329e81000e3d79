import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {apiCaller} from './api-call.ts';
import {closeConnections} from './http.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const open: Server[] = [];

/** Answers the calls one after the other as told, and keeps the keys it saw. */
async function service(answers: Answer[]) {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    answers[Math.min(keys.length, answers.length) - 1]?.(request, response);
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const retries: number[] = [];
  const clock = {pause: () => Promise.resolve()};
  return {keys, retries, call: apiCaller({api, keys: {admin: 'k'}, clock, onRetry: (status) => retries.push(status)})};
}

const json =
  (status: number, body: unknown): Answer =>
  (_request, response) => {
    response.writeHead(status, {'content-type': 'application/problem+json'});
    response.end(JSON.stringify(body));
  };
const cutOff: Answer = (request) => request.socket.destroy();

afterEach(() => {
  closeConnections();
  for (const server of open.splice(0)) server.close();
});

describe('apiCaller', () => {
  const order = {role: 'checkout', method: 'POST', path: '/v1/orders', body: {}, idempotencyKey: 'key-1'} as const;

  it('repeats under the same key while there is no answer, 503, or the first try is still at work', async () => {
    const busy = json(409, {code: 'request_in_progress'});
    const {call, keys, retries} = await service([cutOff, json(503, {}), busy, json(201, {order_id: 'o'})]);
    expect(await call(order)).toMatchObject({status: 201, body: {order_id: 'o'}});
    expect(keys).toEqual(['key-1', 'key-1', 'key-1', 'key-1']);
    expect(retries).toEqual([0, 503, 409]);
  });

  it.each([
    [402, 'payment_declined'],
    [409, 'out_of_stock'],
    [422, 'invalid_request'],
  ])('takes %i %s for an answer', async (status, code) => {
    const {call, keys} = await service([json(status, {code})]);
    expect(await call(order)).toMatchObject({status, body: {code}});
    expect(keys).toHaveLength(1);
  });

  it('does not repeat a defect for ever', async () => {
    const {call, keys} = await service([json(500, {code: 'internal'})]);
    expect((await call(order)).status).toBe(500);
    expect(keys.length).toBeLessThan(10);
  });
});
