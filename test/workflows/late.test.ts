import {eventsOf, mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DELAYED = 'Your order is delayed';

let world: World;
let floor: Floor;
beforeAll(async () => {
  world = await startWorld({relays: 2});
  floor = openFloor(world);
  await openShop(world.api);
});
afterAll(() => world.close());

const promiseOf = async (sub_order_id: string) => {
  const promise = await world.api.store.prisma.promises.findUniqueOrThrow({where: {id: sub_order_id}});
  if (!promise.pickup_at || !promise.window_to) throw new Error('nothing was promised');
  return {...promise, pickup_at: promise.pickup_at, window_to: promise.window_to};
};
const now = () => world.api.store.now().getTime();
const delaysOf = async (id: string) => (await eventsOf(world, id)).filter(({type}) => type === 'sub_order.delayed');
const toldOf = (id: string, n: number) =>
  until(
    `${n} mails about a delay`,
    async () => (await mailsOf(world, id)).filter((subject) => subject === DELAYED).length === n,
    () => mailsOf(world, id),
  );
const looked = (id: string, after: number) =>
  until('its promise to be looked at', async () => ((await promiseOf(id)).look_at?.getTime() ?? 0) > after);
const buy = async () => {
  const sku = await offer(world.api, {at: {EAST: 3}});
  const order = await floor.buy({lines: [{sku, qty: 1}]});
  return {id: order.order_id, part: floor.partFrom(order, 'EAST'), token: order.tracking_url.split('/').at(-1) ?? ''};
};
const mailAbout = (id: string) => world.mails.findLast((m) => m.order_id === id && m.subject.includes('is delayed'));
const delayShown = async (token: string) => {
  const {body} = await world.api.anonymous.get(`/v1/track/${token}`).expect(200);
  return (body as {shipments: {delay: {until: string | null} | null}[]}).shipments[0]?.delay ?? null;
};

it('a shipment that misses its driver is told of with the day of the next one, once, before its promise is over', async () => {
  const {id, part, token} = await buy();
  const {pickup_at, window_to, look_at} = await promiseOf(part.sub_order_id);
  // the last parcels of a driver are scanned when the van is gone
  expect(look_at).toEqual(new Date(pickup_at.getTime() + 2 * HOUR));
  await world.advance(pickup_at.getTime() + HOUR - now());
  expect(await delaysOf(id)).toEqual([]);
  await world.advance(HOUR + 60_000);
  await toldOf(id, 1);
  expect(now()).toBeLessThan(window_to.getTime());
  const [told] = await delaysOf(id);
  expect(told?.data).toMatchObject({reason: 'house', promised: window_to.toISOString()});
  expect(Date.parse(String(told?.data['until']))).toBeGreaterThanOrEqual(window_to.getTime() + DAY);
  expect(mailAbout(id)?.text).toContain('It leaves our house later than planned.');
  expect(mailAbout(id)?.text).toContain('Expected on');
  expect((await delayShown(token))?.until).toBe(told?.data['until']);
  await world.advance(HOUR);
  await floor.deliver(id, part);
  await floor.ends(id, 'delivered');
  expect(await delaysOf(id)).toHaveLength(1);
  expect(await violationsAtRest(world)).toEqual([]);
});

it('a shipment on the road of which nobody says anything is told of once, without a day', async () => {
  const {id, part, token} = await buy();
  await floor.pick(part);
  const [parcel] = await floor.pack(id, part);
  if (!parcel) throw new Error('nothing was packed');
  await floor.dispatch(id, part);
  // a carrier that never said a day
  await world.api.store.prisma.parcels.updateMany({where: {order_id: id}, data: {eta_from: null, eta_to: null}});
  const {window_to} = await promiseOf(part.sub_order_id);
  await world.advance(window_to.getTime() + 60_000 - now());
  await toldOf(id, 1);
  expect((await delaysOf(id))[0]?.data).toMatchObject({reason: 'unknown'});
  expect(mailAbout(id)?.text).toContain('We are looking into it');
  expect(mailAbout(id)?.text).not.toContain('Expected on');
  expect(await delayShown(token)).toMatchObject({until: null});
  const before = now();
  await world.advance(DAY + 60_000);
  await looked(part.sub_order_id, before + DAY + 60_000);
  expect(await delaysOf(id)).toHaveLength(1);
  // they were promised to hear of a day as soon as somebody knows one
  const expectOn = async (day: number) => {
    const events = [{status: 'in_transit', est_delivery_date: day}];
    await floor.control(world.carrierUrl, 'trackers', {tracking_code: parcel.tracking_number, events});
  };
  const day = window_to.getTime() + 3 * DAY;
  await expectOn(day);
  await toldOf(id, 2);
  expect(Date.parse((await delayShown(token))?.until ?? '')).toBe(day);
  // hours are no news, another day is
  await expectOn(day + 5 * HOUR);
  await expectOn(day + DAY + HOUR);
  await toldOf(id, 3);
  expect((await delaysOf(id)).map(({data}) => data['reason'] ?? 'carrier')).toEqual(['unknown', 'carrier', 'carrier']);
  await floor.say(parcel, 'out_for_delivery', 'delivered');
  await floor.ends(id, 'delivered');
  expect(await violationsAtRest(world)).toEqual([]);
});

it('a shipment that is in time is never told of', async () => {
  const {id, part} = await buy();
  await floor.pick(part);
  await floor.pack(id, part);
  await floor.dispatch(id, part);
  const {pickup_at} = await promiseOf(part.sub_order_id);
  const due = pickup_at.getTime() + 2 * HOUR;
  await world.advance(Math.max(0, due + 60_000 - now()));
  await looked(part.sub_order_id, due);
  expect(await delaysOf(id)).toEqual([]);
});
