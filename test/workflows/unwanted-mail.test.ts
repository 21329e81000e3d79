import {mailsOf, violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

let world: World;
let floor: Floor;
beforeAll(async () => {
  world = await startWorld();
  floor = openFloor(world);
  await openShop(world.api);
});
afterAll(() => world.close());

it('a customer who wants no mails of a kind gets none, what they have to know they get, and others can be stopped by a click', async () => {
  const sku = await offer(world.api, {at: {EAST: 5}});
  const order = await floor.buy({lines: [{sku, qty: 1}]});
  const {tracking_token} = await world.api.store.prisma.orders.findUniqueOrThrow({where: {id: order.order_id}});
  const preferences = [{kind: 'dispatch', channel: 'email', wanted: false}];
  await world.api.anonymous.put(`/v1/track/${tracking_token}/preferences`).send({preferences}).expect(200);
  await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
  await floor.ends(order.order_id, 'delivered');
  expect(await mailsOf(world, order.order_id)).toEqual([
    'We received your order',
    'Your order arrives today',
    'Your order was delivered',
  ]);
  const mails = world.mails.filter((mail) => mail.order_id === order.order_id);
  const [received, , delivered] = mails.map((mail) => mail.unsubscribe_url);
  expect(received).toBeNull();
  const stop = new URL(String(delivered));
  await world.api.anonymous.post(stop.pathname).type('form').send('List-Unsubscribe=One-Click').expect(200);
  const {body} = await world.api.as('support').get(`/v1/orders/${order.order_id}/preferences`).expect(200);
  expect((body as {preferences: object[]}).preferences).toContainEqual({
    ...{kind: 'arrival', channel: 'email', wanted: false, mandatory: false},
  });
  expect(await violationsAtRest(world)).toEqual([]);
});
