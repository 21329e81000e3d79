import {takeDueDigest} from '../../store/take-digest.ts';
import {mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {AT_ONCE, startWorld, type World} from '../support/world.ts';

const DAY = 86_400_000;
const ON_ITS_WAY = 'Your order is on its way';

let world: World;
let floor: Floor;
beforeAll(async () => {
  // every driver of the next days comes within it
  world = await startWorld({policy: {messages: {...AT_ONCE, digest_window: 4 * DAY}}});
  floor = openFloor(world);
  await openShop(world.api);
});
afterAll(() => world.close());

/** Both shipments are packed; returns them. */
const twoShipments = async () => {
  const sku = await offer(world.api, {at: {EAST: 2, WEST: 1}});
  const order = await floor.buy({lines: [{sku, qty: 3}]});
  const parts = [floor.partFrom(order, 'EAST'), floor.partFrom(order, 'WEST')] as const;
  const parcels = [];
  for (const part of parts) {
    await floor.pick(part);
    parcels.push(...(await floor.pack(order.order_id, part)));
  }
  return {id: order.order_id, parts, parcels};
};
const rows = (orderId: string) =>
  world.api.store.prisma.messages.findMany({
    where: {order_id: orderId, template: 'dispatched', channel: 'email'},
    orderBy: {created_at: 'asc'},
  });
const waits = (id: string) =>
  until('a mail to wait for others', async () => (await rows(id)).some(({state}) => state === 'waiting'));
const sent = (id: string, n: number) =>
  until(
    `${n} mails about what left`,
    async () => (await mailsOf(world, id)).filter((subject) => subject === ON_ITS_WAY).length === n,
    () => mailsOf(world, id),
  );

describe('the shipments of one order', () => {
  it('are told in one mail where they leave one after the other, each by its own number', async () => {
    const {id, parts, parcels} = await twoShipments();
    await floor.dispatch(id, parts[0]);
    await waits(id);
    expect(await mailsOf(world, id)).not.toContain(ON_ITS_WAY);
    await floor.dispatch(id, parts[1]);
    await sent(id, 1);
    const mail = world.mails.find(({order_id, subject}) => order_id === id && subject.includes('on its way'));
    for (const [i, {tracking_number}] of parcels.entries()) {
      expect(mail?.text).toContain(`Shipment ${i + 1} of 2`);
      expect(mail?.text).toContain(tracking_number);
    }
    expect(mail?.text).not.toContain('Still to come');
    const [first, second] = await until('both to be told', async () => {
      const all = await rows(id);
      return all.every(({state}) => state === 'sent') ? all : null;
    });
    expect([first?.told_by, second?.told_by]).toEqual([null, first?.id]);
    const {body} = await world.api.as('support').get(`/v1/orders/${id}/dossier`).expect(200);
    const told = (body as {messages: {template: string; told_by: string | null}[]}).messages;
    expect(told.filter((m) => m.template === 'dispatched').map((m) => m.told_by)).toEqual([first?.id, null]);
    expect(await violationsAtRest(world)).toEqual([]);
  });

  it('are told at once where something is to be told after them', async () => {
    const {id, parts, parcels} = await twoShipments();
    await floor.dispatch(id, parts[0]);
    await waits(id);
    if (parcels[0]) await floor.say(parcels[0], 'out_for_delivery');
    await floor.reaches(id, parts[0].sub_order_id, 'OUT_FOR_DELIVERY');
    await sent(id, 1);
    await floor.dispatch(id, parts[1]);
    await sent(id, 2);
    expect(await mailsOf(world, id)).toEqual([
      'We received your order',
      ON_ITS_WAY,
      'Your order arrives today',
      ON_ITS_WAY,
    ]);
    expect(await violationsAtRest(world)).toEqual([]);
  });

  it('are told alone when the time for others is over, with what is still to come', async () => {
    const {id, parts} = await twoShipments();
    await floor.dispatch(id, parts[0]);
    await waits(id);
    await world.advance(4 * DAY);
    await sent(id, 1);
    const mail = world.mails.findLast(({order_id}) => order_id === id);
    expect(mail?.text).toContain('Still to come');
    await floor.dispatch(id, parts[1]);
    await sent(id, 2);
    expect(await violationsAtRest(world)).toEqual([]);
  });

  it('are not told to whom said meanwhile that they want no such mails', async () => {
    const {id, parts} = await twoShipments();
    await floor.dispatch(id, parts[0]);
    await waits(id);
    const {tracking_token} = await world.api.store.prisma.orders.findUniqueOrThrow({where: {id}});
    const preferences = [{kind: 'dispatch', channel: 'email', wanted: false}];
    await world.api.anonymous.put(`/v1/track/${tracking_token}/preferences`).send({preferences}).expect(200);
    await floor.dispatch(id, parts[1]);
    await until('both to be dropped', async () => (await rows(id)).every(({state}) => state === 'dropped'));
    expect((await rows(id)).map(({reason}) => reason)).toEqual(['unwanted', 'unwanted']);
    expect(await mailsOf(world, id)).not.toContain(ON_ITS_WAY);
  });

  it('stay one mail when the relay that took it dies, and what leaves then has a mail of its own', async () => {
    const {id, parts} = await twoShipments();
    await floor.dispatch(id, parts[0]);
    await waits(id);
    // as a relay does that is gone before the mail is
    const {store} = world.api;
    const later = {...store, now: () => new Date(store.now().getTime() + 5 * DAY)};
    const taken = await until('the digest to be ours', () => takeDueDigest(later, 1_000));
    expect(taken.events.map(({sub_order_id}) => sub_order_id)).toEqual([parts[0].sub_order_id]);
    await floor.dispatch(id, parts[1]);
    await sent(id, 2);
    const told = world.mails.filter(({order_id, subject}) => order_id === id && subject.includes('on its way'));
    expect(told.map(({id: message}) => message)).toEqual((await rows(id)).map(({id: row}) => row));
    expect(told[0]?.id).toBe(taken.message_id);
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
