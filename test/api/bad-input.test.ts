import {connect} from 'node:net';
import {gzipSync} from 'node:zlib';
import {countRows, freshKey, startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue, WATER} from '../support/catalogue.ts';

let api: TestApi;
let before: Record<string, number>;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
  before = await countRows(api.store);
});
afterAll(() => api.close());
// nothing that is refused leaves a row behind
afterEach(async () => expect(await countRows(api.store)).toEqual(before));

type Order = ReturnType<typeof sampleOrder> & Record<string, unknown>;
const order = (change: (order: Order) => void): Order => {
  const body = sampleOrder() as Order;
  change(body);
  return body;
};
const place = (body: object | string) => api.as('checkout').post('/v1/orders', body);
const qty = (value: unknown) => order((o) => void (o.lines[1] = {sku: 'PHONE-X', qty: value}));
const raw = (from: string, to: string) => JSON.stringify(sampleOrder()).replace(from, to);

describe('refused with a pointer, nothing written', () => {
  it.each<[string, object | string, string, string]>([
    ['unknown sku', order((o) => void (o.lines[0] = {sku: 'GONE', qty: 1})), '/lines/0/sku', 'unknown_sku'],
    ['qty 0', qty(0), '/lines/1/qty', 'too_small'],
    ['qty -1', qty(-1), '/lines/1/qty', 'too_small'],
    ['qty 1.5', qty(1.5), '/lines/1/qty', 'not_an_integer'],
    ['qty 1e9', qty(1e9), '/lines/1/qty', 'too_large'],
    ['qty "1"', qty('1'), '/lines/1/qty', 'wrong_type'],
    ['qty 2^31', qty(2 ** 31), '/lines/1/qty', 'too_large'],
    ['qty 2^53', qty(2 ** 53), '/lines/1/qty', 'too_large'],
    ['qty null', qty(null), '/lines/1/qty', 'wrong_type'],
    ['no qty', order((o) => void (o.lines[1] = {sku: 'PHONE-X'} as never)), '/lines/1/qty', 'missing'],
    ['qty 1e999', raw('"qty":1}', '"qty":1e999}'), '/lines/1/qty', 'wrong_type'],
    [
      'a price of the client',
      order((o) => Object.assign(o.lines[0] ?? {}, {price: 1})),
      '/lines/0/price',
      'unknown_field',
    ],
    ['a total of the client', order((o) => void (o['total'] = {amount: 1})), '/total', 'unknown_field'],
    ['a negative discount', order((o) => void (o['discount'] = -5)), '/discount', 'unknown_field'],
    ['a role in the body', order((o) => void (o['role'] = 'admin')), '/role', 'unknown_field'],
    ['two currencies', order((o) => void (o.lines[1] = {sku: 'EURO', qty: 1})), '/lines/1/sku', 'mixed_currency'],
    [
      '501 lines',
      order((o) => void (o.lines = Array.from({length: 501}, () => ({sku: 'PHONE-X', qty: 1})))),
      '/lines',
      'too_many',
    ],
    ['no lines', order((o) => void (o.lines = [])), '/lines', 'too_few'],
    ['lines as an object', order((o) => void (o.lines = {} as never)), '/lines', 'wrong_type'],
    ['a line break in a name', order((o) => void (o.customer.name = 'Ann\r\nBcc: x')), '/customer/name', 'line_break'],
    ['a tab in an address', order((o) => void (o.ship_to.line1 = 'a\tb')), '/ship_to/line1', 'control_character'],
    ['a blank name', order((o) => void (o.customer.name = ' \u200b ')), '/customer/name', 'blank'],
    ['a name of 301', order((o) => void (o.customer.name = 'x'.repeat(301))), '/customer/name', 'too_long'],
    ['an address of 201', order((o) => void (o.ship_to.line1 = 'x'.repeat(201))), '/ship_to/line1', 'too_long'],
    [
      'two addresses in one e-mail',
      order((o) => void (o.customer.email = 'a@b.c,d@e.f')),
      '/customer/email',
      'invalid',
    ],
    [
      'a card number as a method',
      order((o) => void (o.payment_method = '4242424242424242')),
      '/payment_method',
      'card_number',
    ],
    [
      'a card number in a name',
      order((o) => void (o.customer.name = '4242 4242 4242 4242')),
      '/customer/name',
      'card_number',
    ],
    ['latitude 91', order((o) => void (o.ship_to.lat = 91)), '/ship_to/lat', 'too_large'],
    [
      'a postal code of nowhere',
      order((o) => void (o.ship_to.postal_code = 'XYZ')),
      '/ship_to/postal_code',
      'invalid_postal_code',
    ],
    ['country in small letters', order((o) => void (o.ship_to.country = 'us')), '/ship_to/country', 'invalid'],
    ['a country that is none', order((o) => void (o.ship_to.country = 'XX')), '/ship_to/country', 'unknown_country'],
    ['an unknown promise', order((o) => void (o.delivery_sla = 'NOW')), '/delivery_sla', 'not_allowed'],
    ['a promise out of reach', order((o) => void (o.ship_to.lat = 0)), '/delivery_sla', 'sla_unreachable'],
    ['a deadline in the past', order((o) => void (o['deadline'] = '2001-01-01T00:00:00Z')), '/deadline', 'in_the_past'],
    ['a deadline without a zone', order((o) => void (o['deadline'] = '2101-01-01T00:00:00')), '/deadline', 'invalid'],
    ['an unknown promo code', order((o) => void (o['promo_codes'] = ['X'])), '/promo_codes/0', 'unknown_promo_code'],
    ['an unknown quote', order((o) => void (o['quote_id'] = 'Q')), '/quote_id', 'unknown_quote'],
    ['a NUL', raw('Ann Example', 'Ann\\u0000'), '/customer/name', 'control_character'],
    ['half a surrogate pair', raw('Ann Example', 'Ann \\ud83d'), '/customer/name', 'malformed_unicode'],
  ])('%s', async (_name, body, pointer, code) => {
    const answer = await place(body);
    expect(answer.status).toBe(422);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body.errors).toContainEqual(expect.objectContaining({pointer, code}));
    expect(answer.body).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status: 422,
      detail: expect.any(String),
    });
    expect(answer.body.request_id).toBe(answer.headers['x-request-id']);
  });

  it('reports all faults of a request together', async () => {
    const {body} = await place(
      order((o) => {
        o.lines = [
          {sku: 'GONE', qty: 0},
          {sku: 'EURO', qty: 'x'},
          {sku: 'WATER-5L', qty: 101},
        ];
        o.ship_to.postal_code = 'XYZ';
        o.customer.email = 'nobody';
        o['promo_codes'] = ['A'];
        o['surprise'] = 1;
      }),
    ).expect(422);
    expect(body.errors.map((e: {pointer: string; code: string}) => `${e.pointer} ${e.code}`).sort()).toEqual([
      '/customer/email invalid',
      '/lines/0/qty too_small',
      '/lines/0/sku unknown_sku',
      '/lines/1/qty wrong_type',
      '/lines/2/qty out_of_stock',
      '/lines/2/sku mixed_currency',
      '/promo_codes/0 unknown_promo_code',
      '/ship_to/postal_code invalid_postal_code',
      '/surprise unknown_field',
    ]);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['a list', []],
    ['a text', 'hello'],
  ])('a body that is %s', async (_name, body) => {
    const answer = await place(JSON.stringify(body)).expect(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({pointer: '', code: 'wrong_type'}));
  });
});

