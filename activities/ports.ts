/** The outside world as the activities see it: types only. Amounts are minor units, times epoch milliseconds. */
import type {ShippingRate} from '../domain/shipping/choose-carrier.ts';
import type {CustomsLine} from '../domain/shipping/customs.ts';
import type {TrackerWord} from '../domain/shipping/tracking.ts';
import type {DisputeFact} from '../store/apply-dispute-fact.ts';
import type {BulkAsk} from '../store/bulk/claim-item.ts';
import type {RunAnswer} from '../store/bulk/settle-item.ts';

export interface Clock {
  now(): number;
}

// ---------------------------------------------------------------- payments

export interface HoldRequest {
  /** the same on every attempt */
  key: string;
  payment_id: string;
  order_id: string;
  customer_ref: string;
  amount: number;
  currency: string;
  /** a token of the provider, never a card */
  method: string;
  /** true: taken from the saved method while the customer is away */
  off_session: boolean;
}

/** What the provider knows of one hold. */
export interface Hold {
  ref: string;
  state: 'requires_action' | 'authorized' | 'captured' | 'canceled' | 'declined';
  amount: number;
  captured: number;
  refunded: number;
  currency: string;
  capture_before: number | null;
  /** several captures granted */
  multicapture: boolean;
  saved_method: string | null;
  card_fingerprint: string | null;
  client_secret: string | null;
  decline_code: string | null;
}

export type CaptureResult = {outcome: 'captured'; hold: Hold} | {outcome: 'expired'; hold: Hold};

export interface RefundRequest {
  /** the same on every try of one attempt */
  key: string;
  refund_id: string;
  attempt: number;
  order_id: string;
  /** of the hold the money was taken from */
  payment_ref: string;
  amount: number;
}

/** What the provider knows of one refund. It may still fail after it went through: the bank can send it back. */
export interface ProviderRefund {
  ref: string;
  state: 'pending' | 'succeeded' | 'failed';
  amount: number;
  currency: string;
  failure_code: string | null;
}

/** An intent that somebody else made, with what they say it is for. */
export interface ForeignHold {
  hold: Hold;
  customer_ref: string | null;
  /** ours, or the shop's */
  order_id: string | null;
  reference: string | null;
}

/** What the provider knows of a dispute. */
export type ProviderDispute = DisputeFact;

export interface PaymentGateway {
  name: string;
  /** Registers the customer once; the same key returns the same reference. */
  ensureCustomer(customerId: string, key: string): Promise<string>;
  authorize(request: HoldRequest): Promise<Hold>;
  /** Looks a hold up by our payment id among the customer's; null when the provider never made one. */
  findHold(customerRef: string, paymentId: string): Promise<Hold | null>;
  retrieve(ref: string): Promise<Hold>;
  /** Null when there is no such intent. */
  inspect(ref: string): Promise<ForeignHold | null>;
  capture(ref: string, amount: number, final: boolean, key: string): Promise<CaptureResult>;
  /** Lets the money go; a hold that is already gone is fine. */
  cancel(ref: string, key: string): Promise<Hold>;
  /** Gives captured money back. */
  refund(request: RefundRequest): Promise<ProviderRefund>;
  /** Looks one attempt of a refund up among those of its hold; null when the provider never made it. */
  findRefund(request: Pick<RefundRequest, 'refund_id' | 'attempt' | 'payment_ref'>): Promise<ProviderRefund | null>;
  retrieveRefund(ref: string): Promise<ProviderRefund>;
  retrieveDispute(ref: string): Promise<ProviderDispute>;
  /** Sends the evidence to the bank: once and for all. */
  answerDispute(ref: string, evidence: Readonly<Record<string, string>>, key: string): Promise<ProviderDispute>;
}

/** An event of the provider, as its webhook would have brought it. */
export interface ProviderEvent {
  id: string;
  type: string;
  created: number;
  body: object;
}

export interface ProviderEvents {
  /** Events about holds that ended, refunds that came back and disputes, made at or after `since`. */
  endedHolds(since: number): AsyncIterable<ProviderEvent>;
}

// ---------------------------------------------------------------- carriers

