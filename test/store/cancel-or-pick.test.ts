import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import {randomStream} from '../../simulation/random.ts';
import {recordScan} from '../../store/record-scan.ts';
import {onTheFloor, startTestStore, stockUp, type TestStore, unitFaults} from '../support/store.ts';

const ORDERS = 40;
const RACES = 5;
const QTY = 12;
const by = {actor: 'picker-1', role: 'picker', warehouse_id: null};

describe('a customer who cancels while the picker picks', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
    await stockUp(test.store, 'THING', ORDERS * QTY);
  });
  afterAll(() => test.close());

  const scan = (task_id: string, operation_id: string, kind: 'bin' | 'item', code: string) =>
    recordScan(
      test.store,
      {operation_id, task_id, kind, code, ...(kind === 'item' ? {qty: 1} : {}), by},
      OPEN_POLICY.warehouse,
    );

  async function openOrder(name: string) {
    const {order_id} = await onTheFloor(test, {lines: [{sku: 'THING', qty: QTY}]});
    const line = await test.store.prisma.order_lines.findFirstOrThrow({where: {order_id}});
    const task = await test.store.prisma.tasks.findFirstOrThrow({where: {order_id, kind: 'pick'}});
    await scan(task.id, `${name}-bin`, 'bin', 'A-1');
    return {order_id, line_id: line.id, task_id: task.id};
  }

  /** A few picks and cancellations in a random order, started at once; how many units they say they got. */
  async function race(name: string, order: Awaited<ReturnType<typeof openOrder>>): Promise<number> {
    const random = randomStream(7, name);
    const picks = Array.from({length: random.whole(1, 3)}, (_, i) => async () => {
      const {accepted} = await scan(order.task_id, `${name}-${i}`, 'item', 'bar-THING');
      return accepted ? 1 : 0;
    });
    const cancels = Array.from({length: random.whole(1, 2)}, (_, i) => async () => {
      const lines = [{line_id: order.line_id, qty: random.whole(1, 3)}];
      const who = {reason: 'test', actor: 'support', role: 'support', request_id: `${name}-c${i}`};
      const {cancelled} = await test.verbs.cancelLines({order_id: order.order_id, lines, ...who});
      return cancelled.reduce((sum, c) => sum + c.qty, 0);
    });
    const won = await Promise.all(random.shuffle([...picks, ...cancels]).map((act) => act()));
    return won.reduce((a, b) => a + b, 0);
  }

  it('wins or loses unit by unit, and never both', async () => {
    for (let i = 0; i < ORDERS; i += 1) {
      const order = await openOrder(`o${i}`);
      let won = 0;
      for (let round = 0; round < RACES; round += 1) {
        won += await race(`o${i}-${round}`, order);
        const line = await test.store.prisma.order_lines.findUniqueOrThrow({where: {id: order.line_id}});
        expect(line.picked + line.cancelled).toBe(won);
        expect(line.reserved).toBe(QTY - won);
      }
    }
    expect(await unitFaults(test)).toEqual([]);
    const {prisma} = test.store;
    const stages = await prisma.sub_orders.groupBy({by: ['stage'], _count: true});
    const picked = stages.find((s) => s.stage === 'PICKED')?._count ?? 0;
    expect(picked).toBeGreaterThan(0);
    expect(await prisma.tasks.count({where: {kind: 'pack'}})).toBe(picked);
  }, 180_000);
});
