import {type ParcelStatus, trackingFactKey} from '../domain/shipping/tracking.ts';
import {applyTracking} from './apply-tracking.ts';
import type {StoreContext} from './context.ts';
import type {PurchaseOf} from './find-purchase.ts';

export interface SupplierTracking extends PurchaseOf {
  /** absent: the purchase order's only parcel */
  tracking_number?: string;
  status: ParcelStatus;
  at: number;
  estimated_delivery: number | null;
}

export type TrackOutcome = 'applied' | 'stale' | 'unread' | 'seen' | 'unknown' | 'unknown_parcel' | 'which_parcel';

/** Where a supplier says its parcel is; the same as a word of a carrier's tracker, however often it is said. */
export async function trackPurchase(context: StoreContext, input: SupplierTracking): Promise<TrackOutcome> {
  const {prisma} = context;
  const purchase = await prisma.purchase_orders.findUnique({where: {id: input.purchase_id}});
  if (!purchase || (input.supplier_id !== null && purchase.supplier_id !== input.supplier_id)) return 'unknown';
  const parcels = await prisma.parcels.findMany({where: {sub_order_id: purchase.sub_order_id}});
  const named = input.tracking_number === undefined ? parcels : parcels.filter(isNumbered(input.tracking_number));
  const [parcel] = named;
  if (!parcel?.tracking_number) return 'unknown_parcel';
  if (named.length > 1) return 'which_parcel';
  const word = {raw_status: input.status, at: input.at, code: null};
  const {tracking_number} = parcel;
  const {estimated_delivery} = input;
  return applyTracking(context, {tracking_number, ...word, estimated_delivery, fact_key: trackingFactKey(word)});
}

const isNumbered = (trackingNumber: string) => (parcel: {tracking_number: string | null}) =>
  parcel.tracking_number === trackingNumber;