export interface PostalAddress {
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

export interface ShipmentRequest {
  /** our parcel id, printed on the carrier's record */
  reference: string;
  /** the way back of goods that went from `from` to `to` */
  is_return?: boolean;
  from: PostalAddress;
  to: PostalAddress;
  weight_g: number;
  length_mm: number;
  width_mm: number;
  height_mm: number;
  /** for a parcel that crosses a border */
  customs?: {currency: string; lines: readonly CustomsLine[]} | undefined;
  /** minor units of the insurer's currency; the insurance is bought with the label */
  insured?: {amount: number; currency: string} | undefined;
}

export type CarrierRate = ShippingRate;

export interface Label {
  carrier: string;
  service: string;
  tracking_number: string;
  tracker_ref: string | null;
  label_url: string;
  cost: number;
  currency: string;
  delivery_days: number | null;
  estimated_delivery: number | null;
}

export interface Shipment {
  shipment_ref: string;
  rates: CarrierRate[];
  /** null until bought */
  label: Label | null;
  refund: 'none' | 'submitted' | 'refunded' | 'rejected';
}

export interface TrackerState extends TrackerWord {
  tracking_number: string;
  estimated_delivery: number | null;
}

/** What the platform says of an address: whether anybody can deliver there, and how the carriers write it. */
export interface VerifiedAddress {
  deliverable: boolean;
  /** why not */
  codes: string[];
  address: PostalAddress;
}

/** One document for all that a carrier takes along. */
export interface ManifestForm {
  state: 'making' | 'made' | 'failed';
  form_ref: string;
  form_url: string | null;
  /** of the parcels on it */
  tracking_numbers: string[];
}

export interface PickupRequest {
  /** ours, told beside the platform's own */
  reference: string;
  /** one of the labelled shipments that are to be fetched */
  shipment_ref: string;
  address: PostalAddress;
  /** epoch milliseconds */
  from: number;
  until: number;
  /** how much there is, in words for the driver */
  instructions: string;
}

export interface PickupOffer {
  carrier: string;
  service: string;
  /** minor units */
  amount: number;
  currency: string;
}

/** A driver who is asked to come. `offered`: nobody comes yet. */
export interface CarrierPickup {
  pickup_ref: string;
  state: 'offered' | 'booked' | 'cancelled';
  confirmation: string | null;
  offers: PickupOffer[];
}

export interface Carrier {
  /** Changes nothing, however often it is asked. */
  verifyAddress(address: PostalAddress): Promise<VerifiedAddress>;
  createShipment(request: ShipmentRequest): Promise<Shipment>;
  retrieve(shipmentRef: string): Promise<Shipment>;
  /** Asks the carriers for their prices anew; the rates before are worth nothing then. A bought shipment stays as it is. */
  rerate(shipmentRef: string): Promise<Shipment>;
  /**
   * Buys the rate; when the label exists already, adopts it. Throws when the outcome is unknown, and `rate_gone` when
   * the rate is no longer to be had.
   */
  buy(shipmentRef: string, rateRef: string): Promise<Shipment>;
  refund(shipmentRef: string): Promise<Shipment['refund']>;
  track(trackerRef: string): Promise<TrackerState>;
  /** A shipment is on one form, ever: refused where one of them is on another. */
  makeForm(shipmentRefs: readonly string[]): Promise<ManifestForm>;
  /** The form a shipment is on; null: none. */
  formOf(shipmentRef: string): Promise<ManifestForm | null>;
  /** Asks what a pickup would cost. Books nothing; repeated, it leaves an offer behind, which costs nothing. */
  offerPickup(request: PickupRequest): Promise<CarrierPickup>;
  pickup(pickupRef: string): Promise<CarrierPickup>;
  /** An offer is booked once: a repeat finds it booked. */
  bookPickup(pickupRef: string, offer: PickupOffer): Promise<CarrierPickup>;
  /** A repeat finds it cancelled. */
  cancelPickup(pickupRef: string): Promise<CarrierPickup>;
}

// ---------------------------------------------------------------- suppliers

/** One message to a supplier; the same on every attempt, so that its id makes repeats recognisable. */
export interface SupplierMessage {
  id: string;
  order_id: string;
  /** e.g. `purchase_order.created` */
  type: string;
  /** when what it tells happened, epoch milliseconds */
  at: number;
  data: Record<string, unknown>;
  to: {
    webhook_url: string | null;
    email: string | null;
    /** `whsec_…`, newest first: several while one is rotated */
    secrets: string[];
  };
}

export interface SupplierChannel {
  /** Resolves when the supplier has taken the message. Throws ProviderError, always worth another attempt. */
  send(message: SupplierMessage): Promise<void>;
}

// ---------------------------------------------------------------- runs of orders

export interface OrderRuns {
  /**
   * Asks an order's run for an act, as its own call does, and waits so many milliseconds for what came of it. The same
   * ask is done once, however often it is made.
   */
  ask(ask: BulkAsk, wait: number): Promise<RunAnswer>;
}

// ---------------------------------------------------------------- messages

export interface Mail {
  /** becomes the Message-ID, so that a repeated send is recognisable */
  id: string;
  to: string;
  subject: string;
  text: string;
  /** the same for readers of HTML */
  html?: string;
  order_id: string;
  /** what a click in the mail client stops, without a visit (RFC 8058); null for mails that cannot be stopped */
  unsubscribe_url?: string | null;
}

export interface Notifier {
  send(mail: Mail): Promise<void>;
}

export interface TextRequest {
  /** ours, told beside the provider's own in what it calls back */
  id: string;
  /** E.164 */
  to: string;
  body: string;
  /** real epoch milliseconds: it is not asked for any more after this */
  not_after: number;
}

/** A text as the provider has it. */
export interface TakenText {
  ref: string;
  /** the provider's word, such as `queued` or `delivered` */
  status: string;
}

/** Providers of texts know no idempotency key: whoever does not know what became of a request looks before repeating it. */
export interface TextGateway {
  send(text: TextRequest): Promise<TakenText>;
  /** The newest text to that number with `part` in it, not older than `since` (virtual milliseconds); null: there is none. */
  find(text: {to: string; part: string; since: number}): Promise<TakenText | null>;
}
