import {freshKey} from '../support/api.ts';
import {openReturns} from '../support/returns.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

describe('a return asked for behind the tracking link', () => {
  let world: World;
  let desk: ReturnType<typeof openReturns>;
  let token: string;
  let line_id: string;
  beforeAll(async () => {
    world = await startWorld();
    desk = openReturns(world);
    await openShop(world.api);
    const sku = await offer(world.api, {at: {EAST: 12}});
    const order = await desk.delivered(sku, 12);
    token = order.tracking_url.split('/').at(-1) ?? '';
    line_id = order.lines[0]?.line_id ?? '';
  });
  afterAll(() => world.close());

  const ask = (qty: number, key: string | null = freshKey(), link = token) => {
    const call = world.api.anonymous.post(`/v1/track/${link}/returns`);
    if (key !== null) call.set('Idempotency-Key', key);
    return call.send({lines: [{line_id, qty, reason: 'wrong_size'}]});
  };

  it('is taken without a key of the interface, once for each key of the request, and shown there', async () => {
    const key = freshKey();
    const first = await ask(1, key).expect(201);
    const again = await ask(1, key).expect(201);
    expect(again.body.return_id).toBe(first.body.return_id);
    expect((await ask(2, key)).body.code).toBe('idempotency_key_reused');
    expect((await ask(1, null)).body.code).toBe('idempotency_key_missing');
    await desk.becomes(first.body.return_id as string, 'label_ready');
    const {body} = await world.api.anonymous.get(`/v1/track/${token}`).expect(200);
    expect(body.returns).toEqual([
      expect.objectContaining({return_id: first.body.return_id, state: 'label_ready', label_url: expect.any(String)}),
    ]);
  });

  it('leads nowhere behind another link, and too many a minute are turned away', async () => {
    await ask(1, freshKey(), 'a'.repeat(27)).expect(404);
    await ask(1, freshKey(), 'short').expect(404);
    const answers: number[] = [];
    for (let i = 0; i < 12; i += 1) answers.push((await ask(1)).status);
    expect(answers).toContain(429);
    await ask(1, freshKey(), 'b'.repeat(27)).expect(404);
  });

  it('shows no amounts to the returns desk, whose key makes no other scans', async () => {
    const {body} = await world.api.as('receiver').get('/v1/returns?state=label_ready').expect(200);
    expect(body.length).toBeGreaterThan(0);
    expect(body[0]).not.toHaveProperty('expected');
    const label = body[0].label.tracking_number as string;
    const scan = (role: 'receiver' | 'picker', kind: string) =>
      world.api.as(role).post('/v1/scans', {operation_id: freshKey(), kind, code: label});
    await scan('receiver', 'dispatch').expect(403);
    await scan('picker', 'return').expect(403);
    const id = body[0].return_id as string;
    await world.api.as('receiver').post(`/v1/returns/${id}/inspect`, {lines: []}).expect(409);
    expect((await scan('receiver', 'return').expect(200)).body).toMatchObject({accepted: true, next: {return_id: id}});
    const over = await desk.inspect(id, [{line_id, qty: 2, grade: 'as_new'}]);
    expect([over.status, over.body.code]).toEqual([409, 'not_announced']);
    const found = [{line_id, qty: 1, grade: 'as_new'}];
    expect((await desk.inspect(id, found)).status).toBe(200);
    expect((await desk.inspect(id, found)).status).toBe(200);
    expect((await desk.inspect(id, [{line_id, qty: 1, grade: 'worn'}])).body.code).toBe('return_inspected');
    await world.api.as('support').post(`/v1/returns/${id}/cancel`, {}).expect(409);
  });
});
