import {offer} from '../support/shop.ts';
import {openSupplier} from '../support/suppliers.ts';
import {type Story, story} from './story.ts';

/** Ways of what suppliers send. */
export const SUPPLIERS: readonly Story[] = [
  story('supplied', async (floor, world) => {
    const sku = await offer(world.api, {});
    await openSupplier(world, {offers: {[sku]: {}}});
    const {order_id} = await floor.buy({lines: [{sku, qty: 2}]});
    await floor.ends(order_id, 'delivered');
    return order_id;
  }),
  story('supplied-in-part-by-two', async (floor, world) => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    await openSupplier(world, {character: 'partial', offers: {[sku]: {cost: 400}}});
    await openSupplier(world, {offers: {[sku]: {cost: 900}}});
    const order = await floor.buy({lines: [{sku, qty: 4}]});
    await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
    await floor.ends(order.order_id, 'delivered');
    return order.order_id;
  }),
  story('supplied-after-silence', async (floor, world) => {
    const sku = await offer(world.api, {});
    await openSupplier(world, {character: 'silent', acknowledge_ms: 3_000, offers: {[sku]: {cost: 400}}});
    await openSupplier(world, {offers: {[sku]: {cost: 900}}});
    const {order_id} = await floor.buy({lines: [{sku, qty: 1}]});
    await floor.ends(order_id, 'delivered');
    return order_id;
  }),
  story('supplied-never-cancelled', async (floor, world) => {
    const sku = await offer(world.api, {});
    await openSupplier(world, {character: 'silent', offers: {[sku]: {}}});
    const {order_id} = await floor.buy({lines: [{sku, qty: 1}]});
    await floor.waitsOn(order_id, 'supplier');
    await floor.cancel(order_id).expect(200);
    await floor.ends(order_id, 'cancelled');
    return order_id;
  }),
];