describe('refused before it is read as an order', () => {
  it.each<[string, string, number, string]>([
    ['NaN', raw('"qty":1}', '"qty":NaN}'), 400, 'malformed_json'],
    ['nothing', ' ', 400, 'malformed_json'],
    ['half of it', JSON.stringify(sampleOrder()).slice(0, 100), 400, 'malformed_json'],
    ['a prototype key', raw('{"customer"', '{"__proto__":{"role":"admin"},"customer"'), 400, 'forbidden_key'],
    ['a key twice', raw('{"customer"', '{"lines":[],"customer"'), 400, 'duplicate_key'],
    ['depth 21', '['.repeat(21) + ']'.repeat(21), 400, 'too_deep'],
    ['depth 400,000', '['.repeat(400_000), 400, 'too_deep'],
    ['more than 1 MiB', JSON.stringify({x: 'y'.repeat(1024 * 1024)}), 413, 'body_too_large'],
  ])('%s', async (_name, body, status, code) => {
    const answer = await place(body);
    expect([answer.status, answer.body.code, answer.type]).toEqual([status, code, 'application/problem+json']);
  });

  const bearer = () => ({Authorization: `Bearer ${api.keys.checkout}`, 'Idempotency-Key': freshKey()});
  const bytes = (body: Buffer, headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${api.port}/v1/orders`, {
      method: 'POST',
      headers: {...bearer(), ...headers},
      body: new Uint8Array(body),
    });

  it('bytes that are not UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xc0, 0xaf]), Buffer.from('"}')]);
    const answer = await bytes(body, {'Content-Type': 'application/json'});
    expect([answer.status, ((await answer.json()) as {code: string}).code]).toEqual([400, 'malformed_json']);
  });

  it('a gzip bomb, unread', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, 0x20));
    const answer = await bytes(bomb, {'Content-Type': 'application/json', 'Content-Encoding': 'gzip'});
    expect([answer.status, ((await answer.json()) as {code: string}).code]).toEqual([415, 'unsupported_media_type']);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'multipart/form-data; boundary=x',
    '',
  ])('content-type %p', async (type) => {
    const answer = await bytes(Buffer.from(JSON.stringify(sampleOrder())), {'Content-Type': type});
    expect([answer.status, ((await answer.json()) as {code: string}).code]).toEqual([415, 'unsupported_media_type']);
  });

  it('a body that grows beyond 1 MiB without saying so', async () => {
    const chunk = new Uint8Array(64 * 1024).fill(0x20);
    let left = 40;
    const body = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    const answer = await fetch(`http://127.0.0.1:${api.port}/v1/orders`, {
      method: 'POST',
      headers: {...bearer(), 'Content-Type': 'application/json'},
      body,
      duplex: 'half',
    } as RequestInit).catch((error: Error) => error);
    // the connection is closed under a sender that does not stop
    if (answer instanceof Response) expect(answer.status).toBe(413);
  });
});

