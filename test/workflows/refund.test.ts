import type {OrderView} from '../../simulation/api-types.ts';
import {beginRefund} from '../../store/begin-refund.ts';
import {freshKey} from '../support/api.ts';
import {eventsOf, refundsAtProvider, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop, SHIPPING} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

interface Refund {
  refund_id: string;
  state: string;
  amount: {amount: number};
  credit_note: string | null;
  failure_code: string | null;
}

const usd = (amount: number) => ({amount, currency: 'USD'});
const goodwill = (amount: number) => ({kind: 'goodwill', amount: usd(amount), reason: 'it came late'});

let world: World;
let floor: Floor;
let sku: string;

beforeAll(async () => {
  world = await startWorld();
  floor = openFloor(world);
  await openShop(world.api);
  sku = await offer(world.api, {price: 1_999, at: {EAST: 100}});
});
afterAll(() => world.close());

const ask = (orderId: string, body: object, role: 'support' | 'finance' = 'support', key = freshKey()) =>
  world.api.as(role).post(`/v1/orders/${orderId}/refunds`, body, key);

async function delivered(qty: number, payment_method = 'pm_card_visa'): Promise<OrderView> {
  const order = await floor.buy({lines: [{sku, qty}], payment_method});
  await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
  await floor.ends(order.order_id, 'delivered');
  return floor.order(order.order_id);
}

async function refundsOf(orderId: string): Promise<Refund[]> {
  const {body} = await world.api.as('support').get(`/v1/orders/${orderId}/refunds`).expect(200);
  return (body as {refunds: Refund[]}).refunds;
}

const states = async (orderId: string) => (await refundsOf(orderId)).map(({state}) => state);

const become = (orderId: string, ...wanted: string[]) =>
  until(
    `the refunds of ${orderId} to be ${wanted.join(', ')}`,
    async () => {
      const now = await states(orderId);
      return now.join() === wanted.join() ? await refundsOf(orderId) : undefined;
    },
    () => states(orderId),
  );

/** The provider's word comes once more, late, and the run has thought about it. */
async function hearsLate(refundId: string): Promise<void> {
  const run = world.client.workflow.getHandle(`refund:${refundId}`);
  const open = async () => {
    const {events} = await run.fetchHistory();
    const last = events?.findLastIndex((event) => event.workflowExecutionSignaledEventAttributes) ?? -1;
    return events?.slice(last).some((event) => event.workflowTaskCompletedEventAttributes);
  };
  await run.signal('refundChanged', {operation_id: `refund:${refundId}:1:failed`});
  await until('the run to have heard it', open);
}

