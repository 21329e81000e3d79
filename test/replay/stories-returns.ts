import {RETURNS as RULES} from '../../domain/returns/policy.ts';
import {openReturns} from '../support/returns.ts';
import {until} from '../support/until.ts';
import type {World} from '../support/world.ts';
import {buy, onTheRoad, type Story, story} from './story.ts';

type Desk = ReturnType<typeof openReturns>;

/** Real milliseconds in which a return must be sent here. */
const SOON = 3_000;

/** One unit of an order of two that arrived is announced. */
async function announced(desk: Desk, world: World, more: object = {}, reason = 'changed_mind') {
  const order = await buy(desk.floor, world, {EAST: 4}, 2);
  await desk.floor.deliver(order.order_id, desk.floor.partFrom(order, 'EAST'));
  await desk.floor.ends(order.order_id, 'delivered');
  const line_id = order.lines[0]?.line_id ?? '';
  const {return_id} = await desk.announce(order.order_id, [{line_id, qty: 1, reason}], more);
  return {id: order.order_id, line_id, return_id};
}

async function sendBack(desk: Desk, {line_id, return_id}: {line_id: string; return_id: string}): Promise<void> {
  await desk.send(return_id);
  await desk.inspect(return_id, [{line_id, qty: 1, grade: 'as_new'}]);
}

/** Ways a return can go. */
export const RETURNS: readonly Story[] = [
  story('returned-for-the-money', async (_floor, world) => {
    const desk = openReturns(world);
    const made = await announced(desk, world);
    await sendBack(desk, made);
    await desk.ends(made.return_id, 'closed');
    return made.id;
  }),
  story(
    'returned-and-paid-on-the-scan',
    async (_floor, world) => {
      const desk = openReturns(world);
      const made = await announced(desk, world);
      await desk.send(made.return_id);
      await until('the money to be asked for', async () => (await desk.look(made.return_id)).refund);
      await desk.inspect(made.return_id, [{line_id: made.line_id, qty: 1, grade: 'opened'}]);
      await desk.ends(made.return_id, 'closed');
      return made.id;
    },
    {returns: {...RULES, refund_on: 'scan'}},
  ),
  story('returned-for-the-same-again', async (floor, world) => {
    const desk = openReturns(world);
    const made = await announced(desk, world, {resolution: 'exchange'});
    await sendBack(desk, made);
    const part = await until('the same to be sent again', async () => (await floor.order(made.id)).sub_orders[1]);
    await floor.deliver(made.id, part);
    await desk.ends(made.return_id, 'closed');
    return made.id;
  }),
  story('returned-after-a-review', async (_floor, world) => {
    const desk = openReturns(world);
    const made = await announced(desk, world, {}, 'damaged');
    const path = `/v1/returns/${made.return_id}/decision`;
    await world.api.as('support').post(path, {decision: 'approve', note: 'the picture shows it'}).expect(200);
    await sendBack(desk, made);
    await desk.ends(made.return_id, 'closed');
    return made.id;
  }),
  story('return-called-off', async (_floor, world) => {
    const desk = openReturns(world);
    const made = await announced(desk, world);
    await desk.becomes(made.return_id, 'label_ready');
    await world.api.as('support').post(`/v1/returns/${made.return_id}/cancel`, {}).expect(200);
    await desk.ends(made.return_id, 'cancelled');
    return made.id;
  }),
  story(
    'return-never-sent',
    async (_floor, world) => {
      const desk = openReturns(world);
      const made = await announced(desk, world);
      await desk.ends(made.return_id, 'expired');
      return made.id;
    },
    {returns: {...RULES, send_within: SOON, remind_before: SOON / 2}},
  ),
  story(
    'return-never-arrives-in-time',
    async (floor, world) => {
      const desk = openReturns(world);
      const made = await announced(desk, world);
      const {label} = await desk.becomes(made.return_id, 'label_ready');
      const tracking_code = label?.tracking_number ?? '';
      await floor.control(world.carrierUrl, 'trackers', {tracking_code, events: [{status: 'in_transit'}]});
      await floor.waitsOn(made.id, 'ops');
      await desk.scan(tracking_code);
      await desk.inspect(made.return_id, [{line_id: made.line_id, qty: 1, grade: 'as_new'}]);
      await desk.ends(made.return_id, 'closed');
      return made.id;
    },
    {returns: {...RULES, arrive_within: SOON}},
  ),
  story('refunded-by-coming-back', async (floor, world) => {
    const desk = openReturns(world);
    const order = await buy(floor, world, {EAST: 2}, 2);
    await onTheRoad(floor, order);
    const [parcel] = (await floor.order(order.order_id)).sub_orders[0]?.parcels ?? [];
    if (!parcel) throw new Error('nothing is on the road');
    await floor.say(parcel, 'return_to_sender');
    await floor.waitsOn(order.order_id, 'ops');
    await desk.scan(parcel.tracking_number ?? '');
    await floor.ends(order.order_id, 'refunded');
    return order.order_id;
  }),
];
