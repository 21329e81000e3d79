import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import {ordersToFill} from '../../store/fill-backorders.ts';
import {receiveStock} from '../../store/receive-stock.ts';
import {fillBackorders} from '../../workers/relay/fill-backorders.ts';
import {stockFindings} from '../support/stock-checks.ts';
import {onTheFloor, planned, startTestStore, stockUp, type TestStore} from '../support/store.ts';

const log = {warn: (fields: object) => console.warn(fields)};

describe('stock that comes while orders wait', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.close());

  const waitingOf = async (orderId: string) =>
    (await test.store.prisma.order_lines.findFirstOrThrow({where: {order_id: orderId}})).backordered;
  const receive = (sku: string, qty: number, reference: string) =>
    receiveStock(test.store, {warehouse: 'EAST', sku, qty, bin: 'A-1', reference, actor: 'test'});

  it('goes to the oldest, however many buyers rush in at the same moment', async () => {
    await stockUp(test.store, 'RUSH', 0, true);
    const wish = (qty: number) => ({lines: [{sku: 'RUSH', qty}]});
    const waiting = [];
    for (let i = 0; i < 3; i += 1) waiting.push(await onTheFloor(test, wish(4)));
    const buyers = [];
    for (let i = 0; i < 50; i += 1) buyers.push(await planned(test, wish(1)));
    let rushing = true;
    const relay = async () => {
      while (rushing) await fillBackorders(test.store, log);
    };
    const relays = [relay(), relay()];
    // every buyer plans anew all the while, as a checkout that saw the goods come would
    const rush = buyers.map(async ({order_id, decision_id}, i) => {
      const plan = await test.verbs.planOrder({order_id, run_id: `again-${i}`, policy: OPEN_POLICY});
      const decision = plan.outcome === 'planned' ? plan.decision_id : decision_id;
      return test.verbs.reservePlan({order_id, decision_id: decision});
    });
    await Promise.all([...rush, receive('RUSH', 4, 'rush-1'), receive('RUSH', 6, 'rush-2')]);
    while ((await ordersToFill(test.store, 10)).length > 0) await fillBackorders(test.store, log);
    rushing = false;
    await Promise.all(relays);
    const [first, second, third] = waiting.map((w) => w.order_id);
    expect(await Promise.all([first, second, third].map((id) => waitingOf(id ?? '')))).toEqual([0, 0, 2]);
    expect(await stockFindings(test)).toEqual([]);
  });

  it('is set aside for an order in review, which is filled once it is accepted', async () => {
    await stockUp(test.store, 'DOUBT', 0, true);
    const review = await planned(test, {lines: [{sku: 'DOUBT', qty: 3}]});
    await test.verbs.reservePlan(review);
    const later = await onTheFloor(test, {lines: [{sku: 'DOUBT', qty: 3}]});
    await receive('DOUBT', 4, 'doubt');
    await fillBackorders(test.store, log);
    expect([await waitingOf(review.order_id), await waitingOf(later.order_id)]).toEqual([3, 2]);
    await test.verbs.endOrder({order_id: review.order_id, reason: 'fraud'});
    await fillBackorders(test.store, log);
    expect(await waitingOf(later.order_id)).toBe(0);
    expect(await stockFindings(test)).toEqual([]);
  });

  it('is not for a buyer who planned before somebody older began to wait', async () => {
    await stockUp(test.store, 'LATE', 0, true);
    const older = await planned(test, {lines: [{sku: 'LATE', qty: 2}]});
    await receive('LATE', 2, 'late');
    const younger = await planned(test, {lines: [{sku: 'LATE', qty: 1}]});
    expect(await test.verbs.reservePlan(older)).toEqual({outcome: 'reserved'});
    expect(await test.verbs.reservePlan(younger)).toEqual({outcome: 'lost', sku: 'LATE'});
    expect(await stockFindings(test)).toEqual([]);
  });

  it('which an order gives back goes on to whoever waits', async () => {
    await stockUp(test.store, 'BACK', 2, true);
    const holder = await onTheFloor(test, {lines: [{sku: 'BACK', qty: 2}]});
    const waiter = await onTheFloor(test, {lines: [{sku: 'BACK', qty: 1}]});
    const by = {actor: 'test', role: 'support', reason: 'changed my mind', request_id: 'back'};
    await test.verbs.cancelLines({order_id: holder.order_id, ...by});
    const late = await planned(test, {lines: [{sku: 'BACK', qty: 2}]});
    await test.verbs.reservePlan(late);
    expect(await waitingOf(late.order_id)).toBe(1);
    await fillBackorders(test.store, log);
    expect(await waitingOf(waiter.order_id)).toBe(0);
    expect(await stockFindings(test)).toEqual([]);
  });
});