describe('addresses and headers', () => {
  it.each(['/v1/products/%E0', '/v1/products/%zz', '/v1/orders/%', '/track/%E0%A4'])('%s is 400', async (path) => {
    const answer = await api.as('ops').get(path);
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed_request']);
  });

  it.each(['/v1/inventory/a%00b', '/v1/orders/%00', '/v1/products/%0d%0aX'])(
    '%s is 400 or 404, never 5xx',
    async (path) => {
      const answer = path.includes('products') ? await api.as('ops').put(path, WATER) : await api.as('ops').get(path);
      expect([400, 404]).toContain(answer.status);
      expect(answer.type).toBe('application/problem+json');
    },
  );

  it('a flood of headers is 431', async () => {
    const answer = await exchange(`GET /healthz HTTP/1.1\r\nHost: x\r\n${'X-A: '.concat('y'.repeat(30_000))}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('application/problem+json');
  });

  it('what is no HTTP is 400', async () => {
    expect(await exchange('HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each(['', ' ', '%0a', '../../etc/passwd', '<script>', "' OR 1=1 --", 'x'.repeat(5000)])(
    'tracking token %p is 404',
    async (token) => {
      const answer = await api.anonymous.get(`/v1/track/${encodeURIComponent(token)}`);
      expect([400, 404]).toContain(answer.status);
    },
  );

  it.each(['nonsense', Buffer.from('[1,2]').toString('base64url'), 'e30'])(
    'a cursor of somebody else (%s) shows the first page',
    async (cursor) => {
      await api.as('ops').get(`/v1/orders?cursor=${cursor}`).expect(200);
    },
  );

  it.each(['limit=0', 'limit=x', 'limit=201', 'status=gone', 'limit=1&limit=2', 'surprise=1'])(
    'GET /v1/orders?%s is 400',
    async (query) => {
      const answer = await api.as('ops').get(`/v1/orders?${query}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_parameter']);
    },
  );

  function exchange(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(api.port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (data) => {
        answer += data.toString();
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  }
});

describe('what leaves the process', () => {
  it('names no software and allows no scripts', async () => {
    const {headers} = await api.anonymous.get('/healthz').expect(200);
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each(['POST /healthz', 'DELETE /v1/orders', 'PATCH /v1/orders/x', 'GET /v1/scans', 'PUT /v1/orders/x'])(
    '%s is 405 with Allow',
    async (line) => {
      const [method = '', path = ''] = line.split(' ');
      const answer = await fetch(`http://127.0.0.1:${api.port}${path}`, {method});
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toMatch(/GET|POST/);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    },
  );

  it('an unknown address is a problem too', async () => {
    const answer = await api.anonymous.get('/v2/orders').expect(404);
    expect(answer.body).toMatchObject({code: 'not_found', request_id: expect.any(String)});
  });
});
