import type {OrderBody, OrderView, SubOrderView} from '../api-types.ts';
import type {Crew} from '../world/crew.ts';
import {parcelsWithLabel} from '../world/packer.ts';
import {until} from './walk.ts';

const BOSTON = {city: 'Boston', region: 'MA', postal_code: '02108', country: 'US', lat: 42.36, lng: -71.06};
export const DENVER = {city: 'Denver', region: 'CO', postal_code: '80202', country: 'US', lat: 39.75, lng: -104.99};
/** in turn: one that pays too often in an hour is not believed */
const CARDS = ['pm_card_visa', 'pm_card_mastercard', 'pm_card_amex', 'pm_card_discover'];

export interface Wish {
  name: string;
  lines: OrderBody['lines'];
  to?: typeof BOSTON;
  allow_backorder?: boolean;
}

let bought = 0;

/** Somebody new orders through the interface, as the README shows; the order as it stands once it was taken. */
export async function buy({client, tag}: Crew, {name, lines, to = BOSTON, ...more}: Wish): Promise<OrderView> {
  bought += 1;
  const id = `${tag}-${bought}`;
  const answer = await client.placeOrder(
    {
      customer: {id, name, email: `${id}@example.com`, phone: `+1 212 555 ${1_000 + bought}`, locale: 'en-US'},
      ship_to: {name, line1: `${bought} Example Street`, ...to},
      device_fingerprint: `device-${id}`,
      payment_method: CARDS[bought % CARDS.length] ?? '',
      delivery_sla: 'STANDARD',
      ...{lines, ...more},
    },
    id,
  );
  if (answer.kind === 'refused') throw new Error(`the order was refused: ${JSON.stringify(answer.problem)}`);
  const {order_id} = answer.order;
  return until(`order ${order_id} to be taken`, async () => {
    const order = await client.order(order_id);
    return (order.sub_orders.length > 0 || order.waiting_on?.name === 'fraud_review') && order;
  });
}

/** The shipment of an order that leaves from there. */
export function partFrom({sub_orders}: OrderView, warehouse: string): SubOrderView {
  const part = sub_orders.find(({source}) => source.id === warehouse);
  if (!part)
    throw new Error(`nothing leaves from ${warehouse}: ${JSON.stringify(sub_orders.map(({source}) => source))}`);
  return part;
}

type News = 'in_transit' | 'out_for_delivery' | 'delivered';

/** What the carrier says of a shipment. */
export async function say(crew: Crew, order: OrderView, part: SubOrderView, status: News): Promise<void> {
  for (const {tracking_number} of (await parcelsWithLabel(crew, order.order_id, part.sub_order_id)) ?? [])
    await crew.carrier.plan(tracking_number ?? '', [{status, at: crew.clock.now()}]);
}
