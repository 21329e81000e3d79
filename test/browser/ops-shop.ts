import type {OrderView} from '../../simulation/api-types.ts';
import {countStageTimes} from '../../store/ops/stage-times.ts';
import {reportStuck} from '../../store/stuck-steps.ts';
import {CARRIERS} from '../../domain/shipping/carrier-health.ts';
import type {TestApi} from '../support/api.ts';
import type {Floor} from '../support/floor.ts';
import {offer} from '../support/shop.ts';
import {until} from '../support/until.ts';
import type {World} from '../support/world.ts';
import {openOffice} from './desk-suite.ts';

export interface OpsShop {
  api: TestApi;
  close: () => Promise<void>;
  /** an order that is packed at EAST; its number, and the carrier that sold its label */
  pack: () => Promise<{number: string; carrier: string}>;
  /** the carrier sells nothing from now on */
  breakCarrier: (carrier: string) => Promise<void>;
  mendCarriers: () => Promise<void>;
  /** lets the time pass until a parcel may try the carrier out */
  untilProbe: (carrier: string) => Promise<void>;
  /** what EAST has plenty of */
  sku: string;
}

/** A morning at a shop: orders in every stage, one that never left, one that is stuck, one without stock. */
export async function openOpsShop(): Promise<OpsShop> {
  const {world, api, floor, close} = await openOffice({policy: {carriers: CARRIERS}});
  const sku = await offer(api, {at: {EAST: 200, WEST: 50}});
  const buy = () => planned(floor, sku);
  const east = (order: OrderView) => floor.partFrom(order, 'EAST');
  const [first, second, third, fourth, ...rest] = await Promise.all(Array.from({length: 7}, buy));
  if (!first || !second || !third || !fourth) throw new Error('no orders');
  await floor.deliver(first.order_id, east(first));
  for (const order of [second, third]) {
    await floor.pick(east(order));
    await floor.pack(order.order_id, east(order));
  }
  await floor.dispatch(second.order_id, east(second));
  await floor.pick(east(fourth));
  const missing = await offer(api, {at: {}, backorderable: true});
  await floor.place({lines: [{sku: missing, qty: 1}], allow_backorder: true});
  await troubles(world, rest);
  return {
    ...{api, sku, close},
    pack: async () => {
      const order = await buy();
      await floor.pick(east(order));
      const [parcel] = await floor.pack(order.order_id, east(order));
      return {number: order.number, carrier: parcel?.carrier ?? ''};
    },
    breakCarrier: async (carrier) => {
      await floor.control(world.carrierUrl, 'faults', {
        ...{operation: `shipment.buy.${carrier}`, mode: 'status', status: 503, count: 1_000},
      });
    },
    untilProbe: async (carrier) => {
      const {probe_at} = await api.store.prisma.carrier_health.findUniqueOrThrow({where: {carrier}});
      const ahead = (probe_at?.getTime() ?? 0) - api.store.now().getTime();
      if (ahead > 0) await world.advance(ahead + 1_000);
    },
    mendCarriers: async () => void (await fetch(`${world.carrierUrl}/_control/faults`, {method: 'DELETE'})),
  };
}

/** An order that has its part at EAST, however slow the machine is. */
async function planned({world: {api}, place}: Floor, sku: string): Promise<OrderView> {
  const answer = await place({lines: [{sku, qty: 2}]});
  const {order_id} = answer.body as {order_id?: string};
  if (!order_id) throw new Error(`the order was refused: ${answer.status} ${answer.text}`);
  return until(`order ${order_id} to have its parts`, async () => {
    const {status, body} = await api.as('support').get(`/v1/orders/${order_id}`);
    return status === 200 && (body as OrderView).sub_orders.length > 0 ? (body as OrderView) : undefined;
  });
}

const HOUR = 3_600_000;

/** What goes wrong on such a morning. */
async function troubles({api}: World, [late, stuck, risky]: readonly OrderView[]): Promise<void> {
  const {prisma} = api.store;
  const now = Date.now();
  const promised = (order: OrderView | undefined, pickup: number, to: number) =>
    prisma.promises.updateMany({
      where: {order_id: order?.order_id ?? '', sub_order_id: {not: null}},
      data: {pickup_at: new Date(now + pickup * HOUR), window_to: new Date(now + to * HOUR)},
    });
  await promised(late, -30, -1);
  await promised(risky, -1, 24);
  await reportStuck(api.store, {
    order_id: stuck?.order_id ?? '',
    sub_order_id: null,
    step: 'buyLabels',
    code: 'no_rates',
  });
  // others were picked within minutes; what is there since yesterday is there too long
  for (let i = 0; i < 20; i += 1) {
    const [subject, began] = [`seen-${i}`, new Date(now - 5 * HOUR)];
    const ended = new Date(began.getTime() + (8 + i) * 60_000);
    await prisma.$executeRaw`INSERT INTO order_audit (order_id, seq, subject, from_state, to_state, actor, role, at)
      VALUES ('seen', 1, ${subject}, NULL, 'ALLOCATED', 'w', 'system', ${began}),
        ('seen', 2, ${subject}, 'ALLOCATED', 'PICKING', 'w', 'system', ${ended})`;
  }
  await countStageTimes(api.store);
  await prisma.sub_orders.updateMany({
    where: {order_id: late?.order_id ?? '', stage: 'ALLOCATED'},
    data: {updated_at: new Date(now - 26 * HOUR)},
  });
}
