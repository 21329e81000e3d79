import {DEFAULT_POLICY} from '../../domain/policy/policy.ts';
import {eventsOf} from '../support/books.ts';
import {until} from '../support/until.ts';
import {arrives, buy, DAY, decide, onTheRoad, partAt, type Story, story} from './story.ts';

const renewed = (types: {type: string}[]) => types.some((e) => e.type === 'order.hold_renewed');

/** Ways to the door. */
export const DELIVERED: readonly Story[] = [
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
  story('delivered-split-in-three', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1, WEST: 1, LAKE: 1}, 3);
    for (const place of ['LAKE', 'WEST', 'EAST']) await floor.deliver(order.order_id, floor.partFrom(order, place));
    await floor.ends(order.order_id, 'delivered');
    return order.order_id;
  }),
  story(
    'delivered-split-from-one-hold',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 2, WEST: 1}, 3);
      for (const place of ['WEST', 'EAST']) await floor.deliver(order.order_id, floor.partFrom(order, place));
      await floor.ends(order.order_id, 'delivered');
      return order.order_id;
    },
    {},
    {stripe: {multicapture: true}},
  ),
  story('delivered-at-once', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 2, WEST: 1}, 3);
    await Promise.all(['WEST', 'EAST'].map((place) => floor.deliver(order.order_id, floor.partFrom(order, place))));
    await floor.ends(order.order_id, 'delivered');
    return order.order_id;
  }),
  story('delivered-short-picked', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 2, LAKE: 2}, 2);
    const id = order.order_id;
    await floor.pick(floor.partFrom(order, 'EAST'), {missing: 1});
    const lake = await partAt(floor, id, 'LAKE');
    await floor.pack(id, floor.partFrom(order, 'EAST'));
    await floor.carry(id, floor.partFrom(order, 'EAST'));
    await floor.deliver(id, lake);
    await floor.ends(id, 'delivered');
    return id;
  }),
  story('delivered-moved-elsewhere', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 2, LAKE: 2}, 2);
    const id = order.order_id;
    await floor.pick(floor.partFrom(order, 'EAST'), {missing: 2});
    await floor.deliver(id, await partAt(floor, id, 'LAKE'));
    await floor.ends(id, 'delivered');
    return id;
  }),
  story('delivered-without-the-missing', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 3}, 3);
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east, {missing: 1});
    await until('the missing unit to be cancelled', async () => (await floor.order(id)).lines[0]?.cancelled === 1);
    await floor.pack(id, east);
    await floor.carry(id, east);
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
  story('delivered-in-part', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 3}, 3);
    const id = order.order_id;
    await floor.cancel(id, {lines: [{line_id: order.lines[0]?.line_id ?? '', qty: 1}]}).expect(200);
    await floor.deliver(id, floor.partFrom(order, 'EAST'));
    await floor.ends(id, 'delivered');
    return id;
  }),
  story('delivered-cancelled-too-late', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1);
    const id = order.order_id;
    await floor.pick(floor.partFrom(order, 'EAST'));
    await floor.cancel(id).expect(409);
    await floor.pack(id, floor.partFrom(order, 'EAST'));
    await floor.carry(id, floor.partFrom(order, 'EAST'));
    await floor.ends(id, 'delivered');
    return id;
  }),
  story('delivered-after-review', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1, {price: 400_000});
    const id = order.order_id;
    await decide(world, 'approve');
    await floor.waitsOn(id, 'pick');
    await floor.deliver(id, floor.partFrom(await floor.order(id), 'EAST'));
    await floor.ends(id, 'delivered');
    return id;
  }),
  story(
    'delivered-and-lost',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1, WEST: 1}, 2);
      const id = order.order_id;
      await onTheRoad(floor, order);
      await floor.deliver(id, floor.partFrom(order, 'WEST'));
      await floor.ends(id, 'delivered');
      return id;
    },
    {shipping: {...DEFAULT_POLICY.shipping, lost_after: 6_000}},
  ),
  story(
    'delivered-after-renewal',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1, {payment_method: 'pm_card_mastercard'});
      const id = order.order_id;
      await onTheRoad(floor, order);
      await until('a renewal', async () => renewed(await eventsOf(world, id)));
      await arrives(floor, id);
      return id;
    },
    {payment: {...DEFAULT_POLICY.payment, renew_before: 7 * DAY - 2_500}},
  ),
  story('delivered-after-expiry', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1);
    const id = order.order_id;
    await onTheRoad(floor, order);
    await floor.control(world.stripeUrl, 'clock', {advance_ms: 8 * DAY});
    await until('the hold to be taken again', async () => renewed(await eventsOf(world, id)));
    await arrives(floor, id);
    return id;
  }),
  story('delivered-after-unnoticed-expiry', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1, WEST: 1}, 2);
    const id = order.order_id;
    await floor.control(world.stripeUrl, 'faults', {operation: 'webhook', mode: 'drop', count: 50});
    await floor.control(world.stripeUrl, 'clock', {advance_ms: 8 * DAY});
    for (const place of ['EAST', 'WEST']) await floor.deliver(id, floor.partFrom(order, place));
    await floor.ends(id, 'delivered');
    return id;
  }),
];
