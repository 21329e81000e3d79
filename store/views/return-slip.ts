import type {StoreContext, Tx} from '../context.ts';
import type {orders} from '../generated/client.ts';
import {readShipTo} from '../personal-data.ts';
import {addressLines, type Postal} from './print-view.ts';

/** What the label of a return says; null where it is not bought. The sender is told by order and town, not by door. */
export async function readReturnSlip(context: StoreContext, order: orders, returnId: string) {
  const tx = context.prisma as Tx;
  const found = await tx.returns.findUniqueOrThrow({where: {id: returnId}});
  const {label_state, carrier, service, tracking_number} = found;
  if (label_state !== 'bought' || tracking_number === null) return null;
  const house = await tx.warehouses.findUniqueOrThrow({where: {id: found.warehouse_id}});
  const door = await readShipTo(context, tx, order.id);
  const back = await tx.return_lines.findMany({where: {return_id: returnId}});
  const lines = await tx.order_lines.findMany({where: {id: {in: back.map(({line_id}) => line_id)}}});
  const gramsOf = new Map(lines.map(({id, weight_g}) => [id, weight_g]));
  return {
    ...{order_number: order.number, parcel_id: returnId, parcel: {position: 1, of: 1}},
    ...{carrier: carrier ?? '', service: service ?? '', tracking_number},
    weight_g: back.reduce((sum, {line_id, qty}) => sum + (gramsOf.get(line_id) ?? 0) * qty, 0),
    from: [`Order ${order.number}`, ...(door ? [`${door.city} ${door.country}`] : [])],
    to: addressLines({...(house.address as unknown as Postal), name: house.name}),
  };
}
