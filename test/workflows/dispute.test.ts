import type {OrderView} from '../../simulation/api-types.ts';
import {freshKey} from '../support/api.ts';
import {eventsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

interface Dispute {
  dispute_id: string;
  order_id: string;
  state: string;
  amount: {amount: number};
  label: string | null;
  evidence: {parcels: {tracking_number: string}[]; scans: unknown[]; messages: {template: string}[]};
}

interface LedgerDispute {
  id: string;
  payment_intent: string;
  status: string;
  evidence: Record<string, string>;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const usd = (amount: number) => ({amount, currency: 'USD'});

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

async function delivered(payment_method: string, qty = 2): Promise<OrderView> {
  const order = await floor.buy({lines: [{sku, qty}], payment_method});
  await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
  await floor.ends(order.order_id, 'delivered');
  return floor.order(order.order_id);
}

async function disputeOf(orderId: string): Promise<Dispute | undefined> {
  const list = (await world.api.as('finance').get('/v1/disputes?limit=200').expect(200)).body as Dispute[];
  const found = list.find((dispute) => dispute.order_id === orderId);
  if (!found) return undefined;
  return (await world.api.as('finance').get(`/v1/disputes/${found.dispute_id}`).expect(200)).body as Dispute;
}

const becomes = (orderId: string, state: string) =>
  until(
    `the dispute of ${orderId} to be ${state}`,
    async () => {
      const dispute = await disputeOf(orderId);
      return dispute?.state === state ? dispute : undefined;
    },
    async () => (await disputeOf(orderId))?.state,
  );

async function atBank(): Promise<LedgerDispute[]> {
  const books = (await floor.control(world.stripeUrl, 'ledger')) as {disputes: LedgerDispute[]};
  return books.disputes;
}

const goodwill = (orderId: string, amount: number) =>
  world.api
    .as('finance')
    .post(`/v1/orders/${orderId}/refunds`, {kind: 'goodwill', amount: usd(amount), reason: 'sorry'}, freshKey());

async function stateOf(refundId: string): Promise<string | undefined> {
  const row = await world.api.store.prisma.refunds.findUnique({where: {id: refundId}});
  return row?.state;
}

async function largeRefundUnderDispute(): Promise<{id: string; refund: string; dispute: string}> {
  const {order_id: id} = await delivered('pm_card_visa', 30);
  const {body} = await goodwill(id, 55_000).expect(201);
  const {refunds} = body as {refunds: {refund_id: string; state: string}[]};
  expect(refunds).toMatchObject([{state: 'awaiting_approval'}]);
  const [payment] = await world.api.store.prisma.payments.findMany({where: {order_id: id}});
  const opened = await floor.control(world.stripeUrl, 'disputes', {payment_intent: payment?.provider_ref});
  await until('the dispute to be known', () => disputeOf(id));
  return {id, refund: refunds[0]?.refund_id ?? '', dispute: (opened as {dispute: string}).dispute};
}

describe('a dispute', () => {
  it('is answered from our own books, freezes refunds, and is won', async () => {
    const {order_id: id} = await delivered('pm_card_createDisputeProductNotReceived');
    await goodwill(id, 100).expect(201);
    await until('the refund to go through', async () => (await floor.order(id)).payment.refunded.amount === 100);
    await world.advance(2 * MINUTE);
    const {evidence} = await becomes(id, 'submitted');
    expect(evidence.parcels[0]?.tracking_number).toBeTruthy();
    expect(evidence.scans.length).toBeGreaterThan(2);
    expect(evidence.messages.map(({template}) => template)).toContain('dispatched');
    const sent = (await atBank()).at(-1);
    expect(sent?.evidence).toMatchObject({
      customer_name: 'Ann Example',
      shipping_tracking_number: evidence.parcels[0]?.tracking_number,
    });
    expect((await goodwill(id, 100).expect(409)).body).toMatchObject({code: 'order_disputed'});
    await world.advance(3 * DAY);
    expect((await becomes(id, 'won')).label).toBe('legitimate');
    await goodwill(id, 100).expect(201);
    await until('the second refund', async () => (await floor.order(id)).payment.refunded.amount === 200);
  });

  it('that is lost takes the money once: what it took is never given back', async () => {
    const {order_id: id, total} = await delivered('pm_card_createDispute');
    await world.advance(2 * MINUTE);
    await becomes(id, 'submitted');
    await world.advance(3 * DAY);
    expect(await becomes(id, 'lost')).toMatchObject({label: 'fraud', amount: total});
    expect((await goodwill(id, 1).expect(409)).body).toMatchObject({code: 'refund_too_large', possible: usd(0)});
    expect((await eventsOf(world, id)).map(({type}) => type).filter((type) => type.includes('dispute'))).toEqual([
      'order.dispute_opened',
      'order.dispute_answered',
      'order.dispute_lost',
    ]);
  });

  it('holds a refund that was approved meanwhile until it is decided', async () => {
    const [won, lost] = [await largeRefundUnderDispute(), await largeRefundUnderDispute()];
    for (const {refund} of [won, lost]) {
      await world.api.as('admin').post(`/v1/refunds/${refund}/approve`, {note: 'fine'}).expect(200);
    }
    for (const {id} of [won, lost]) await becomes(id, 'submitted');
    expect([await stateOf(won.refund), await stateOf(lost.refund)]).toEqual(['requested', 'requested']);
    await floor.control(world.stripeUrl, 'disputes/close', {dispute: won.dispute, outcome: 'won'});
    await floor.control(world.stripeUrl, 'disputes/close', {dispute: lost.dispute, outcome: 'lost'});
    await until('the refund to go through', async () => (await stateOf(won.refund)) === 'succeeded');
    await until('the other one to fail', async () => (await stateOf(lost.refund)) === 'failed');
    await floor.waitsOn(lost.id, 'ops');
    await world.api.as('finance').post(`/v1/refunds/${lost.refund}/reject`, {note: 'the bank took it'}).expect(200);
    await until('nobody to be waited for', async () => (await floor.order(lost.id)).waiting_on === null);
  });

  /** One part delivered and disputed; the other one packed, and refused at the dock. */
  async function keptAtTheDock(payment_method: string) {
    const [near, far] = [await offer(world.api, {at: {EAST: 5}}), await offer(world.api, {at: {WEST: 5}})];
    const lines = [near, far].map((of) => ({sku: of, qty: 1}));
    const order = await floor.buy({lines, payment_method});
    const {order_id: id} = order;
    await floor.deliver(id, floor.partFrom(order, 'EAST'));
    await until('the first part to be paid', async () => (await floor.order(id)).payment.captured.amount > 0);
    await world.advance(2 * MINUTE);
    await becomes(id, 'submitted');
    await floor.waitsOn(id, 'ops');
    const west = floor.partFrom(order, 'WEST');
    await floor.pick(west);
    const [parcel] = await floor.pack(id, west);
    const scan = {kind: 'dispatch', code: parcel?.tracking_number ?? ''} as const;
    const refused = await floor.scan(scan, 'packer');
    expect(refused).toMatchObject({accepted: false, code: 'disputed', message: expect.stringMatching(/aside/)});
    const {stage} = floor.partFrom(await floor.order(id), 'WEST');
    expect(stage).toBe('PACKED');
    const dispute = (await atBank()).findLast(({status}) => status === 'under_review')?.id;
    return {id, west, far, dispute};
  }

  it('keeps what has not left the house at the dock, until it is won', async () => {
    const {id, west, dispute} = await keptAtTheDock('pm_card_createDisputeProductNotReceived');
    await floor.control(world.stripeUrl, 'disputes/close', {dispute, outcome: 'won'});
    await becomes(id, 'won');
    await floor.waitsOn(id, 'dispatch');
    await floor.carry(id, west);
    await floor.ends(id, 'delivered');
    await world.advance(2 * MINUTE);
    await until('the second dispute to be answered', async () => {
      const open = (await atBank()).filter(({status}) => status === 'under_review');
      return open.length === 1;
    });
    await world.advance(3 * DAY);
    await until('both to be decided', async () => {
      const rows = await world.api.store.prisma.disputes.findMany({where: {order_id: id}});
      return rows.length === 2 && rows.every(({state}) => state === 'won');
    });
  });

  it('that is lost sends what is still here back to its shelf, and takes nothing for it', async () => {
    const {id, west, far, dispute} = await keptAtTheDock('pm_card_createDispute');
    await floor.control(world.stripeUrl, 'disputes/close', {dispute, outcome: 'lost'});
    await becomes(id, 'lost');
    await floor.ends(id, 'delivered');
    const {lines, payment} = await floor.order(id);
    expect(lines.map(({cancelled, delivered}) => [cancelled, delivered])).toEqual([
      [0, 1],
      [1, 0],
    ]);
    const {amount} = (await disputeOf(id))?.amount ?? {amount: 0};
    expect(payment.captured.amount).toBe(amount);
    const {task_id, stops} = await floor.openTask(west, 'unpick' as 'pick');
    for (const stop of stops) {
      await floor.scan({kind: 'bin', task_id, code: stop.bin});
      await floor.scan({kind: 'item', task_id, code: stop.barcode, qty: stop.qty});
    }
    const {warehouses} = (await world.api.as('ops').get(`/v1/inventory/${far}`).expect(200)).body;
    expect(warehouses).toEqual([expect.objectContaining({on_hand: 5, reserved: 0, available: 5})]);
  });
});

it('leaves books that agree', async () => {
  expect(await violationsAtRest(world)).toEqual([]);
});
