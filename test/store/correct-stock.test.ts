import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import {clearQuarantine, ordersToClear} from '../../store/clear-quarantine.ts';
import {correctStock} from '../../store/correct-stock.ts';
import {answerCount, countBin} from '../../store/count-bin.ts';
import {giveUpWaiting} from '../../store/give-up-waiting.ts';
import {moveWork, workToMove} from '../../store/move-work.ts';
import {receiveStock} from '../../store/receive-stock.ts';
import {recordScan} from '../../store/record-scan.ts';
import {switchWarehouse} from '../../store/switch-warehouse.ts';
import {receiveTransfer, sendTransfer} from '../../store/transfer-stock.ts';
import {fillBackorders} from '../../workers/relay/fill-backorders.ts';
import {stockFindings} from '../support/stock-checks.ts';
import {onTheFloor, startTestStore, stockUp, type TestStore} from '../support/store.ts';

const log = {warn: (fields: object) => console.warn(fields)};

describe('stock that is other than it was said to be', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.close());

  const lineOf = (order: {order_id: string}) =>
    test.store.prisma.order_lines.findFirstOrThrow({where: {order_id: order.order_id}});
  const placesOf = async (order: {order_id: string}) =>
    (await test.store.prisma.sub_orders.findMany({where: {order_id: order.order_id}, orderBy: {position: 'asc'}})).map(
      ({stage, source_id}) => `${stage} ${source_id ?? 'nowhere'}`,
    );
  const count = (sku: string, counted: number, reference: string, bin = 'A-1') =>
    countBin(test.store, {warehouse: 'EAST', sku, bin, counted, reference, actor: 'lead'});
  const buy = (sku: string, qty: number) => onTheFloor(test, {lines: [{sku, qty}]});
  const put = (sku: string, qty: number, warehouse: string, bin = 'A-1') =>
    receiveStock(test.store, {warehouse, sku, qty, bin, reference: `${warehouse}-${bin}`, actor: 'test'});
  const stockOf = (sku: string, warehouse_id = 'EAST') =>
    test.store.prisma.stock.findUniqueOrThrow({where: {warehouse_id_sku: {warehouse_id, sku}}});
  let operations = 0;
  const scan = async (order: {order_id: string}, kind: 'bin' | 'item' | 'short', code: string, qty?: number) => {
    const task = await test.store.prisma.tasks.findFirstOrThrow({where: {order_id: order.order_id, kind: 'pick'}});
    operations += 1;
    const by = {actor: 'picker-1', role: 'picker', warehouse_id: null};
    const input = {operation_id: `op-${operations}`, task_id: task.id, kind, code, by, ...(qty ? {qty} : {})};
    return recordScan(test.store, input, OPEN_POLICY.warehouse);
  };

  it('moves the newest promises that a count breaks: elsewhere first, else they wait', async () => {
    await stockUp(test.store, 'LESS', 10, true);
    const [old, middle, young] = [await buy('LESS', 4), await buy('LESS', 3), await buy('LESS', 3)];
    await put('LESS', 1, 'WEST');
    expect(await count('LESS', 5, 'less')).toMatchObject({outcome: 'booked', moved: 5, entry: {d_on_hand: -5}});
    expect(await stockOf('LESS')).toMatchObject({on_hand: 5, reserved: 5});
    expect(await lineOf(old)).toMatchObject({reserved: 4, backordered: 0});
    expect(await lineOf(middle)).toMatchObject({reserved: 1, backordered: 2});
    expect(await lineOf(young)).toMatchObject({reserved: 1, backordered: 2});
    expect(await placesOf(young)).toEqual(['CANCELLED EAST', 'ALLOCATED WEST', 'BACKORDERED nowhere']);
    expect(await stockFindings(test)).toEqual([]);
    expect(await count('LESS', 5, 'less')).toMatchObject({outcome: 'booked', moved: 0});
    expect(await count('LESS', 9, 'more')).toMatchObject({outcome: 'booked', entry: {d_on_hand: 4}});
    await fillBackorders(test.store, log);
    expect([await lineOf(middle), await lineOf(young)]).toMatchObject([{backordered: 0}, {backordered: 0}]);
    expect(await stockFindings(test)).toEqual([]);
  });

  it('leaves what was picked, and sends pickers to other bins', async () => {
    await stockUp(test.store, 'BINS', 4, true);
    await put('BINS', 4, 'EAST', 'B-1');
    const picked = await buy('BINS', 3);
    await scan(picked, 'bin', 'A-1');
    await scan(picked, 'item', 'bar-BINS', 2);
    const other = await buy('BINS', 2);
    const stops = async () =>
      (
        await test.store.prisma.task_stops.findMany({where: {sku: 'BINS', qty: {gt: 0}}, orderBy: {position: 'asc'}})
      ).map((s) => `${s.qty} from ${s.bin}`);
    expect((await stops()).sort()).toEqual(['2 from B-1', '3 from A-1']);
    expect(await count('BINS', 0, 'bins')).toMatchObject({outcome: 'booked', moved: 0});
    expect((await stops()).sort()).toEqual(['1 from B-1', '2 from A-1', '2 from B-1']);
    expect(await count('BINS', 0, 'bins-b', 'B-1')).toMatchObject({outcome: 'booked', moved: 3});
    expect(await lineOf(picked)).toMatchObject({picked: 2, backordered: 1});
    expect(await placesOf(other)).toEqual(['CANCELLED EAST', 'BACKORDERED nowhere']);
    expect(await stockFindings(test)).toEqual([]);
  });

  it('books adjustments once, and none below what lies there', async () => {
    await stockUp(test.store, 'ADJ', 3);
    const adjust = (by: number, reference: string) =>
      correctStock(test.store, {
        ...{warehouse: 'EAST', sku: 'ADJ', bin: 'A-1', kind: 'adjust', change: {by}, cause: `adjust:${reference}`},
        ...{reference, actor: 'lead'},
      });
    expect(await adjust(-4, 'a')).toEqual({outcome: 'too_few', there: 3});
    const twice = await Promise.all([adjust(-1, 'b'), adjust(-1, 'b')]);
    expect(twice).toMatchObject([{outcome: 'booked'}, {outcome: 'booked'}]);
    expect(await adjust(-2, 'b')).toEqual({outcome: 'reused'});
    expect(await stockOf('ADJ')).toMatchObject({on_hand: 2});
    expect(await stockFindings(test)).toEqual([]);
  });

  it('has a transfer in one place at a time, and fills who waits where it arrives', async () => {
    await stockUp(test.store, 'MOVE', 5, true);
    await buy('MOVE', 2);
    const send = (qty: number, reference: string) => {
      const way = {from: {warehouse: 'EAST', bin: 'A-1'}, to: {warehouse: 'WEST'}};
      return sendTransfer(test.store, {sku: 'MOVE', qty, reference, ...way, actor: 'lead'});
    };
    expect(await send(4, 'too-many')).toEqual({outcome: 'too_few', free: 3});
    const [sent, again] = await Promise.all([send(3, 't'), send(3, 't')]);
    if (sent.outcome !== 'sent' || again.outcome !== 'sent') throw new Error('it was not sent');
    expect(again.transfer.id).toBe(sent.transfer.id);
    expect(await stockOf('MOVE')).toMatchObject({on_hand: 2});
    const waiter = await buy('MOVE', 1);
    const arrive = (qty: number) => receiveTransfer(test.store, {transfer_id: sent.transfer.id, qty, actor: 'lead'});
    expect(await arrive(4)).toEqual({outcome: 'too_many', sent: 3});
    expect(await arrive(2)).toMatchObject({outcome: 'arrived', transfer: {arrived: 2}});
    expect(await arrive(2)).toMatchObject({outcome: 'arrived'});
    expect(await arrive(3)).toEqual({outcome: 'reused'});
    expect(await stockOf('MOVE', 'WEST')).toMatchObject({on_hand: 2, earmarked: 1});
    await fillBackorders(test.store, log);
    expect(await placesOf(waiter)).toEqual(['ALLOCATED WEST']);
    expect(await stockFindings(test)).toEqual([]);
  });

  it('sends nobody to a bin in which something was missing, until it is counted', async () => {
    await stockUp(test.store, 'MISS', 6, true);
    const [first, second] = [await buy('MISS', 2), await buy('MISS', 2)];
    await scan(first, 'bin', 'A-1');
    await scan(first, 'item', 'bar-MISS', 1);
    expect(await scan(first, 'short', 'bar-MISS', 1)).toMatchObject({accepted: true});
    const {routing, shipping} = OPEN_POLICY;
    await test.verbs.reallocate({order_id: first.order_id, known: first.parts, policy: {routing, shipping}});
    expect(await lineOf(first)).toMatchObject({backordered: 1});
    for (const order_id of await ordersToClear(test.store, 10)) await clearQuarantine(test.store, {order_id});
    expect(await placesOf(second)).toEqual(['CANCELLED EAST', 'BACKORDERED nowhere']);
    const late = await buy('MISS', 1);
    expect(await lineOf(late)).toMatchObject({backordered: 1});
    const task = await test.store.prisma.count_tasks.findFirstOrThrow({where: {sku: 'MISS', state: 'open'}});
    expect(await answerCount(test.store, {task_id: task.id, counted: 3, actor: 'lead'})).toMatchObject({
      outcome: 'booked',
    });
    expect(await answerCount(test.store, {task_id: task.id, counted: 3, actor: 'lead'})).toMatchObject({
      outcome: 'booked',
    });
    await fillBackorders(test.store, log);
    const waits = await Promise.all([first, second, late].map(async (o) => (await lineOf(o)).backordered));
    expect(waits).toEqual([0, 0, 1]);
    expect(await stockFindings(test)).toEqual([]);
  });

  it('gives up nothing that may lie in a bin before that is counted, also where goods may not be backordered', async () => {
    await stockUp(test.store, 'DOUBT', 6);
    const [first, second, third] = [await buy('DOUBT', 2), await buy('DOUBT', 2), await buy('DOUBT', 2)];
    await scan(first, 'bin', 'A-1');
    await scan(first, 'item', 'bar-DOUBT', 1);
    await scan(first, 'short', 'bar-DOUBT', 1);
    const {routing, shipping} = OPEN_POLICY;
    await test.verbs.reallocate({order_id: first.order_id, known: first.parts, policy: {routing, shipping}});
    expect(await lineOf(first)).toMatchObject({picked: 1, cancelled: 1});
    for (const order_id of await ordersToClear(test.store, 10)) await clearQuarantine(test.store, {order_id});
    for (const order of [second, third]) expect(await lineOf(order)).toMatchObject({backordered: 2, cancelled: 0});
    const waiting = await test.store.prisma.sub_orders.findFirstOrThrow({
      where: {order_id: third.order_id, stage: 'BACKORDERED'},
    });
    const wait = (waiting.waits_until?.getTime() ?? 0) - waiting.created_at.getTime();
    expect(wait).toBe(OPEN_POLICY.backorder.count);
    const task = await test.store.prisma.count_tasks.findFirstOrThrow({where: {sku: 'DOUBT', state: 'open'}});
    await answerCount(test.store, {task_id: task.id, counted: 2, actor: 'lead'});
    await fillBackorders(test.store, log);
    expect(await placesOf(second)).toEqual(['CANCELLED EAST', 'ALLOCATED EAST']);
    expect(await lineOf(third)).toMatchObject({backordered: 2});
    await giveUpWaiting(test.store, {sub_order_id: waiting.id});
    expect(await lineOf(third)).toMatchObject({backordered: 0, cancelled: 2});
    expect(await stockFindings(test)).toEqual([]);
  });

  it('takes nothing new from a site that is off, and moves its open work as far as there is another place', async () => {
    await stockUp(test.store, 'SITE', 5, true);
    const [open, begun] = [await buy('SITE', 2), await buy('SITE', 2)];
    await scan(begun, 'bin', 'A-1');
    await scan(begun, 'item', 'bar-SITE', 1);
    await put('SITE', 1, 'WEST');
    const flip = (active: boolean) =>
      switchWarehouse(test.store, {warehouse_id: 'EAST', active, reason: 'flood', until: null, actor: 'ops'});
    await flip(false);
    const work = await workToMove(test.store, 100);
    for (const sub_order_id of work) await moveWork(test.store, {sub_order_id});
    expect(await workToMove(test.store, 100)).toEqual([]);
    expect(await placesOf(open)).toEqual(['ALLOCATED EAST', 'ALLOCATED WEST']);
    expect(await lineOf(open)).toMatchObject({reserved: 2, backordered: 0});
    expect(await placesOf(begun)).toEqual(['PICKING EAST']);
    const late = await buy('SITE', 1);
    expect(await lineOf(late)).toMatchObject({backordered: 1});
    expect(await stockFindings(test)).toEqual([]);
    await flip(true);
    await fillBackorders(test.store, log);
    expect(await lineOf(late)).toMatchObject({backordered: 0});
    expect(await stockFindings(test)).toEqual([]);
  });
});
