import type {Floor} from '../support/floor.ts';
import {until} from '../support/until.ts';
import type {World} from '../support/world.ts';
import {buy, DAY, type Story, story} from './story.ts';

const MINUTE = 60_000;

/** An order that was delivered and paid, and a refund of it that was asked for. */
async function refundOf(floor: Floor, world: World, payment_method: string): Promise<string> {
  const order = await delivered(floor, world, payment_method);
  const body = {kind: 'goodwill', amount: {amount: 100, currency: 'USD'}, reason: 'it came late'};
  await world.api.as('support').post(`/v1/orders/${order}/refunds`, body).expect(201);
  return order;
}

async function delivered(floor: Floor, world: World, payment_method: string): Promise<string> {
  const order = await buy(floor, world, {EAST: 1}, 1, {payment_method});
  await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
  await floor.ends(order.order_id, 'delivered');
  return order.order_id;
}

const refundIs = (world: World, orderId: string, state: string) =>
  until(`the refund to be ${state}`, () =>
    world.api.store.prisma.refunds.findFirst({where: {order_id: orderId, state}}),
  );

const disputeIs = (world: World, orderId: string, state: string) =>
  until(`the dispute to be ${state}`, () =>
    world.api.store.prisma.disputes.findFirst({where: {order_id: orderId, state}}),
  );

/** Until every run beside the order's own is closed. */
async function runsEnd(world: World, orderId: string): Promise<void> {
  const runs = await world.api.store.prisma.side_runs.findMany({where: {order_id: orderId}});
  for (const {workflow_id} of runs) await world.client.workflow.getHandle(workflow_id).result();
}

const settle = async (floor: Floor, world: World, orderId: string, status: string) => {
  const {provider_ref: refund} = await refundIs(world, orderId, 'pending');
  await floor.control(world.stripeUrl, 'refunds', {refund, status});
};

/** What becomes of the money of an order that has ended: the runs beside its own. */
export const MONEY: readonly Story[] = [
  story('refunded-at-once', async (floor, world) => {
    const id = await refundOf(floor, world, 'pm_card_visa');
    await refundIs(world, id, 'succeeded');
    await runsEnd(world, id);
    return id;
  }),
  story('refunded-after-a-while', async (floor, world) => {
    const id = await refundOf(floor, world, 'pm_card_pendingRefund');
    await settle(floor, world, id, 'succeeded');
    await refundIs(world, id, 'succeeded');
    await runsEnd(world, id);
    return id;
  }),
  story('refunded-at-the-second-attempt', async (floor, world) => {
    const id = await refundOf(floor, world, 'pm_card_refundFailOnce');
    await settle(floor, world, id, 'failed');
    await floor.waitsOn(id, 'ops');
    await world.api.as('ops').post(`/v1/orders/${id}/resume`, {note: 'mended'}).expect(200);
    await refundIs(world, id, 'succeeded');
    await runsEnd(world, id);
    return id;
  }),
  story('refund-given-up', async (floor, world) => {
    const id = await refundOf(floor, world, 'pm_card_refundFailOnce');
    await settle(floor, world, id, 'failed');
    await floor.waitsOn(id, 'ops');
    const refund = await refundIs(world, id, 'failed');
    await world.api.as('finance').post(`/v1/refunds/${refund.id}/reject`, {note: 'paid in cash'}).expect(200);
    await runsEnd(world, id);
    return id;
  }),
  ...(['won', 'lost'] as const).map((end) =>
    story(`disputed-and-${end}`, async (floor, world) => {
      const card = end === 'won' ? 'pm_card_createDisputeProductNotReceived' : 'pm_card_createDispute';
      const id = await delivered(floor, world, card);
      await world.advance(2 * MINUTE);
      await disputeIs(world, id, 'submitted');
      await world.advance(3 * DAY);
      await disputeIs(world, id, end);
      await runsEnd(world, id);
      return id;
    }),
  ),
];
