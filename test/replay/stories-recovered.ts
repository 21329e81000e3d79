import {ApplicationFailure} from '@temporalio/common';
import type {Activities} from '../../activities/index.ts';
import {RECOVERY} from '../../domain/policy/policy.ts';
import {freshKey} from '../support/api.ts';
import type {Floor} from '../support/floor.ts';
import {orderOf, offer} from '../support/shop.ts';
import {until} from '../support/until.ts';
import type {World} from '../support/world.ts';
import {buy, type Story, story} from './story.ts';

/** Activities that fail for good until they are taken off the list, by name, with their code. */
const broken = new Map<string, string>();

const breakable = (real: Activities): Activities =>
  Object.fromEntries(
    Object.entries(real).map(([name, run]) => [
      name,
      async (input: never) => {
        const code = broken.get(name);
        if (code) throw ApplicationFailure.nonRetryable(`${name} is refused`, code);
        return (run as (input: never) => Promise<unknown>)(input);
      },
    ]),
  ) as Activities;

const resume = (world: World, id: string) =>
  world.api.as('ops').post(`/v1/orders/${id}/resume`, {note: 'mended'}, freshKey()).expect(200);

/** Until ops are asked, then mended and gone on. */
async function mend(floor: Floor, world: World, id: string): Promise<void> {
  await floor.waitsOn(id, 'ops');
  broken.clear();
  await resume(world, id);
}

/** Ways that went wrong in the middle and were put right. */
export const RECOVERED: readonly Story[] = [
  story(
    'recovered-capture',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1);
      broken.set('capture', 'not_authorized');
      await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
      await mend(floor, world, order.order_id);
      await floor.ends(order.order_id, 'delivered');
      return order.order_id;
    },
    {},
    {activities: breakable},
  ),
  story(
    'recovered-labels',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1);
      const id = order.order_id;
      const east = floor.partFrom(order, 'EAST');
      await floor.pick(east);
      broken.set('buyLabels', 'address_verify_failure');
      const packing = floor.pack(id, east);
      await mend(floor, world, id);
      await packing;
      await floor.carry(id, east);
      await floor.ends(id, 'delivered');
      return id;
    },
    {},
    {activities: breakable},
  ),
  story(
    'recovered-first-hold',
    async (floor, world) => {
      const sku = await offer(world.api, {at: {EAST: 1}});
      broken.set('authorize', 'provider_unauthorised');
      const body = orderOf({lines: [{sku, qty: 1}]});
      const placing = world.api
        .as('checkout')
        .post('/v1/orders', body)
        .then((answer) => answer);
      const {order_id: id} = await until('an order that waits for ops', () =>
        world.api.store.prisma.stuck_steps.findFirst({where: {step: 'authorize', resolved_at: null}}),
      );
      broken.clear();
      await resume(world, id);
      await placing;
      await floor.cancel(id).expect(200);
      await floor.ends(id, 'cancelled');
      return id;
    },
    {},
    {activities: breakable},
  ),
  story(
    'recovered-by-itself',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1}, 1);
      broken.set('capture', 'not_authorized');
      await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
      await floor.waitsOn(order.order_id, 'ops');
      broken.clear();
      await floor.ends(order.order_id, 'delivered');
      return order.order_id;
    },
    {recovery: {...RECOVERY, stuck_retry: 500}},
    {activities: breakable},
  ),
  story('recovered-run-of-a-part', async (floor, world) => {
    const order = await buy(floor, world, {EAST: 1}, 1);
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east);
    await floor.openTask(east, 'pack');
    await world.client.workflow.getHandle(`sub-order:${east.sub_order_id}`).terminate('by mistake');
    await floor.waitsOn(id, 'ops');
    await resume(world, id);
    await floor.pack(id, east);
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
    return id;
  }),
  story(
    'continued-as-new',
    async (floor, world) => {
      const order = await buy(floor, world, {EAST: 1, WEST: 1, LAKE: 1}, 3);
      const id = order.order_id;
      for (const place of ['EAST', 'WEST', 'LAKE']) await floor.deliver(id, floor.partFrom(order, place));
      await floor.ends(id, 'delivered');
      return id;
    },
    {recovery: {...RECOVERY, continue_after: 45}},
  ),
];
