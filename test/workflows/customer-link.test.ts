import type {OrderView} from '../../simulation/api-types.ts';
import {LINKS} from '../../domain/policy/policy.ts';
import type {TrackView} from '../../store/views/track-view.ts';
import {freshKey} from '../support/api.ts';
import {eventsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {openReturns} from '../support/returns.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

describe('what the customer may do behind their link', () => {
  let world: World;
  let floor: Floor;
  let desk: ReturnType<typeof openReturns>;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    desk = openReturns(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const tokenOf = (order: OrderView) => order.tracking_url.split('/').at(-1) ?? '';
  const look = async (token: string) =>
    (await world.api.anonymous.get(`/v1/track/${token}`).expect(200)).body as TrackView;
  const act = (token: string, path: string, body: object, key = freshKey()) =>
    world.api.anonymous.post(`/v1/track/${token}/${path}`).set('Idempotency-Key', key).send(body);

  it('is told in advance, and is what they are then let do', async () => {
    const sku = await offer(world.api, {at: {EAST: 9}});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    const token = tokenOf(order);
    const before = await look(token);
    const [line] = before.lines;
    expect(line).toMatchObject({qty: 3, cancel: {qty: 3, refused: null}, return: {qty: 0, code: 'not_delivered'}});
    expect(before.actions).toMatchObject({cancel: {possible: true, whole: false}, address: {possible: true}});
    expect(before.shipments[0]).toMatchObject({from: {country: 'US'}, window: {basis: 'promise', late: false}});
    expect(before.destination).toMatchObject({country: 'US'});
    const one = {lines: [{line_id: line?.line_id, qty: 1}]};
    const key = freshKey();
    expect((await act(token, 'cancel', one, key).expect(200)).body.cancelled).toHaveLength(1);
    await act(token, 'cancel', one, key).expect(200);
    expect((await look(token)).lines[0]).toMatchObject({cancelled: 1, cancel: {qty: 2}});
    await floor.pick(floor.partFrom(await floor.order(order.order_id), 'EAST'));
    const after = await look(token);
    expect(after.lines[0]?.cancel).toMatchObject({qty: 0, refused: {code: 'already_picked'}});
    const late = await act(token, 'cancel', one).expect(409);
    expect(late.body.refused[0].possible).toContain('return');
    const both = {...one, items: [{sku, qty: 1}]};
    await act(token, 'cancel', both).expect(422);
    const part = floor.partFrom(await floor.order(order.order_id), 'EAST');
    await floor.pack(order.order_id, part);
    await floor.carry(order.order_id, part);
    await floor.ends(order.order_id, 'delivered');
  });

  it('is an answer to a wait for stock: once more, or no longer', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}, backorderable: true});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const token = tokenOf(order);
    const line_id = order.lines[0]?.line_id;
    expect((await look(token)).lines[0]?.backorder).toMatchObject({qty: 1, kept: false});
    const kept = await act(token, 'backorder', {line_id, choice: 'wait'}).expect(200);
    expect(kept.body).toMatchObject({choice: 'wait', waiting: 1});
    expect((await look(token)).lines[0]?.backorder?.kept).toBe(true);
    expect((await act(token, 'backorder', {line_id, choice: 'cancel'}).expect(200)).body.cancelled).toBe(1);
    expect((await look(token)).lines[0]?.backorder).toBeNull();
    expect((await act(token, 'backorder', {line_id, choice: 'wait'}).expect(409)).body.code).toBe('nothing_waits');
    await act(token, 'backorder', {line_id: 'lin_of_somebody', choice: 'wait'}).expect(404);
    await act(token, 'cancel', {}).expect(200);
    await floor.ends(order.order_id, 'cancelled');
  });

  it('is a return with a label, looked at before it is asked for, and called off again', async () => {
    const sku = await offer(world.api, {price: 1_000, at: {EAST: 9}});
    const order = await desk.delivered(sku, 3);
    const token = tokenOf(order);
    const line_id = order.lines[0]?.line_id;
    const wish = {lines: [{line_id, qty: 1, reason: 'wrong_size'}]};
    const preview = await world.api.anonymous.post(`/v1/track/${token}/returns/preview`).send(wish).expect(200);
    expect(preview.body).toMatchObject({decided_by: 'rules', refund_on: 'inspection', fee: {amount: 0}});
    const too = {lines: [{line_id, qty: 4, reason: 'wrong_size'}]};
    const refused = await world.api.anonymous.post(`/v1/track/${token}/returns/preview`).send(too).expect(409);
    expect(refused.body.errors[0].code).toBe('more_than_delivered');
    const asked = await act(token, 'returns', wish).expect(201);
    expect(asked.body.expected).toEqual(preview.body.value);
    const id = asked.body.return_id as string;
    const labelled = await until('a label for the return', async () => {
      const found = (await look(token)).returns?.find(({return_id}) => return_id === id);
      return found?.label_url ? found : undefined;
    });
    const label = await world.api.anonymous
      .get(labelled.label_url ?? '')
      .expect(200)
      .expect('Content-Type', /pdf/);
    expect(label.headers).toMatchObject({'cache-control': 'no-store', 'referrer-policy': 'no-referrer'});
    const other = await desk.delivered(sku, 1);
    await world.api.anonymous.get(`/v1/track/${tokenOf(other)}/returns/${id}/label`).expect(404);
    await act(tokenOf(other), `returns/${id}/cancel`, {}).expect(404);
    expect((await act(token, `returns/${id}/cancel`, {}).expect(200)).body.state).toBe('cancelled');
    expect((await look(token)).lines[0]?.return.qty).toBe(3);
    await desk.ends(id, 'cancelled');
  });

  it('is a receipt for each charge, numbered without gaps, for nobody else', async () => {
    const sku = await offer(world.api, {at: {EAST: 9}});
    const [one, two] = [await desk.delivered(sku, 1), await desk.delivered(sku, 2)];
    const papers = await Promise.all([one, two].map(async (order) => (await look(tokenOf(order))).documents));
    const [mine, others] = papers.map(([paper]) => paper);
    expect(mine).toMatchObject({kind: 'receipt', number: expect.stringMatching(/^RC-\d{6}$/), position: 1});
    await world.api.anonymous
      .get(mine?.url ?? '')
      .expect(200)
      .expect('Content-Type', /pdf/);
    await world.api.anonymous.get(`/v1/track/${tokenOf(one)}/documents/${others?.number}`).expect(404);
    const rows = await world.api.store.prisma.documents.findMany({where: {kind: 'receipt'}, orderBy: {serial: 'asc'}});
    expect(rows.map(({serial}) => serial)).toEqual(rows.map((_row, i) => i + 1));
  });

  it('is an answer to a delay, which is kept in the order’s history', async () => {
    const sku = await offer(world.api, {at: {EAST: 9}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    const token = tokenOf(order);
    expect((await act(token, 'delay', {shipment: 1, choice: 'accept'}).expect(409)).body.code).toBe('nothing_late');
    const {store} = world.api;
    const sub = await store.prisma.sub_orders.findFirstOrThrow({where: {order_id: order.order_id}});
    const data = {order_id: order.order_id, type: 'sub_order.delayed', sub_order_id: sub.id};
    await tellLate(data);
    expect((await look(token)).shipments[0]?.delay).toMatchObject({answer: null});
    await act(token, 'delay', {shipment: 1, choice: 'accept'}).expect(200);
    await act(token, 'delay', {shipment: 1, choice: 'accept'}).expect(200);
    expect((await look(token)).shipments[0]?.delay).toMatchObject({answer: 'accept'});
    const {body} = await act(token, 'delay', {shipment: 1, choice: 'refuse'}).expect(200);
    expect(body.cancelled).toEqual([{line_id: order.lines[0]?.line_id, qty: 1}]);
    await floor.ends(order.order_id, 'cancelled');
    const told = (await eventsOf(world, order.order_id)).filter(({type}) => type === 'sub_order.delay_answered');
    expect(told).toHaveLength(2);
  });

  /** As the store does when a tracker says so. */
  async function tellLate({order_id, type, sub_order_id}: {order_id: string; type: string; sub_order_id: string}) {
    const {store} = world.api;
    const {lockOrder, recordChange} = await import('../../store/record-change.ts');
    await store.prisma.$transaction(async (tx) => {
      const order = await lockOrder(tx as never, order_id);
      const by = {actor: 'carrier', role: 'carrier'};
      const until_ = new Date(store.now().getTime() + 9 * 86_400_000);
      await recordChange(store, tx as never, {order, type, by, sub_order_id, data: {until: until_}});
    });
  }

  it('ends some time after the order, like a link that never was', async () => {
    const sku = await offer(world.api, {at: {EAST: 9}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    const token = tokenOf(order);
    await act(token, 'cancel', {}).expect(200);
    await floor.ends(order.order_id, 'cancelled');
    await look(token);
    const {store} = world.api;
    const now = store.now;
    const ended = now().getTime() + LINKS.open_for + 60_000;
    store.now = () => new Date(ended);
    try {
      const [gone, never] = await Promise.all(
        [token, 'a'.repeat(27)].map((link) => world.api.anonymous.get(`/v1/track/${link}`).expect(404)),
      );
      const said = ({body: {request_id: _id, ...body}}: {body: Record<string, unknown>}) => body;
      expect(said(gone as never)).toEqual(said(never as never));
      await act(token, 'cancel', {}).expect(404);
      await world.api.anonymous.get(`/pay/${token}`).expect(404);
      await world.api.anonymous.get(`/track/${token}`).expect(404);
    } finally {
      store.now = now;
    }
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
