import {violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {AT_ONCE, startWorld, type World} from '../support/world.ts';

const HOUR = 3_600_000;
/** Ten in the evening in New York, where the goods go. */
const EVENING = Date.parse('2026-06-02T02:00:00Z');

let world: World;
let floor: Floor;
beforeAll(async () => {
  const messages = {...AT_ONCE, quiet: {from: '21:00', until: '08:00'}};
  world = await startWorld({t0: EVENING, policy: {messages}, relays: 2});
  floor = openFloor(world);
  await openShop(world.api);
});
afterAll(() => world.close());

const rows = () =>
  world.api.store.prisma.messages.findMany({where: {channel: 'sms'}, orderBy: [{created_at: 'asc'}, {id: 'asc'}]});
const bodies = async () => {
  const {texts} = (await floor.control(world.smsUrl, 'ledger')) as {texts: {body: string; created: string}[]};
  return texts;
};

/** On its way to a customer with that number; returns the parcel. */
const onTheRoad = async (phone: string) => {
  const sku = await offer(world.api, {at: {EAST: 2}});
  const order = await floor.buy({lines: [{sku, qty: 1}], person: {phone}});
  const east = floor.partFrom(order, 'EAST');
  await floor.pick(east);
  const [parcel] = await floor.pack(order.order_id, east);
  if (!parcel) throw new Error('nothing was packed');
  await floor.dispatch(order.order_id, east);
  await floor.say(parcel, 'out_for_delivery');
  await floor.reaches(order.order_id, east.sub_order_id, 'OUT_FOR_DELIVERY');
  return {order, parcel};
};

it('no phone rings at night; in the morning it tells what is still so, once, and mails did not wait', async () => {
  const asleep = await onTheRoad('+1 212 555 2001');
  const early = await onTheRoad('+1 212 555 2002');
  await floor.say(early.parcel, 'delivered');
  await floor.ends(early.order.order_id, 'delivered');
  const waiting = await until(
    'three texts to wait',
    async () => {
      const all = await rows();
      return all.length === 3 && all.every(({state}) => state === 'waiting') ? all : null;
    },
    rows,
  );
  expect(new Set(waiting.map(({due_at}) => due_at?.toISOString()))).toEqual(new Set(['2026-06-02T12:00:00.000Z']));
  const mails = world.mails.map(({subject}) => subject.replace(/ ORD-\S+/, ''));
  expect(mails.filter((subject) => subject === 'Your order arrives today')).toHaveLength(2);
  await world.advance(9 * HOUR);
  expect(await bodies()).toEqual([]);
  await world.advance(HOUR);
  const told = await until(
    'all texts to come to an end',
    async () => {
      const all = await rows();
      return all.every(({state}) => state === 'sent' || state === 'dropped') ? all : null;
    },
    rows,
  );
  const byOrder = (id: string) =>
    told.filter((row) => row.order_id === id).map((row) => [row.template, row.state, row.reason]);
  expect(byOrder(asleep.order.order_id)).toEqual([['out_for_delivery', 'sent', null]]);
  expect(byOrder(early.order.order_id)).toEqual([
    ['out_for_delivery', 'dropped', 'overtaken'],
    ['delivered', 'sent', null],
  ]);
  const sent = await bodies();
  expect(sent).toHaveLength(2);
  for (const {created} of sent) expect(Date.parse(created)).toBeGreaterThanOrEqual(Date.parse('2026-06-02T12:00:00Z'));
  await floor.say(asleep.parcel, 'delivered');
  await floor.ends(asleep.order.order_id, 'delivered');
  expect(await violationsAtRest(world)).toEqual([]);
  expect(await bodies()).toHaveLength(3);
}, 120_000);
