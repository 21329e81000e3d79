import {ServiceError} from '@temporalio/client';
import {createHttpServer, listen} from '../../api/serve.ts';
import {buildApp} from '../../api/app.ts';
import {asProblem} from '../../api/respond.ts';
import {callerOf, freshKey, startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue} from '../support/catalogue.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({checkoutLimit: 3});
  await stockCatalogue(api);
});
afterAll(() => api.close());

describe('the limit of checkouts', () => {
  it('answers 429 with the standard headers beyond it, for each client alone', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await api.as('checkout').post('/v1/orders', sampleOrder())).status);
    expect(statuses).toEqual([201, 201, 201, 429, 429]);
    const refused = await api.as('checkout').post('/v1/orders', sampleOrder()).expect(429);
    expect(refused.body.code).toBe('rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['ratelimit']).toMatch(/^"checkout"; r=0; t=\d+$/);
    const other = await api.as('support').post('/v1/orders', sampleOrder()).expect(201);
    expect(other.headers['ratelimit']).toMatch(/r=2/);
  });
});

describe('readiness', () => {
  it('is told apart from life', async () => {
    await api.anonymous.get('/readyz').expect(200);
    const server = createHttpServer(buildApp({...api.deps, draining: () => true}));
    await listen(server, 0, '127.0.0.1');
    await callerOf(server, api.keys.admin).get('/readyz').expect(503).expect('Retry-After', '1');
    await callerOf(server, api.keys.admin).get('/healthz').expect(200);
    await new Promise((resolve) => server.close(resolve));
  });

  it('needs Temporal', async () => {
    const {workflowService} = api.deps.temporal;
    workflowService.getSystemInfo = (() => Promise.reject(new ServiceError('gone'))) as never;
    await api.anonymous.get('/readyz').expect(503);
    workflowService.getSystemInfo = (() => Promise.resolve({})) as never;
  });
});

describe('surprises', () => {
  const grpc = (code: number) => new ServiceError('x', {cause: Object.assign(new Error('x'), {code}) as never});

  it.each([
    ['a lost database', Object.assign(new Error('x'), {code: 'P1001'}), 503],
    ['a cut connection', new Error('Connection terminated unexpectedly'), 503],
    ['a database that shuts down', {meta: {driverAdapterError: {cause: {originalCode: '57P01'}}}}, 503],
    [
      'a refused connection, wrapped',
      new Error('x', {cause: Object.assign(new Error('y'), {code: 'ECONNREFUSED'})}),
      503,
    ],
    ['Temporal away', grpc(14), 503],
    ['Temporal overrun', grpc(8), 429],
    ['a bug', new TypeError('undefined is not a function'), 500],
    ['nothing', undefined, 500],
  ])('%s', (_name, error, status) => {
    expect(asProblem(error).status).toBe(status);
  });

  it('tell the client nothing but the request id', async () => {
    api.deps.policy = () => Promise.reject(new Error('secret detail of SELECT * FROM keys'));
    const answer = await api.as('admin').post('/v1/orders', sampleOrder(), freshKey()).expect(500);
    expect(answer.text).not.toMatch(/secret|SELECT|\.ts/);
    expect(answer.body).toMatchObject({code: 'internal', request_id: answer.headers['x-request-id']});
  });
});
