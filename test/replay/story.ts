import {OPEN_POLICY, type Policy, withoutWindows} from '../../domain/policy/policy.ts';
import type {OrderView} from '../../simulation/api-types.ts';
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

export const DAY = 86_400_000;

/** An order of one product that has so many units in each place. */
export async function buy(
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

export async function onTheRoad(floor: Floor, order: OrderView): Promise<void> {
  const east = floor.partFrom(order, 'EAST');
  await floor.pick(east);
  await floor.pack(order.order_id, east);
  await floor.dispatch(order.order_id, east);
}

/** The carrier brings the one parcel of an order that is on the road. */
export async function arrives(floor: Floor, id: string): Promise<void> {
  const [parcel] = (await floor.order(id)).sub_orders[0]?.parcels ?? [];
  if (!parcel) throw new Error(`nothing of ${id} is on the road`);
  await floor.say(parcel, 'delivered');
  await floor.ends(id, 'delivered');
}

export const partAt = (floor: Floor, id: string, place: string) =>
  until(`a part from ${place}`, async () => (await floor.order(id)).sub_orders.find((s) => s.source.id === place));

/** Somebody of support decides the one review that is open. */
export async function decide(world: World, decision: 'approve' | 'reject'): Promise<void> {
  const support = world.api.as('support');
  const {body} = await support.get('/v1/reviews?state=open').expect(200);
  const path = `/v1/reviews/${(body as {review_id: string}[])[0]?.review_id}`;
  await support.post(path, {decision, note: 'looked at it'}).expect(200);
}

export const story = (
  name: string,
  play: Story['play'],
  policy: Partial<Policy> = {},
  world: WorldOptions = {},
): Story => ({
  name,
  world: {...world, policy: {...withoutWindows(OPEN_POLICY), ...policy}},
  play,
});
