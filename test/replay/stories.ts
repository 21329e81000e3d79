import {DEFAULT_POLICY, OPEN_POLICY, type Policy} from '../../domain/policy/policy.ts';
import type {OrderView} from '../../simulation/api-types.ts';
import {eventsOf} from '../support/books.ts';
import type {Floor} from '../support/floor.ts';
import {offer, type Place, type Wish} from '../support/shop.ts';
import {until} from '../support/until.ts';
import type {World, WorldOptions} from '../support/world.ts';

/** A way an order can go; returns the order's id once its run is closed. */
export interface Story {
  name: string;
  world: WorldOptions;
  play: (floor: Floor, world: World) => Promise<string>;
}

async function buy(
  floor: Floor,
  world: World,
  at: Partial<Record<Place, number>>,
  qty: number,
  wish: Partial<Wish> & {price?: number; backorderable?: boolean} = {},
): Promise<OrderView> {
  const {price, backorderable, ...rest} = wish;
  const sku = await offer(world.api, {
    at,
    ...(price ? {price} : {}),
    ...(backorderable ? {backorderable} : {}),
  });
  return floor.buy({lines: [{sku, qty}], ...rest});
}

async function onTheRoad(floor: Floor, order: OrderView): Promise<void> {
  const east = floor.partFrom(order, 'EAST');
  await floor.pick(east);
  await floor.pack(order.order_id, east);
  await floor.dispatch(order.order_id, east);
}

const story = (name: string, play: Story['play'], policy: Partial<Policy> = {}): Story => ({
  name,
  world: {policy: {...OPEN_POLICY, ...policy}},
  play,
});
const DAY = 86_400_000;

export const STORIES: readonly Story[] = [
  story('delivered-single', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 2}, 2);
    await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
    await floor.ends(order.order_id, 'delivered');
    return order.order_id;
  }),
  story('delivered-split', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 2, WEST: 1}, 3);
    for (const place of ['WEST', 'EAST']) await floor.deliver(order.order_id, floor.partFrom(order, place));
    await floor.ends(order.order_id, 'delivered');
    return order.order_id;
  }),
  story('delivered-short-picked', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 2, LAKE: 2}, 2);
    const id = order.order_id;
    await floor.pick(floor.partFrom(order, 'EAST'), {missing: 1});
    const lake = await until('a part from LAKE', async () =>
      (await floor.order(id)).sub_orders.find((s) => s.source.id === 'LAKE'),
    );
    await floor.pack(id, floor.partFrom(order, 'EAST'));
    await floor.carry(id, floor.partFrom(order, 'EAST'));
    await floor.deliver(id, lake);
    await floor.ends(id, 'delivered');
    return id;
  }),
  story('delivered-backorder-cancelled', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 2, {backorderable: true});
    await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
    await floor.cancel(order.order_id).expect(200);
    await floor.ends(order.order_id, 'delivered');
    return order.order_id;
  }),
  story('cancelled-by-decline', async (floor, world) => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const {body} = await floor.place({lines: [{sku, qty: 1}], payment_method: 'pm_card_chargeDeclined'}).expect(402);
    await floor.ends(body.order_id as string, 'cancelled');
    return body.order_id as string;
  }),
  story('cancelled-by-shopper', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1, WEST: 1}, 2);
    await floor.cancel(order.order_id).expect(200);
    await floor.ends(order.order_id, 'cancelled');
    return order.order_id;
  }),
  story('cancelled-by-review', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1, {price: 400_000});
    const {body} = await world.api.as('support').get('/v1/reviews?state=open').expect(200);
    const path = `/v1/reviews/${(body as {review_id: string}[])[0]?.review_id}`;
    await world.api.as('support').post(path, {decision: 'reject', note: 'unknown'}).expect(200);
    await floor.ends(order.order_id, 'cancelled');
    return order.order_id;
  }),
  story(
    'refunded-by-loss',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1);
      await onTheRoad(floor, order);
      await floor.ends(order.order_id, 'refunded');
      return order.order_id;
    },
    {shipping: {...DEFAULT_POLICY.shipping, lost_after: 1_500}},
  ),
  story(
    'delivered-after-renewal',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1, {payment_method: 'pm_card_mastercard'});
      const id = order.order_id;
      await onTheRoad(floor, order);
      await until('a renewal', async () => (await eventsOf(world, id)).some((e) => e.type === 'order.hold_renewed'));
      const [parcel] = (await floor.order(id)).sub_orders[0]?.parcels ?? [];
      if (parcel) await floor.say(parcel, 'delivered');
      await floor.ends(id, 'delivered');
      return id;
    },
    {payment: {...DEFAULT_POLICY.payment, renew_before: 7 * DAY - 2_500}},
  ),
  story('delivered-after-expiry', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1);
    const id = order.order_id;
    await onTheRoad(floor, order);
    await floor.control(world.stripeUrl, 'clock', {advance_ms: 8 * DAY});
    await until('the hold to be taken again', async () =>
      (await eventsOf(world, id)).some((e) => e.type === 'order.hold_renewed'),
    );
    const [parcel] = (await floor.order(id)).sub_orders[0]?.parcels ?? [];
    if (parcel) await floor.say(parcel, 'delivered');
    await floor.ends(id, 'delivered');
    return id;
  }),
];
