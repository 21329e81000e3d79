import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {call, ProblemError} from './api.ts';

interface Said {
  status: number;
  after?: string;
}

describe('a call of the interface', () => {
  let server: Server;
  let url: string;
  let heard: IncomingMessage[];
  let says: Said[];
  beforeAll(async () => {
    server = createServer((request, response) => {
      heard.push(request);
      const {status, after} = says.shift() ?? {status: 200};
      response.writeHead(status, after === undefined ? {} : {'Retry-After': after});
      response.end(JSON.stringify(status === 200 ? {done: true} : {title: 'busy', code: 'unavailable'}));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => new Promise((closed) => server.close(closed)));
  beforeEach(() => {
    heard = [];
    says = [];
  });
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => null,
      (error: unknown) => error,
    );

  it('is sent again, with its key, when a busy service says when', async () => {
    says = [
      {status: 503, after: '0.01'},
      {status: 503, after: '0.01'},
    ];
    expect(await call('POST', url, {body: {n: 1}, key: 'once'})).toEqual({done: true});
    expect(heard.map(({headers}) => headers['idempotency-key'])).toEqual(['once', 'once', 'once']);
  });

  it('is told as refused when it is busy all the time', async () => {
    says = Array.from({length: 9}, () => ({status: 503, after: '0.01'}));
    expect(await refusal(call('GET', url))).toMatchObject({status: 503, code: 'unavailable', retryAfter: 0.01});
    expect(heard).toHaveLength(4);
  });

  it.each([
    ['does not say when to come again', {status: 503}],
    ['wants to be left alone for long', {status: 503, after: '60'}],
    ['refuses', {status: 429, after: '0.01'}],
    ['fails', {status: 500, after: '0.01'}],
  ])('is told at once as refused by a service that %s', async (_, said) => {
    says = [said];
    expect(await refusal(call('GET', url))).toBeInstanceOf(ProblemError);
    expect(heard).toHaveLength(1);
  });

  it('that nobody waits for any more is not sent again', async () => {
    says = [{status: 503, after: '4'}];
    const gone = new AbortController();
    const asked = refusal(call('GET', url, {signal: gone.signal}));
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    gone.abort(new Error('gone'));
    await asked;
    expect(heard).toHaveLength(1);
  });
});
