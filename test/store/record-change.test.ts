import {lockOrder, recordChange, SYSTEM} from '../../store/record-change.ts';
import {storeOrder} from '../support/stored-order.ts';
import {startTestStore, stockUp, type TestStore} from '../support/store.ts';
import type {Tx} from '../../store/context.ts';

describe('recordChange', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
    await stockUp(test.store, 'THING', 10);
  });
  afterAll(() => test.close());

  const fresh = () => storeOrder(test.store, {lines: [{sku: 'THING', qty: 1}]});
  const inTx = <T>(work: (tx: Tx) => Promise<T>) => test.store.prisma.$transaction((tx) => work(tx as Tx));
  const counts = async (order_id: string) => {
    const {prisma} = test.store;
    return [await prisma.events.count({where: {order_id}}), await prisma.order_audit.count({where: {order_id}})];
  };

  it.each([
    ['pending', 'paid'],
    ['pending', 'delivered'],
    ['pending', 'awaiting_fulfillment'],
  ])('refuses the move from %s to %s, naming both, and leaves no trace', async (from, to) => {
    const id = await fresh();
    const before = await counts(id);
    const move = inTx(async (tx) => {
      const order = await lockOrder(tx, id);
      return recordChange(test.store, tx, {order, type: 'order.test', by: SYSTEM, patch: {status: to}});
    });
    await expect(move).rejects.toThrow(new RegExp(`${from}.*${to}`));
    expect(await counts(id)).toEqual(before);
  });

  it('refuses an actor who looked before somebody else changed the order', async () => {
    const id = await fresh();
    const stale = await inTx((tx) => lockOrder(tx, id));
    const change = (order: typeof stale) =>
      inTx((tx) => recordChange(test.store, tx, {order, type: 'order.test', by: SYSTEM}));
    await change(stale);
    const before = await counts(id);
    await expect(change(stale)).rejects.toThrow(/changed while/);
    expect(await counts(id)).toEqual(before);
  });

  it('numbers the changes of many writers without a gap', async () => {
    const id = await fresh();
    const write = () =>
      inTx(async (tx) => {
        const order = await lockOrder(tx, id);
        return recordChange(test.store, tx, {order, type: 'order.test', by: SYSTEM});
      });
    await Promise.all(Array.from({length: 25}, write));
    const events = await test.store.prisma.events.findMany({where: {order_id: id}, orderBy: {seq: 'asc'}});
    expect(events.map((e) => e.seq)).toEqual(Array.from({length: 26}, (_, i) => i + 1));
    expect(new Set(events.map((e) => e.id)).size).toBe(26);
    const order = await test.store.prisma.orders.findUniqueOrThrow({where: {id}});
    expect(order.last_seq).toBe(26);
  });

  it.each(['order_audit', 'stock_moves'])('never lets anybody rewrite %s', async (table) => {
    await fresh();
    const {pool} = test.store;
    await expect(pool.query(`UPDATE ${table} SET actor = 'somebody else'`)).rejects.toThrow(/append-only/);
    await expect(pool.query(`DELETE FROM ${table}`)).rejects.toThrow(/append-only/);
  });
});
