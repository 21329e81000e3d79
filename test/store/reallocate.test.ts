import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import {receiveStock} from '../../store/receive-stock.ts';
import {recordScan} from '../../store/record-scan.ts';
import {onTheFloor, startTestStore, stockUp, type TestStore, unitFaults} from '../support/store.ts';

describe('reallocate', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.close());

  it('tells again of the parts that an attempt without an answer has made', async () => {
    await stockUp(test.store, 'THING', 2);
    const {order_id, parts: known} = await onTheFloor(test, {lines: [{sku: 'THING', qty: 2}]});
    await receiveStock(test.store, {warehouse: 'WEST', sku: 'THING', qty: 5, reference: 'west', actor: 'test'});
    const {id: task_id} = await test.store.prisma.tasks.findFirstOrThrow({where: {order_id}});
    const by = {actor: 'picker-1', role: 'picker', warehouse_id: null};
    const scan = (kind: 'bin' | 'short', code: string) =>
      recordScan(test.store, {operation_id: kind, task_id, kind, code, by}, OPEN_POLICY.warehouse);
    await scan('bin', 'A-1');
    expect(await scan('short', 'bar-THING')).toMatchObject({accepted: true});

    const {routing, shipping} = OPEN_POLICY;
    const again = () => test.verbs.reallocate({order_id, known, policy: {routing, shipping}});
    const first = await again();
    expect(first).toMatchObject([{source: 'WEST'}]);
    expect(await again()).toEqual(first);
    const all = [...known, ...first.map((p) => p.sub_order_id)];
    expect(await test.verbs.reallocate({order_id, known: all, policy: {routing, shipping}})).toEqual([]);
    expect(await unitFaults(test)).toEqual([]);
  });
});
