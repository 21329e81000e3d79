import {violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

describe('a scan on the floor', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const openPick = async (qty = 2) => {
    const sku = await offer(world.api, {at: {EAST: qty}});
    const order = await floor.buy({lines: [{sku, qty}]});
    const east = floor.partFrom(order, 'EAST');
    const task = await floor.openTask(east, 'pick');
    const [stop] = task.stops;
    if (!stop) throw new Error('nothing to pick');
    return {id: order.order_id, east, task, stop, task_id: task.task_id};
  };
  const finish = async (id: string) => {
    await floor.cancel(id);
    const order = await floor.order(id);
    if (order.status !== 'cancelled') {
      await floor.pack(id, floor.partFrom(order, 'EAST'));
      await floor.carry(id, floor.partFrom(order, 'EAST'));
      return floor.ends(id, 'delivered');
    }
    return floor.ends(id, 'cancelled');
  };
  const stored = async (operation_id: string) => world.api.store.prisma.scans.findUnique({where: {operation_id}});

  it('sent twice, at once or later, counts once and is answered alike', async () => {
    const {id, stop, task_id} = await openPick();
    await floor.scan({task_id, kind: 'bin', code: stop.bin});
    const one = {operation_id: `once-${id}`, task_id, kind: 'item', code: stop.barcode, qty: 1} as const;
    const answers = await Promise.all([floor.scan(one), floor.scan(one), floor.scan(one)]);
    answers.push(await floor.scan(one));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({accepted: true});
    expect((await floor.order(id)).lines[0]).toMatchObject({picked: 1});
    await finish(id);
  });

  it.each([
    ['an item of another shelf', {kind: 'item', code: 'bar-of-something-else'}, 'wrong_item'],
    ['more units than ordered', {kind: 'item', qty: 3}, 'too_many'],
    ['the bin beside', {kind: 'bin', code: 'A-2'}, 'wrong_bin'],
  ] as const)('of %s is refused with a reason and stored', async (_what, wrong, code) => {
    const {id, stop, task_id} = await openPick();
    await floor.scan({task_id, kind: 'bin', code: stop.bin});
    const operation_id = `wrong-${id}`;
    const answer = await floor.scan({task_id, code: stop.barcode, ...wrong, operation_id});
    expect(answer).toMatchObject({accepted: false, code});
    expect(answer.message.length).toBeGreaterThan(10);
    expect(await stored(operation_id)).toMatchObject({accepted: false, answer: {code}});
    expect((await floor.order(id)).lines[0]).toMatchObject({picked: 0});
    await finish(id);
  });

  it('after the order was cancelled is refused as cancelled', async () => {
    const {id, stop, task_id} = await openPick();
    await floor.cancel(id).expect(200);
    const operation_id = `late-${id}`;
    const answer = await floor.scan({operation_id, task_id, kind: 'bin', code: stop.bin});
    expect(answer).toMatchObject({accepted: false, code: 'cancelled'});
    expect(await stored(operation_id)).toMatchObject({accepted: false, order_id: id});
    await floor.ends(id, 'cancelled');
  });

  it('of what nobody knows is refused and stored', async () => {
    for (const [i, code] of ['9999999', '1Z-NOT-OURS'].entries()) {
      const operation_id = `unknown-${i}`;
      const answer = await floor.scan({operation_id, kind: 'dispatch', code}, 'packer');
      expect(answer).toMatchObject({accepted: false, code: 'unknown_code'});
      expect(await stored(operation_id)).toMatchObject({accepted: false, order_id: null});
    }
  });

  it('for a closed order is refused as done', async () => {
    const {id, east, stop, task_id} = await openPick();
    await floor.deliver(id, east);
    await floor.ends(id, 'delivered');
    const [parcel] = (await floor.order(id)).sub_orders[0]?.parcels ?? [];
    const again = await floor.scan({kind: 'dispatch', code: parcel?.tracking_number ?? ''}, 'packer');
    expect(again).toMatchObject({accepted: false, code: 'done'});
    expect(await floor.scan({task_id, kind: 'item', code: stop.barcode})).toMatchObject({
      accepted: false,
      code: 'done',
    });
  });

  it('of a parcel that weighs what it cannot weigh is refused', async () => {
    const {id, east} = await openPick();
    await floor.pick(east);
    const {task_id} = await floor.openTask(east, 'pack');
    const answer = await floor.scan({task_id, kind: 'pack', code: task_id, box: 'BOX', weight_g: 9_000}, 'packer');
    expect(answer).toMatchObject({accepted: false, code: 'wrong_weight'});
    await finish(id);
  });

  it('by two pickers of one last unit is accepted once', async () => {
    const {id, stop, task_id} = await openPick(1);
    await floor.scan({task_id, kind: 'bin', code: stop.bin});
    const answers = await Promise.all(
      [1, 2, 3].map(() => floor.scan({task_id, kind: 'item', code: stop.barcode, qty: 1})),
    );
    expect(answers.filter((a) => a.accepted)).toHaveLength(1);
    expect((await floor.order(id)).lines[0]).toMatchObject({picked: 1});
    await finish(id);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
