import {DEFAULT_POLICY} from '../../domain/policy/policy.ts';
import {capturesOf, eventsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

/** More than one box may weigh. */
const QTY = 60;

async function picked(world: World, floor: Floor) {
  const sku = await offer(world.api, {price: 101, at: {EAST: QTY}});
  const order = await floor.buy({lines: [{sku, qty: QTY}]});
  const east = floor.partFrom(order, 'EAST');
  await floor.pick(east);
  return {order, id: order.order_id, east};
}

describe('a sub-order in two parcels', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const parcelsOf = async (id: string) => (await floor.order(id)).sub_orders[0]?.parcels ?? [];
  const out = (code: string | null) => floor.scan({kind: 'dispatch', code: code ?? ''}, 'packer');

  it('is paid once, when the second one arrives', async () => {
    const {order, id, east} = await picked(world, floor);
    const parcels = await floor.pack(id, east);
    expect(parcels).toHaveLength(2);
    await floor.dispatch(id, east);
    const [first, second] = parcels as [(typeof parcels)[number], (typeof parcels)[number]];
    await floor.say(first, 'delivered');
    await until('the first parcel to arrive', async () =>
      (await eventsOf(world, id)).some((e) => e.type === 'sub_order.parcel_delivered'),
    );
    expect(await capturesOf(world, id)).toEqual([]);
    expect((await floor.order(id)).status).toBe('fulfilled');
    await floor.say(second, 'delivered');
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([order.total.amount]);
  });

  it('may send the first one off and see it arrive before the second is packed', async () => {
    const {order, id, east} = await picked(world, floor);
    const task = await floor.openTask(east, 'pack');
    const scanPack = (i: number) => {
      const {expected_g: weight_g = 0, suggested_box} = task.parcels[i] ?? {};
      const box = suggested_box ? {box: suggested_box} : {};
      return floor.scan({task_id: task.task_id, kind: 'pack', code: task.task_id, weight_g, ...box}, 'packer');
    };
    await scanPack(0);
    const labelled = (n: number) =>
      until(`${n} labels`, async () => {
        const ready = (await parcelsOf(id)).filter((p) => p.tracking_number);
        return ready.length === n ? ready : null;
      });
    const [first] = await labelled(1);
    expect(await out(first?.tracking_number ?? null)).toMatchObject({accepted: true});
    if (first) await floor.say(first, 'in_transit', 'delivered');
    await until('the first parcel to arrive', async () =>
      (await eventsOf(world, id)).some((e) => e.type === 'sub_order.parcel_delivered'),
    );
    expect((await floor.order(id)).status).toBe('partially_fulfilled');
    await scanPack(1);
    const second = (await labelled(2)).find((p) => p.parcel_id !== first?.parcel_id);
    await floor.reaches(id, east.sub_order_id, 'PACKED');
    expect(await out(second?.tracking_number ?? null)).toMatchObject({accepted: true});
    if (second) await floor.say(second, 'delivered');
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([order.total.amount]);
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

describe('two parcels where silence is soon taken for a loss', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld({policy: {shipping: {...DEFAULT_POLICY.shipping, lost_after: 5_000}}});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  it('cost, when one is lost, what arrived', async () => {
    const {order, id, east} = await picked(world, floor);
    const [first] = await floor.pack(id, east);
    await floor.dispatch(id, east);
    if (first) await floor.say(first, 'delivered');
    await floor.ends(id, 'delivered');
    const {lines, payment} = await floor.order(id);
    const delivered = lines[0]?.delivered ?? 0;
    expect(delivered).toBeGreaterThan(0);
    expect(delivered).toBeLessThan(QTY);
    expect(payment.captured.amount).toBe(Math.floor((order.total.amount * delivered) / QTY));
    expect(payment.authorized.amount).toBe(0);
  });

  it('leave books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
