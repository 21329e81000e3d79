import {isTerminal, type OrderStatus} from '../domain/order/status.ts';
import type {Money, OrderView, ParcelView, SubOrderView, TaskView} from './api-types.ts';
import type {Client} from './client.ts';
import type {WorldClock} from './clock.ts';
import {Trouble} from './options.ts';
import type {CarrierControl} from './world/carrier.ts';
import type {Floor} from './world/floor.ts';
import {parcelsWithLabel} from './world/packer.ts';
import {workGoesOn} from './world/scan-answer.ts';

export interface Stage {
  client: Client;
  clock: WorldClock;
  floor: Floor;
  carrier: CarrierControl;
}

const PAUSE_MS = 700;
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 250;
/** Real milliseconds a parcel takes to the door. */
const ROAD_MS = 4_000;

/** Plays everybody between the shelf and the door for one order, and says what happens. Ends when it is paid. */
export async function playWithWords(stage: Stage, orderId: string, say: (line: string) => void): Promise<void> {
  const {client, clock} = stage;
  const order = await orderReadyToPick(stage, orderId);
  const refusal = whyNot(order);
  if (refusal) throw new Trouble(refusal);
  say(`Order ${order.number}: ${money(order.payment.authorized)} held, ${order.sub_orders.length} shipment(s).`);
  for (const [i, sub] of order.sub_orders.entries()) {
    say(`\nShipment ${i + 1} of ${order.sub_orders.length}, from ${sub.source.id ?? 'nowhere yet'}: ${contents(sub)}`);
    await playShipment(stage, order, sub, say);
    await clock.pause(PAUSE_MS);
  }
  const end = await ended(stage, order.order_id);
  say(`\nThe order is ${end.status}: ${money(end.payment.captured)} captured.`);
  say(`What the customer sees: ${(await client.order(order.order_id)).tracking_url}`);
}

async function orderReadyToPick({client, clock}: Stage, orderId: string): Promise<OrderView> {
  for (let tries = 0; ; tries += 1) {
    const order = await client.order(orderId);
    if (order.sub_orders.length > 0 || tries === 40 || whyNot(order)) return order;
    await clock.pause(LOOK_AGAIN_MS);
  }
}

function whyNot(order: OrderView): string | undefined {
  if (isTerminal(order.status as OrderStatus))
    return `Order ${order.number} is ${order.status} already: nothing to play.`;
  const wait = order.waiting_on?.name;
  if (wait === 'fraud_review')
    return `Order ${order.number} waits for a person: decide it with POST /v1/reviews/{id} first.`;
  if (wait === 'payment_method' || wait === 'customer_authentication') {
    return `Order ${order.number} waits for the customer (${wait}): nothing to pick yet.`;
  }
  return undefined;
}

async function playShipment(
  stage: Stage,
  order: OrderView,
  sub: SubOrderView,
  say: (line: string) => void,
): Promise<void> {
  const warehouse = sub.source.id;
  if (sub.stage === 'BACKORDERED' || !warehouse) {
    return say('  It waits for stock. Book some in with POST /v1/inventory/receipts, then run this again.');
  }
  if (['ALLOCATED', 'PICKING', 'SHORT_PICKED'].includes(sub.stage)) {
    await pickAloud(stage, await taskOf(stage, warehouse, sub, 'pick'), say);
  }
  if (!['PACKED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED', 'CANCELLED'].includes(sub.stage)) {
    await packAloud(stage, await taskOf(stage, warehouse, sub, 'pack'), say);
  }
  const parcels = (await parcelsWithLabel(stage, order.order_id, sub.sub_order_id)) ?? [];
  for (const parcel of parcels) await sendAloud(stage, parcel, say);
}

async function taskOf({floor}: Stage, warehouse: string, sub: SubOrderView, kind: TaskView['kind']): Promise<TaskView> {
  const task = await floor.task(warehouse, sub.sub_order_id, kind, 15_000);
  if (!task) throw new Trouble(`No ${kind} task for this shipment at ${warehouse}: is a worker running?`);
  return task;
}

