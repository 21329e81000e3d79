import {Client as TemporalClient, Connection} from '@temporalio/client';
import {orderWorkflowId, subOrderWorkflowId} from '../domain/order/workflow-ids.ts';
import type {OrderView, SubOrderView} from '../simulation/api-types.ts';
import {createClient} from '../simulation/client.ts';
import {worldClock} from '../simulation/clock.ts';
import {randomStream} from '../simulation/random.ts';
import type {System} from '../simulation/system.ts';
import {createTally} from '../simulation/tally.ts';
import {boxes} from '../simulation/world/boxes.ts';
import {carrierControl, type TrackerEvent} from '../simulation/world/carrier.ts';
import type {Crew} from '../simulation/world/crew.ts';
import {createFloor} from '../simulation/world/floor.ts';
import {layOut} from '../simulation/world/lay-out.ts';
import {dispatch, pack, parcelsWithLabel} from '../simulation/world/packer.ts';
import {pick} from '../simulation/world/picker.ts';
import type {Layout} from '../simulation/world/plan.ts';
import {priceBook} from '../simulation/world/value.ts';
import type {Benchmark} from './main.ts';

/** The most events an order that leaves from two places may have, over all its runs. */
const LIMIT = 130;
/** Real milliseconds between two things that happen to an order: so far apart that none share a workflow task. */
const APART = 1_100;
const PATIENCE = 60_000;

