import {receiveStock} from '../../store/receive-stock.ts';
import {planned, startTestStore, stockUp, type TestStore, unitFaults} from '../support/store.ts';

describe('reservePlan', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.close());

  const plans = async (wishes: {sku: string; qty: number}[][]) => {
    const made = [];
    for (const lines of wishes) made.push(await planned(test, {lines}));
    return made;
  };
  const stockOf = (sku: string) =>
    test.store.prisma.stock.findUniqueOrThrow({where: {warehouse_id_sku: {warehouse_id: 'EAST', sku}}});

  it('gives 50 buyers at once not one unit more than there is', async () => {
    await stockUp(test.store, 'HOT', 12);
    const made = await plans(Array.from({length: 50}, () => [{sku: 'HOT', qty: 1}]));
    const results = await Promise.all(made.map((plan) => test.verbs.reservePlan(plan)));
    expect(results.filter((r) => r.outcome === 'reserved')).toHaveLength(12);
    expect(results.filter((r) => r.outcome === 'lost')).toHaveLength(38);
    expect(await stockOf('HOT')).toMatchObject({on_hand: 12, reserved: 12});
    expect(await unitFaults(test)).toEqual([]);
  });

  it('takes all of a plan or nothing', async () => {
    await stockUp(test.store, 'PAIR-A', 10);
    await stockUp(test.store, 'PAIR-B', 1);
    const both = [
      {sku: 'PAIR-A', qty: 2},
      {sku: 'PAIR-B', qty: 1},
    ];
    const made = await plans([both, both]);
    const results = [];
    for (const plan of made) results.push(await test.verbs.reservePlan(plan));
    expect(results).toEqual([{outcome: 'reserved'}, {outcome: 'lost', sku: 'PAIR-B'}]);
    expect(await stockOf('PAIR-A')).toMatchObject({reserved: 2});
  });

  it('repeated, even at the same moment, promises once', async () => {
    await stockUp(test.store, 'ONCE', 10);
    const [plan] = await plans([[{sku: 'ONCE', qty: 3}]]);
    if (!plan) throw new Error('no plan');
    const results = await Promise.all([1, 2, 3, 4].map(() => test.verbs.reservePlan(plan)));
    expect(results.every((r) => r.outcome === 'reserved')).toBe(true);
    expect(await stockOf('ONCE')).toMatchObject({reserved: 3});
  });

  it('meets itself in opposite orders, and receipts between, without a deadlock that anybody sees', async () => {
    for (const sku of ['LEFT', 'RIGHT']) await stockUp(test.store, sku, 200);
    const [left, right] = [
      {sku: 'LEFT', qty: 1},
      {sku: 'RIGHT', qty: 1},
    ];
    const made = await plans(Array.from({length: 40}, (_, i) => (i % 2 ? [left, right] : [right, left])));
    const receipts = Array.from({length: 20}, (_, i) =>
      receiveStock(test.store, {
        warehouse: 'EAST',
        sku: i % 2 ? 'LEFT' : 'RIGHT',
        qty: 1,
        reference: `more-${i}`,
        actor: 'test',
      }),
    );
    const ends = made.slice(0, 10).map(({order_id}) => test.verbs.endOrder({order_id, reason: 'test'}));
    const [results] = await Promise.all([
      Promise.all(made.slice(10).map((plan) => test.verbs.reservePlan(plan))),
      ...receipts,
      ...ends,
    ]);
    expect(results.every((r) => r.outcome === 'reserved')).toBe(true);
    expect(await stockOf('LEFT')).toMatchObject({on_hand: 210, reserved: 30});
    expect(await unitFaults(test)).toEqual([]);
  });
});
