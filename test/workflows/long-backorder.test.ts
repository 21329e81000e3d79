import {DEFAULT_POLICY} from '../../domain/policy/policy.ts';
import {holdsOf, mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

const DAY = 86_400_000;
/** A day in eight tenths of a second. */
const SPEED = 108_000;

describe('a backorder of weeks', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld({speed: SPEED, policy: {shipping: {...DEFAULT_POLICY.shipping, lost_after: 400 * DAY}}});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const days = (n: number) => new Promise((resolve) => setTimeout(resolve, (n * DAY) / SPEED));

  it('is filled after a month, delivered and paid once; another is cancelled after 45 days, and told so', async () => {
    const [comes, never] = [
      await offer(world.api, {backorderable: true}),
      await offer(world.api, {at: {EAST: 1}, backorderable: true}),
    ];
    const filled = await floor.buy({lines: [{sku: comes, qty: 1}]});
    const forlorn = await floor.buy({lines: [{sku: never, qty: 2}]});
    await floor.deliver(forlorn.order_id, floor.partFrom(forlorn, 'EAST'));
    await days(30);
    await floor.receive({warehouse: 'EAST', sku: comes, qty: 1, bin: 'A-1'});
    await floor.deliver(filled.order_id, await floor.appears(filled.order_id, 'EAST'));
    await floor.ends(filled.order_id, 'delivered');
    const {payment, total} = await floor.order(filled.order_id);
    expect(payment.captured).toEqual(total);

    await floor.ends(forlorn.order_id, 'delivered');
    const after = await floor.order(forlorn.order_id);
    expect(after.lines[0]).toMatchObject({delivered: 1, cancelled: 1, backordered: 0});
    expect(after.payment.captured).toEqual(after.total);
    const cancelled = await world.api.store.prisma.events.findFirstOrThrow({
      where: {order_id: forlorn.order_id, type: 'order.lines_cancelled'},
    });
    const waited = cancelled.at.getTime() - Date.parse(forlorn.placed_at);
    expect(waited).toBeGreaterThanOrEqual(45 * DAY);
    expect(await mailsOf(world, forlorn.order_id)).toContain('Part of your order is cancelled');
    const live = (await holdsOf(world, forlorn.order_id)).filter((h) => h.amount_capturable > 0);
    expect(live).toEqual([]);
  }, 180_000);

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