describe('money given back', () => {
  it('is worth what was paid for the units, and adds up to all of it', async () => {
    const order = await delivered(3);
    const {order_id: id, total, lines} = order;
    const line = lines[0]?.line_id ?? '';
    const {body} = await ask(id, {kind: 'line', lines: [{line_id: line, qty: 1}], reason: 'broken'}).expect(201);
    expect(body).toMatchObject({awaiting_approval: false, refunds: [{kind: 'line', state: 'requested'}]});
    await become(id, 'succeeded');
    await ask(id, {kind: 'line', lines: [{line_id: line, qty: 2}], reason: 'broken too'}).expect(201);
    await ask(id, {kind: 'shipping', reason: 'late'}, 'finance').expect(201);
    const refunds = await become(id, 'succeeded', 'succeeded', 'succeeded');
    expect(refunds[2]?.amount.amount).toBe(SHIPPING);
    expect(refunds.reduce((sum, {amount}) => sum + amount.amount, 0)).toBe(total.amount);
    expect(new Set(refunds.map(({credit_note}) => credit_note)).size).toBe(3);
    const {payment, status} = await floor.order(id);
    expect({status, refunded: payment.refunded}).toEqual({status: 'delivered', refunded: total});
    const atProvider = await refundsAtProvider(world, id);
    // two that are asked for in a row may reach the provider the other way round
    const byAmount = (a: [number, string], b: [number, string]) => a[0] - b[0];
    expect(atProvider.map((r): [number, string] => [r.amount, r.status]).sort(byAmount)).toEqual(
      refunds.map((r): [number, string] => [r.amount.amount, 'succeeded']).sort(byAmount),
    );
    const more = await ask(id, goodwill(1)).expect(409);
    expect(more.body).toMatchObject({code: 'refund_too_large', possible: usd(0)});
  });

  it('is asked for once, however often the request is repeated', async () => {
    const {order_id: id} = await delivered(1);
    const key = freshKey();
    const first = await ask(id, goodwill(100), 'support', key).expect(201);
    const again = await ask(id, goodwill(100), 'support', key).expect(201);
    expect(again.body).toEqual(first.body);
    await ask(id, goodwill(101), 'support', key).expect(422);
    await become(id, 'succeeded');
    expect(await refundsAtProvider(world, id)).toHaveLength(1);
  });

  it('is never more than was taken, also of many who ask at once', async () => {
    const {order_id: id, total} = await delivered(1);
    const part = Math.floor(total.amount / 2);
    const answers = await Promise.all(Array.from({length: 6}, () => ask(id, goodwill(part))));
    expect(answers.map(({status}) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
    await become(id, 'succeeded', 'succeeded');
    const {body} = await ask(id, goodwill(part)).expect(409);
    expect(body).toMatchObject({code: 'refund_too_large', possible: usd(total.amount - 2 * part)});
  });

  it('is refused for what is not there', async () => {
    const {order_id: id, lines} = await delivered(1);
    const line_id = lines[0]?.line_id;
    const two = await ask(id, {kind: 'line', lines: [{line_id, qty: 2}], reason: 'x'}).expect(409);
    expect(two.body).toMatchObject({code: 'units_already_refunded', possible_qty: 1});
    const stranger = await ask(id, {kind: 'line', lines: [{line_id: 'nothing', qty: 1}], reason: 'x'}).expect(422);
    expect(stranger.body.errors).toMatchObject([{pointer: '/lines/0/line_id', code: 'unknown_line'}]);
    await ask(id, {kind: 'goodwill', reason: 'x'}).expect(422);
    await ask(id, {kind: 'shipping', amount: usd(SHIPPING + 1), reason: 'x'}).expect(409);
    await ask('nothing', goodwill(1)).expect(404);
    const open = await floor.buy({lines: [{sku, qty: 1}]});
    expect((await ask(open.order_id, goodwill(1)).expect(409)).body.code).toBe('nothing_captured');
  });

  it('needs a second person above the limit, also in small pieces', async () => {
    const {order_id: id, total} = await delivered(40);
    expect(total.amount).toBeGreaterThan(60_000);
    await ask(id, goodwill(30_000), 'finance').expect(201);
    const {body} = await ask(id, goodwill(30_000), 'finance').expect(201);
    expect(body).toMatchObject({awaiting_approval: true, refunds: [{state: 'awaiting_approval'}]});
    const refund = (body as {refunds: Refund[]}).refunds[0]?.refund_id;
    await become(id, 'succeeded', 'awaiting_approval');
    const decide = (role: 'finance' | 'admin', what: 'approve' | 'reject') =>
      world.api.as(role).post(`/v1/refunds/${refund}/${what}`, {note: 'looked at it'});
    expect((await decide('finance', 'approve').expect(409)).body.code).toBe('second_person_needed');
    await decide('admin', 'approve').expect(200);
    await become(id, 'succeeded', 'succeeded');
    expect((await decide('admin', 'reject').expect(409)).body.code).toBe('refund_decided');
    const third = await ask(id, goodwill(25_000), 'support').expect(201);
    const other = (third.body as {refunds: Refund[]}).refunds[0]?.refund_id;
    await world.api.as('finance').post(`/v1/refunds/${other}/reject`, {note: 'no'}).expect(200);
    expect(await states(id)).toEqual(['succeeded', 'succeeded', 'rejected']);
    expect(await refundsAtProvider(world, id)).toHaveLength(2);
  });
});

describe('a refund that is not done at once', () => {
  it('waits for the bank', async () => {
    const {order_id: id} = await delivered(1, 'pm_card_pendingRefund');
    await ask(id, goodwill(500)).expect(201);
    await become(id, 'pending');
    expect((await floor.order(id)).payment.refunded.amount).toBe(0);
    const [refund] = await refundsAtProvider(world, id);
    await floor.control(world.stripeUrl, 'refunds', {refund: refund?.id, status: 'succeeded'});
    await become(id, 'succeeded');
    expect((await floor.order(id)).payment.refunded.amount).toBe(500);
  });

  it('that failed waits for a person and is asked for again as a new one', async () => {
    const {order_id: id} = await delivered(1, 'pm_card_refundFailOnce');
    await ask(id, goodwill(500)).expect(201);
    await become(id, 'pending');
    const [refund] = await refundsAtProvider(world, id);
    await floor.control(world.stripeUrl, 'refunds', {refund: refund?.id, status: 'failed'});
    const [failed] = await become(id, 'failed');
    await floor.waitsOn(id, 'ops');
    await hearsLate(failed?.refund_id ?? '');
    expect(await states(id)).toEqual(['failed']);
    await world.api.as('ops').post(`/v1/orders/${id}/resume`, {note: 'the card is there again'}).expect(200);
    await become(id, 'succeeded');
    await until('the order to wait for nobody', async () => (await floor.order(id)).waiting_on === null);
    expect((await refundsAtProvider(world, id)).map(({status}) => status)).toEqual(['failed', 'succeeded']);
    expect((await floor.order(id)).payment.refunded.amount).toBe(500);
  });

  it('that came back after it went through is kept money again, and can be given up', async () => {
    const {order_id: id} = await delivered(1, 'pm_card_refundFail');
    await ask(id, goodwill(500)).expect(201);
    const [done] = await become(id, 'succeeded');
    const [refund] = await refundsAtProvider(world, id);
    await floor.control(world.stripeUrl, 'refunds', {refund: refund?.id, status: 'failed'});
    await become(id, 'failed');
    await floor.waitsOn(id, 'ops');
    expect((await floor.order(id)).payment.refunded.amount).toBe(0);
    const refund_id = done?.refund_id ?? '';
    const asks = (run: string) => beginRefund(world.api.store, {refund_id, attempt: 1, run});
    expect(await asks(`refund:${refund_id}`)).toEqual({state: 'succeeded'});
    expect(await asks(`refund:${refund_id}:2`)).toMatchObject({state: 'failed', attempt: 1});
    await world.api.as('finance').post(`/v1/refunds/${refund_id}/reject`, {note: 'paid in cash'}).expect(200);
    await become(id, 'rejected');
    await until('the order to wait for nobody', async () => (await floor.order(id)).waiting_on === null);
    const types = (await eventsOf(world, id)).map(({type}) => type).filter((type) => type.includes('refund'));
    expect(types).toEqual([
      'order.refund_requested',
      'order.refund_asked',
      'order.refunded_part',
      'order.refund_failed',
      'order.refund_rejected',
    ]);
  });
});

it('leaves books that agree', async () => {
  expect(await violationsAtRest(world)).toEqual([]);
});
