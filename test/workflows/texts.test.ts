import {comeToRest, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

let world: World;
let floor: Floor;
beforeAll(async () => {
  world = await startWorld();
  floor = openFloor(world);
  await openShop(world.api);
});
afterAll(() => world.close());

interface LedgerText {
  to: string;
  body: string;
  segments: number;
  status: string;
}

let people = 0;
/** A number of North America that nobody else here has. */
const freshPhone = () => `+1 (212) 555-${String(1000 + (people += 1))}`;
const plain = (phone: string) => phone.replace(/[^+\d]/g, '');

const textsTo = async (phone: string): Promise<LedgerText[]> => {
  const {texts} = (await floor.control(world.smsUrl, 'ledger')) as {texts: LedgerText[]};
  return texts.filter(({to}) => to === plain(phone));
};
const rowsOf = (orderId: string) =>
  world.api.store.prisma.messages.findMany({where: {order_id: orderId, channel: 'sms'}, orderBy: {created_at: 'asc'}});
const ended = (orderId: string) =>
  until('the texts to come to an end', async () => {
    const rows = await rowsOf(orderId);
    return rows.length > 0 && rows.every(({state}) => state === 'sent' || state === 'dropped') ? rows : null;
  });

/** Each stage is told before the next one begins: what is overtaken is another matter. */
const deliver = async (person: {phone?: string; locale?: string}) => {
  const sku = await offer(world.api, {at: {EAST: 5}});
  const order = await floor.buy({lines: [{sku, qty: 1}], person});
  const {order_id} = order;
  const east = floor.partFrom(order, 'EAST');
  await floor.pick(east);
  const [parcel] = await floor.pack(order_id, east);
  if (!parcel) throw new Error('nothing was packed');
  await floor.dispatch(order_id, east);
  await floor.say(parcel, 'out_for_delivery');
  await ended(order_id);
  await floor.say(parcel, 'delivered');
  await floor.ends(order_id, 'delivered');
  await comeToRest(world);
  await ended(order_id);
  return order;
};

it('the day itself is told by text too, in the customer’s language, in one piece, with a link that leads to the order', async () => {
  const phone = freshPhone();
  const {order_id, number} = await deliver({phone, locale: 'de-AT'});
  await ended(order_id);
  const texts = await textsTo(phone);
  expect(texts.map(({body}) => body.replace(/ http\S+$/, ''))).toEqual([
    `Waybill: Ihre Bestellung ${number} kommt heute an.`,
    `Waybill: Ihre Bestellung ${number} wurde zugestellt.`,
  ]);
  expect(texts.map(({segments}) => segments)).toEqual([1, 1]);
  const link = new URL(/http\S+$/.exec(texts[1]?.body ?? '')?.[0] ?? '');
  const {tracking_token} = await world.api.store.prisma.orders.findUniqueOrThrow({where: {id: order_id}});
  const answer = await world.api.anonymous.get(link.pathname).expect(303);
  expect(answer.headers['location']).toBe(`/track/${tracking_token}`);
  await world.api.anonymous.get('/t/AAAAAAAAAAAAAAAA').expect(404);
  await until('the phone to have it', async () =>
    (await rowsOf(order_id)).every((row) => row.delivery === 'delivered'),
  );
});

it('who gave no number gets none, and so does who said STOP, until they say START', async () => {
  const without = await deliver({});
  expect((await ended(without.order_id)).map(({reason}) => reason)).toEqual(['no_phone', 'no_phone']);
  const phone = freshPhone();
  const say = (body: string) => floor.control(world.smsUrl, 'inbound', {from: plain(phone), body});
  const wanted = async (order: {order_id: string}) => {
    const {body} = await world.api.as('support').get(`/v1/orders/${order.order_id}/preferences`).expect(200);
    const {preferences} = body as {preferences: {channel: string; wanted: boolean}[]};
    return [...new Set(preferences.filter(({channel}) => channel === 'sms').map((one) => one.wanted))];
  };
  const first = await deliver({phone});
  await say(' stop ');
  await until('STOP to count', async () => (await wanted(first)).join() === 'false');
  const stopped = await deliver({phone});
  expect((await ended(stopped.order_id)).every(({state}) => state === 'dropped')).toBe(true);
  await say('Start');
  await until('START to count', async () => (await wanted(first)).join() === 'true');
});

it('a refusal of the provider ends a text at once, and support sees why', async () => {
  // twilio.com: "Test credentials", numbers that stand for trouble
  const invalid = await deliver({phone: '+1 500 555 0001'});
  expect((await ended(invalid.order_id)).map(({reason, attempts}) => [reason, attempts])).toEqual([
    ['refused_21211', 1],
    ['refused_21211', 1],
  ]);
  const unsubscribed = await deliver({phone: '+1 500 555 0004'});
  expect((await ended(unsubscribed.order_id)).map(({reason}) => reason)).toEqual(['refused_21610', 'unwanted']);
  const {body} = await world.api.as('support').get(`/v1/orders/${invalid.order_id}/dossier`).expect(200);
  const {messages} = body as {messages: {channel: string; state: string; reason: string | null}[]};
  expect(messages.filter(({channel}) => channel === 'sms').map(({state, reason}) => [state, reason])).toEqual([
    ['dropped', 'refused_21211'],
    ['dropped', 'refused_21211'],
  ]);
});

it('what did not arrive says so', async () => {
  await floor.control(world.smsUrl, 'faults', {operation: 'delivery', mode: 'status', status: 30005, count: 2});
  const {order_id} = await deliver({phone: freshPhone()});
  await until('the provider to say so', async () =>
    (await rowsOf(order_id)).every((row) => row.delivery === 'undelivered_30005'),
  );
});

it('goes out once though the provider fails in every way, and its answers are lost', async () => {
  const faults = [
    {mode: 'error_before', status: 503},
    {mode: 'error_after', status: 500},
    {mode: 'status', status: 429, retry_after: 0},
    {mode: 'drop', when: 'after'},
    {mode: 'garbage', when: 'after'},
  ];
  for (const fault of faults) {
    await floor.control(world.smsUrl, 'faults', {operation: 'messages.create', ...fault});
  }
  await floor.control(world.smsUrl, 'faults', {operation: 'messages.list', mode: 'status', status: 500});
  await floor.control(world.smsUrl, 'faults', {operation: 'webhook', mode: 'drop', count: 20});
  const phone = freshPhone();
  const {order_id} = await deliver({phone});
  expect((await ended(order_id)).map(({state}) => state)).toEqual(['sent', 'sent']);
  expect(new Set((await textsTo(phone)).map(({body}) => body)).size).toBe(2);
  expect(await textsTo(phone)).toHaveLength(2);
  const {faults: struck} = (await floor.control(world.smsUrl, 'faults')) as {
    faults: {operation: string; fired: number}[];
  };
  const fired = struck.filter(({operation}) => operation === 'messages.create').map((fault) => fault.fired);
  expect(fired.filter((times) => times > 0).length).toBeGreaterThanOrEqual(3);
}, 60_000);

it('waits while messages are switched off, and goes when they are on again', async () => {
  const flip = (active: boolean) =>
    world.api
      .as('ops')
      .post('/v1/ops/switches', {kind: 'messages', subject: 'all', active, reason: 'test'})
      .expect(200);
  const phone = freshPhone();
  const sku = await offer(world.api, {at: {EAST: 5}});
  const order = await floor.buy({lines: [{sku, qty: 1}], person: {phone}});
  // a text that is written down already stops as well
  await world.api.store.pool.query(`UPDATE messages SET taken_until = NULL WHERE channel = 'sms'`);
  await flip(false);
  await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
  await floor.ends(order.order_id, 'delivered');
  expect(await textsTo(phone)).toEqual([]);
  await flip(true);
  await comeToRest(world);
  const rows = await ended(order.order_id);
  expect(rows.map(({template, reason}) => [template, reason])).toEqual([
    ['out_for_delivery', 'overtaken'],
    ['delivered', null],
  ]);
  expect(await textsTo(phone)).toHaveLength(1);
});

it('leaves the books in order', async () => {
  expect(await violationsAtRest(world)).toEqual([]);
});
