import {RETURNS} from '../../domain/returns/policy.ts';
import {eventsOf, labels, violationsAtRest} from '../support/books.ts';
import {openReturns} from '../support/returns.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const DAY = 86_400_000;
/** Virtual milliseconds in a real one: two days pass in a second. */
const SPEED = (2 * DAY) / 1_000;

describe('a return within its thirty days', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({speed: SPEED});
    await openShop(world.api);
  });
  afterAll(() => world.close());

  it('is taken on the last days, reminded, sent late and still in time; what is asked for later is refused', async () => {
    const desk = openReturns(world);
    const sku = await offer(world.api, {at: {EAST: 3}});
    const order = await desk.delivered(sku, 2);
    const line_id = order.lines[0]?.line_id ?? '';
    const asked = await desk.announce(order.order_id, [{line_id, qty: 1}]);
    await desk.becomes(asked.return_id, 'label_ready');
    const types = async () => (await eventsOf(world, order.order_id)).map(({type}) => type);
    await until('the reminder', async () => (await types()).includes('order.return_reminded'));
    await desk.send(asked.return_id);
    await desk.inspect(asked.return_id, [{line_id, qty: 1, grade: 'as_new'}]);
    await desk.ends(asked.return_id, 'closed');
    await new Promise((resolve) => setTimeout(resolve, (31 * DAY) / SPEED));
    const late = await desk.ask(order.order_id, [{line_id, qty: 1}]);
    expect(late.status).toBe(409);
    expect(late.body.errors[0]).toMatchObject({code: 'window_over', pointer: '/lines/0'});
    const until_ = Date.parse(late.body.possible[0].until as string);
    expect(until_ - Date.parse(String(order.placed_at))).toBeGreaterThan(RETURNS.days * DAY);
  });

  it('ends by itself when it is never sent, and its label is given back', async () => {
    const desk = openReturns(world);
    const sku = await offer(world.api, {at: {EAST: 1}});
    const order = await desk.delivered(sku, 1);
    const line_id = order.lines[0]?.line_id ?? '';
    const asked = await desk.announce(order.order_id, [{line_id, qty: 1}]);
    const {label} = await desk.becomes(asked.return_id, 'label_ready');
    await desk.ends(asked.return_id, 'expired');
    const types = (await eventsOf(world, order.order_id)).map(({type}) => type);
    expect(types.filter((type) => type === 'order.return_reminded')).toHaveLength(1);
    await until('the label to be voided', async () =>
      (await labels(world)).some((l) => l.tracking_code === label?.tracking_number && l.voided_at !== null),
    );
    expect(await desk.scan(label?.tracking_number ?? '')).toMatchObject({accepted: false, code: 'cancelled'});
  });

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
