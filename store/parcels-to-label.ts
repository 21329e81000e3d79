import type {Contents} from '../domain/shipping/customs.ts';
import {type AddressCheck, addressOf} from './address-checks.ts';
import {type CarrierRules, carrierRulesOf} from './carrier-choice.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, sub_orders} from './generated/client.ts';
import {parcelContents} from './parcel-contents.ts';
import {readProfile} from './personal-data.ts';

export interface PostalSide {
  name: string;
  line1: string;
  line2?: string | undefined;
  city: string;
  region?: string | undefined;
  postal_code?: string | undefined;
  country: string;
  phone?: string | undefined;
  email?: string | undefined;
}

export interface ParcelToLabel {
  parcel_id: string;
  shipment_ref: string | null;
  from: PostalSide;
  to: PostalSide;
  weight_g: number;
  length_mm: number;
  width_mm: number;
  height_mm: number;
  delivery_sla: string;
  contents: Contents;
  rules: CarrierRules;
  /** when the carrier comes, and the end of what was promised, as it stands on record; epoch milliseconds */
  promise: {pickup_at: number | null; deliver_by: number | null};
}

export interface ToLabel {
  order_id: string;
  /** ops were asked for help with it */
  stuck: boolean;
  parcels: ParcelToLabel[];
  /** what is known of the address; null where there is nothing to label */
  address: AddressCheck | null;
}

/** The packed parcels of a sub-order that have no label yet, with everything a carrier asks for. */
export async function parcelsToLabel(context: StoreContext, input: {sub_order_id: string}): Promise<ToLabel> {
  const tx = context.prisma as Tx;
  const {sub_order_id} = input;
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: sub_order_id}});
  const stuck = await tx.stuck_steps.count({where: {sub_order_id, step: 'buyLabels', resolved_at: null}});
  const parcels = await tx.parcels.findMany({
    where: {sub_order_id, label_state: {in: ['wanted', 'buying']}, state: {not: 'cancelled'}},
    orderBy: {position: 'asc'},
  });
  const order = await tx.orders.findUniqueOrThrow({where: {id: sub.order_id}});
  const found = parcels.length === 0 ? null : await commonOf(context, tx, order, sub);
  const contents = await parcelContents(
    tx,
    order,
    parcels.map(({id}) => id),
  );
  return {
    order_id: sub.order_id,
    stuck: stuck > 0,
    address: found?.check ?? null,
    parcels: parcels.flatMap((p) =>
      found === null
        ? []
        : {
            parcel_id: p.id,
            shipment_ref: p.shipment_ref,
            weight_g: p.weight_g ?? p.expected_g,
            length_mm: p.length_mm ?? 100,
            width_mm: p.width_mm ?? 100,
            height_mm: p.height_mm ?? 100,
            contents: contents.get(p.id) ?? {currency: order.currency, lines: []},
            ...found.common,
          },
    ),
  };
}

/** What all parcels of a sub-order have in common. */
async function commonOf(
  context: StoreContext,
  tx: Tx,
  order: orders,
  sub: sub_orders,
): Promise<{common: Pick<ParcelToLabel, 'from' | 'to' | 'delivery_sla' | 'rules' | 'promise'>; check: AddressCheck}> {
  const warehouse = await tx.warehouses.findUniqueOrThrow({where: {id: sub.source_id ?? ''}});
  const promise = await tx.promises.findUnique({where: {id: sub.id}});
  const address = await addressOf(context, tx, order);
  const profile = await readProfile(context, tx, order.customer_id);
  if (!address) throw new Error(`the address of order ${order.id} is gone`);
  const common = {
    from: {name: warehouse.name, ...(warehouse.address as unknown as Omit<PostalSide, 'name'>)},
    to: {...address.to, phone: profile?.phone, email: profile?.email},
    delivery_sla: order.delivery_sla,
    rules: await carrierRulesOf(tx, order),
    promise: {pickup_at: ms(promise?.pickup_at), deliver_by: ms(promise?.window_to)},
  };
  return {common, check: address.check};
}

const ms = (at: Date | null | undefined): number | null => at?.getTime() ?? null;
