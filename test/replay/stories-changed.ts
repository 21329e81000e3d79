import {CHANGES} from '../../domain/policy/changes.ts';
import type {Floor} from '../support/floor.ts';
import {BOSTON, offer} from '../support/shop.ts';
import {until} from '../support/until.ts';
import type {World} from '../support/world.ts';
import {arrives, buy, type Story, story} from './story.ts';

/** Real milliseconds between two looks at what became of an unused label. */
const OFTEN = {changes: {...CHANGES, void_check: 300, void_retry: 300, void_asks: 2}};

/** The one label of an order that was bought and is not used. */
async function labelIs(
  world: World,
  order_id: string,
  state: string,
): Promise<{id: string; shipment_id: string | null}> {
  const {parcels} = world.api.store.prisma;
  const given = await until(`the money for the label to be ${state}`, () =>
    parcels.findFirst({where: {order_id, void_state: state}}),
  );
  return {id: given.id, shipment_id: given.shipment_ref};
}

/** The carrier gives its money back, and the run that waited for it ends. */
async function isPaidBack(floor: Floor, world: World, order_id: string): Promise<void> {
  const {id, shipment_id} = await labelIs(world, order_id, 'submitted');
  await floor.control(world.carrierUrl, 'refunds', {shipment_id, state: 'refunded'});
  await world.client.workflow.getHandle(`void:${id}`).result();
}

/** Orders that are changed once they are placed. */
export const CHANGED: readonly Story[] = [
  story('changed-to-more-units', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 3}, 1);
    const id = order.order_id;
    const lines = [{line_id: order.lines[0]?.line_id, qty: 2}];
    await floor.change(id, {kind: 'quantity', lines}).expect(200);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
    return id;
  }),
  story('changed-in-vain', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1, {payment_method: 'pm_card_declineOffSession'});
    const id = order.order_id;
    const sku = await offer(world.api, {at: {EAST: 1}});
    await floor.change(id, {kind: 'add_lines', add: [{sku, qty: 1}]}).expect(402);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
    return id;
  }),
  story('changed-and-held-back', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 2}, 2);
    const id = order.order_id;
    await floor.change(id, {kind: 'hold'}).expect(200);
    await floor.change(id, {kind: 'release'}).expect(200);
    await floor.change(id, {kind: 'quantity', lines: [{line_id: order.lines[0]?.line_id, qty: 1}]}).expect(200);
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
    return id;
  }),
  story(
    'relabelled-for-another-address',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1);
      const id = order.order_id;
      const east = floor.partFrom(order, 'EAST');
      await floor.pick(east);
      await floor.pack(id, east);
      await floor.change(id, {kind: 'address', ship_to: BOSTON}).expect(200);
      await isPaidBack(floor, world, id);
      await until('another label', async () => (await floor.order(id)).sub_orders[0]?.parcels[0]?.tracking_number);
      await floor.dispatch(id, east);
      await arrives(floor, id);
      return id;
    },
    OFTEN,
  ),
  story(
    'label-money-refused',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1);
      const id = order.order_id;
      const east = floor.partFrom(order, 'EAST');
      await floor.pick(east);
      await floor.pack(id, east);
      await floor.cancel(id, {unpick: true}).expect(200);
      await floor.ends(id, 'cancelled');
      const {shipment_id} = await labelIs(world, id, 'submitted');
      await floor.control(world.carrierUrl, 'refunds', {shipment_id, state: 'rejected'});
      await labelIs(world, id, 'rejected');
      await isPaidBack(floor, world, id);
      return id;
    },
    OFTEN,
  ),
];