/** Plays an order from one place and an order from two to the door, and counts what Temporal wrote down of each. */
export async function history(system: System): Promise<Benchmark> {
  const tag = `bench-${Date.now().toString(36)}`;
  const layout = layoutOf(tag);
  const crew = crewOf(system, layout, tag);
  await layOut(crew.client, layout, tag, () => undefined);
  const address = system.urls.temporal;
  if (!address) throw new Error('the system does not say where its Temporal is');
  const connection = await Connection.connect({address});
  try {
    const temporal = new TemporalClient({connection, namespace: process.env.TEMPORAL_NAMESPACE || 'default'});
    const one = await playOrder(crew, temporal, [`${tag}-east`], 1);
    const two = await playOrder(crew, temporal, [`${tag}-east`, `${tag}-west`], 2);
    const [value, baseline] = [sum(two), sum(one)];
    const ratio = Math.round((value / baseline) * 1_000) / 1_000;
    return {
      figure: {name: 'history-2-way-split', value, unit: 'events', baseline, ratio},
      lines: [
        `one parcel    ${baseline} events (${one.join(' + ')})`,
        `two places    ${value} events (${two.join(' + ')}), ${ratio} times as many, at most ${LIMIT}`,
      ],
      ...(value > LIMIT ? {failure: `${value} events are more than ${LIMIT}`} : {}),
    };
  } finally {
    await connection.close();
  }
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

function layoutOf(tag: string): Layout {
  const usd = (amount: number) => ({amount, currency: 'USD'});
  const place = (name: string, lat: number, lng: number): Layout['warehouses'][number] => ({
    id: `${tag}-${name}`,
    body: {
      name: `${name} (benchmark)`,
      address: {line1: '1 Dock Road', city: 'New York', region: 'NY', postal_code: '10001', country: 'US'},
      lat,
      lng,
      timezone: 'UTC',
      cut_off: '16:00',
      priority: 1,
    },
  });
  const product = (name: string): Layout['products'][number] => ({
    sku: `${tag}-${name}`,
    body: {
      name: `Only in the ${name}`,
      price: usd(1_999),
      weight_g: 400,
      length_mm: 100,
      width_mm: 80,
      height_mm: 60,
      capacity_units: 1,
      barcode: `${tag}-${name}`,
      backorderable: false,
    },
  });
  const stock = ['east', 'west'].map((name) => ({
    warehouse: `${tag}-${name}`,
    sku: `${tag}-${name}`,
    qty: 10,
    bin: 'A-1',
  }));
  return {
    currency: 'USD',
    products: [product('east'), product('west')],
    warehouses: [place('east', 40.72, -74), place('west', 34.06, -118.24)],
    bins: stock.map(({warehouse, bin}) => ({
      warehouse,
      bin,
      body: {aisle: '1', rack: 'A', shelf: '1', x_mm: 0, y_mm: 0},
    })),
    boxes: boxes('USD'),
    shippingRates: [{sla: 'STANDARD', price: usd(499)}],
    taxRates: [],
    stock,
  };
}

function crewOf(system: System, layout: Layout, tag: string): Crew {
  if (!system.urls.carrier) throw new Error('there is no carrier emulator: parcels cannot be moved');
  const clock = worldClock(system.clock);
  const client = createClient({api: system.urls.api, keys: system.keys, clock});
  return {
    client,
    clock,
    tally: createTally(),
    floor: createFloor(client, clock),
    carrier: carrierControl(system.urls.carrier, clock),
    prices: priceBook(layout),
    random: randomStream(1, tag),
    tag,
    began: clock.now(),
  };
}

/** Events of the order's run and of each of its sub-orders' runs. */
async function playOrder(crew: Crew, temporal: TemporalClient, skus: string[], parts: number): Promise<number[]> {
  const placed = await crew.client.placeOrder(orderBody(crew.tag, skus), `${crew.tag}:${skus.length}`);
  if (placed.kind === 'refused') throw new Error(`the order was refused: ${placed.problem.detail ?? placed.status}`);
  const id = placed.order.order_id;
  const order = await seen(crew, id, (view) => view.sub_orders.length === parts);
  for (const sub of order.sub_orders) await playPart(crew, id, sub);
  const ids = [orderWorkflowId(id), ...order.sub_orders.map((sub) => subOrderWorkflowId(sub.sub_order_id))];
  return Promise.all(ids.map((workflowId) => countEvents(crew, temporal, workflowId)));
}

async function playPart(crew: Crew, orderId: string, sub: SubOrderView): Promise<void> {
  const warehouse = sub.source.id ?? '';
  for (const [kind, work] of [
    ['pick', pick],
    ['pack', pack],
  ] as const) {
    await crew.clock.pause(APART);
    const task = await crew.floor.task(warehouse, sub.sub_order_id, kind, PATIENCE);
    if (!task) throw new Error(`no ${kind} task at ${warehouse}`);
    await work(crew, task, {wrongItem: false, short: 0});
  }
  for (const parcel of (await parcelsWithLabel(crew, orderId, sub.sub_order_id)) ?? []) {
    await crew.clock.pause(APART);
    await dispatch(crew, parcel);
    for (const status of ['in_transit', 'out_for_delivery', 'delivered'] as const) {
      await crew.clock.pause(APART);
      const event: TrackerEvent = {status, at: crew.clock.now()};
      await crew.carrier.plan(parcel.tracking_number ?? '', [event]);
    }
  }
  await seen(crew, orderId, (view) =>
    view.sub_orders.some((s) => s.sub_order_id === sub.sub_order_id && s.stage === 'DELIVERED'),
  );
  await crew.clock.pause(APART);
}

async function seen(crew: Crew, orderId: string, test: (view: OrderView) => boolean): Promise<OrderView> {
  for (const began = Date.now(); ; ) {
    const view = await crew.client.order(orderId);
    if (test(view)) return view;
    if (Date.now() - began > PATIENCE) throw new Error(`order ${view.number} stands still as ${view.status}`);
    await crew.clock.pause(100);
  }
}

async function countEvents(crew: Crew, temporal: TemporalClient, workflowId: string): Promise<number> {
  const handle = temporal.workflow.getHandle(workflowId);
  for (const began = Date.now(); ; ) {
    const {status, historyLength} = await handle.describe();
    if (status.name === 'COMPLETED') return historyLength;
    if (Date.now() - began > PATIENCE) throw new Error(`run ${workflowId} is still ${status.name}`);
    await crew.clock.pause(100);
  }
}

function orderBody(tag: string, skus: string[]) {
  const customer = {id: tag, name: 'Ann Example', email: `${tag}@example.com`};
  return {
    customer,
    ship_to: {
      name: customer.name,
      line1: '1 Example Street',
      city: 'New York',
      region: 'NY',
      postal_code: '10007',
      country: 'US',
      lat: 40.71,
      lng: -74,
    },
    lines: skus.map((sku) => ({sku, qty: 1})),
    payment_method: 'pm_card_visa',
    delivery_sla: 'STANDARD',
  };
}
