import type {Verification} from './verification.ts';

/** What the carrier remembers. Times: virtual milliseconds; lengths inches, weights ounces, as EasyPost has them. */

export interface Address {
  id: string;
  name: string | null;
  company: string | null;
  street1: string | null;
  street2: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  country: string;
  phone: string | null;
  email: string | null;
  residential: boolean | null;
  created_at: number;
  /** absent: nobody asked for it */
  verification?: Verification;
}

export interface Parcel {
  length: number | null;
  width: number | null;
  height: number | null;
  weight: number;
  predefined_package: string | null;
}

export interface Shipment {
  id: string;
  created_at: number;
  to_address: Address;
  from_address: Address;
  return_address: Address;
  parcel: Parcel;
  reference: string | null;
  is_return: boolean;
  options: Record<string, unknown>;
  customs_info: Record<string, unknown> | null;
  /** what it is insured for once its label is bought, as it was given; null: it is not */
  insurance?: string | null;
  /** Counts the ratings: a new one makes the old rate ids invalid. `silent`: carriers that named no price. */
  rating: {round: number; at: number; silent?: string[]};
}

/** A label that was paid for. */
export interface Postage {
  shipment_id: string;
  bought_at: number;
  rate_id: string;
  carrier: string;
  service: string;
  /** Minor units of `currency`. */
  cost: number;
  currency: string;
  delivery_days: number;
  delivery_date: number;
  tracking_code: string;
  tracker_id: string;
}

/** One document for the shipments a carrier takes along. */
export interface ScanForm {
  id: string;
  created_at: number;
  /** their ids */
  shipments: string[];
}

export interface PickupRate {
  carrier: string;
  service: string;
  /** Minor units of USD. */
  rate: number;
}

/** A driver who is asked to come; with status `unknown` nobody does yet. */
export interface Pickup {
  id: string;
  created_at: number;
  changed_at?: number;
  reference: string | null;
  address: Address;
  shipment_id: string;
  min: number;
  max: number;
  instructions: string | null;
  rates: PickupRate[];
  status: 'unknown' | 'scheduled' | 'canceled';
  bought: PickupRate | null;
  confirmation: string | null;
}

export type RefundState = 'submitted' | 'refunded' | 'rejected';

export interface Refund {
  id: string;
  shipment_id: string;
  at: number;
  settle_at: number;
  state: RefundState;
  settled_at: number | null;
}

export const TRACKER_STATUSES = [
  'unknown',
  'pre_transit',
  'in_transit',
  'out_for_delivery',
  'available_for_pickup',
  'delivered',
  'return_to_sender',
  'failure',
  'cancelled',
  'error',
] as const;
export type TrackerStatus = (typeof TRACKER_STATUSES)[number];

export interface TrackingDetail {
  status: TrackerStatus;
  status_detail: string;
  message: string;
  /** When it happened, as the carrier says; `arrived_at` is when the tracker learnt of it. */
  datetime: number;
  arrived_at: number;
  carrier_code: string;
  location: {city: string | null; state: string | null; country: string | null; zip: string | null};
  signed_by: string | null;
  /** The day that its carrier expects since then; absent or null: as before. */
  est_delivery_date?: number | null;
  /** No webhook tells of it. */
  silent: boolean;
}

export interface Tracker {
  id: string;
  tracking_code: string;
  carrier: string;
  service: string | null;
  shipment_id: string | null;
  /** Ounces; null where the carrier was never told. */
  weight: number | null;
  est_delivery_date: number | null;
  created_at: number;
  /** In order of arrival; the last one gives the status. The first `initial` were there at creation. */
  details: TrackingDetail[];
  initial: number;
}

/** Something that will happen to a tracker once the virtual clock reaches `due`. */
export interface PlannedMove {
  id: string;
  tracker_id: string;
  due: number;
  detail: TrackingDetail;
  /** Planned by the carrier itself: given up when the label is voided before the parcel moved. */
  auto: boolean;
}

export interface Hook {
  id: string;
  url: string;
  secret: string | null;
  created_at: number;
}
