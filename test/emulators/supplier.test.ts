import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {readBody, requestUrl, sendJson} from '../../emulators/shared/http.ts';
import {listen, type RunningServer} from '../../emulators/shared/server.ts';
import {buildSupplierEmulator} from '../../emulators/supplier/emulator.ts';
import {until} from '../support/until.ts';

const LINE = {line_id: 'lin_1', sku: 'CUP', qty: 2, unit_cost: {amount: 500, currency: 'USD'}};

describe('an emulated supplier', () => {
  const posts: {path: string; key: unknown; body: string}[] = [];
  let customer: RunningServer;
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'waybill-supplier-'));
    customer = await listen(async (request, response) => {
      if (request.method === 'GET') {
        const line = {...LINE, cancelled: 0, missing: 0, shipped: 0};
        return sendJson(response, 200, {state: 'acknowledged', lines: [line]});
      }
      const path = requestUrl(request).pathname;
      const tried = posts.some((post) => post.path === path);
      posts.push({path, key: request.headers['idempotency-key'], body: String(await readBody(request))});
      sendJson(response, tried ? 200 : 503, {});
    });
  });
  afterAll(async () => {
    await customer.close();
    await rm(dir, {recursive: true, force: true});
  });

  it('says the same when it says something again', async () => {
    const emulator = buildSupplierEmulator({booksDir: dir});
    const waits = {answer_after_ms: 0, ship_after_ms: 0, arrive_after_ms: 0};
    const at = Date.now();
    emulator.books.write({
      player: {id: 'GOOD', secret: 'whsec_AAAA', api: customer.url, key: 'k', character: 'good', ...waits},
    });
    const data = {purchase_order_id: 'po_1', supplier_id: 'GOOD', reference: 'sub_1', currency: 'USD', lines: [LINE]};
    emulator.books.write({message: {id: 'msg_1', supplier_id: 'GOOD', type: 'purchase_order.created', at, data}});
    const running = await emulator.start();
    try {
      const steps = () => emulator.books.purchases.get('po_1')?.steps ?? [];
      await until('the goods to arrive', async () => steps().length === 4);
      expect(steps().map(({status}) => status)).toEqual([200, 200, 200, 200]);
    } finally {
      await running.close();
    }
    const said = new Set(posts.map((post) => JSON.stringify(post)));
    // the first try of each way was turned away
    expect(posts.filter(({path}) => path.endsWith('/shipments'))).toHaveLength(2);
    expect(said.size).toBe(4);
  });
});