async function pickAloud({client, clock}: Stage, task: TaskView, say: (line: string) => void): Promise<void> {
  if (!(await client.claim('picker', task.task_id))) throw new Trouble('Somebody else holds the pick task.');
  for (const [position, stop] of task.stops.entries()) {
    const open = stop.qty - stop.picked - stop.short;
    if (open <= 0) continue;
    say(`  Picker: aisle ${stop.aisle}, rack ${stop.rack}, shelf ${stop.shelf}: pick ${open} × ${stop.name}`);
    await clock.pause(PAUSE_MS);
    const scan = (kind: 'bin' | 'item', code: string, qty?: number) =>
      client.scan('picker', {
        operation_id: `play:${task.task_id}:${position}:${kind}`,
        task_id: task.task_id,
        kind,
        code,
        ...(qty && {qty}),
      });
    workGoesOn(await scan('bin', stop.bin), 'bin scan');
    workGoesOn(await scan('item', stop.barcode, open), 'item scan');
    say(`          scanned ${stop.bin}, scanned ${stop.barcode}`);
  }
}

async function packAloud({client, clock}: Stage, task: TaskView, say: (line: string) => void): Promise<void> {
  if (!(await client.claim('packer', task.task_id))) throw new Trouble('Somebody else holds the pack task.');
  for (const parcel of task.parcels.filter(({state}) => state === 'planned')) {
    await clock.pause(PAUSE_MS);
    const answer = await client.scan('packer', {
      operation_id: `play:${task.task_id}:pack:${parcel.parcel_id}`,
      task_id: task.task_id,
      kind: 'pack',
      code: task.task_id,
      weight_g: parcel.expected_g,
      ...(parcel.suggested_box && {box: parcel.suggested_box}),
    });
    workGoesOn(answer, 'pack scan');
    say(
      `  Packer: into ${parcel.suggested_box ?? 'its own carton'}, ${(parcel.expected_g / 1_000).toFixed(2)} kg on the scale`,
    );
  }
}

async function sendAloud(stage: Stage, parcel: ParcelView, say: (line: string) => void): Promise<void> {
  const {client, clock, carrier} = stage;
  const code = parcel.tracking_number ?? '';
  say(`  Label:  ${parcel.carrier ?? ''} ${parcel.service ?? ''}, tracking number ${code}`);
  await clock.pause(PAUSE_MS);
  await client.scan('packer', {operation_id: `play:${parcel.parcel_id}:dispatch`, kind: 'dispatch', code});
  say('  Dock:   handed over to the carrier');
  const now = clock.now();
  const at = (share: number) => Math.round(now + share * ROAD_MS * clock.speed);
  await carrier.plan(code, [
    {status: 'in_transit', at: now},
    {status: 'out_for_delivery', at: at(0.5)},
    {status: 'delivered', at: at(1)},
  ]);
  say('  Road:   in transit');
  await clock.until(at(0.5));
  say('  Road:   out for delivery');
  await clock.until(at(1));
  say('  Door:   delivered');
}

async function ended({client, clock}: Stage, orderId: string): Promise<OrderView> {
  const began = Date.now();
  for (;;) {
    const order = await client.order(orderId);
    const paid = order.status !== 'delivered' || order.payment.captured.amount > 0;
    if ((isTerminal(order.status as OrderStatus) && paid) || Date.now() - began > PATIENCE_MS) return order;
    if (order.sub_orders.some(({stage}) => stage === 'BACKORDERED')) return order;
    await clock.pause(LOOK_AGAIN_MS);
  }
}

function money({amount, currency}: Money): string {
  return `${(amount / 100).toFixed(2)} ${currency}`;
}

function contents(sub: SubOrderView): string {
  const sent = sub.lines.filter(({qty, cancelled}) => qty > cancelled);
  return sent.map(({sku, qty, cancelled}) => `${qty - cancelled} × ${sku}`).join(', ');
}
