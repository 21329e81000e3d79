import {type Declaration, declare} from '../../domain/shipping/customs.ts';
import type {StoreContext, Tx} from '../context.ts';
import {parcelContents} from '../parcel-contents.ts';
import type {PrintView} from './print-view.ts';

/**
 * What customs were told of a parcel when its shipment was opened; before that, what they would be told now. Null where
 * nobody can say.
 */
export async function readDeclaration(
  context: StoreContext,
  {parcel_id, countries: {from, to}}: Pick<PrintView, 'parcel_id' | 'countries'>,
): Promise<Declaration | null> {
  if (from === null || to === null) return null;
  const tx = context.prisma as Tx;
  const {order_id, declared} = await tx.parcels.findUniqueOrThrow({where: {id: parcel_id}});
  if (declared !== null) return declared as unknown as Declaration;
  const order = await tx.orders.findUniqueOrThrow({where: {id: order_id}});
  const contents = await parcelContents(tx, order, [parcel_id]);
  return declare(from, to, contents.get(parcel_id) ?? {currency: order.currency, lines: []});
}
