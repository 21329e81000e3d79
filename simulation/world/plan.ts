import type {StockPlaces} from './stock-story.ts';
import type {BinBody, BoxBody, Money, OrderBody, ProductBody, PromoBody, WarehouseBody} from '../api-types.ts';
import type {ChangePlan} from './change-story.ts';
import type {Afterwards} from './refund-story.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What is laid out through the API before the first order. */
export interface Layout {
  currency: string;
  products: {sku: string; body: ProductBody}[];
  warehouses: {id: string; body: WarehouseBody}[];
  bins: {warehouse: string; bin: string; body: BinBody}[];
  boxes: {id: string; body: BoxBody}[];
  shippingRates: {sla: string; price: Money}[];
  taxRates: {area: string; rate_bp: number; inclusive: boolean}[];
  promoCodes?: {code: string; body: PromoBody}[];
  stock: {warehouse: string; sku: string; qty: number; bin: string}[];
  /** absent: the shop sends everything itself */
  suppliers?: SupplierPlan[];
}

/** A supplier and how it behaves; `answer_within` is how long it may take to answer, virtual milliseconds. */
export interface SupplierPlan {
  id: string;
  character: 'good' | 'over' | 'partial' | 'silent' | 'refusing';
  /** amounts are minor units */
  offers: {sku: string; amount: number}[];
  answer_within: number;
}

/** How an order is meant to end; `settled`: delivered or cancelled; `contested`: delivered, or refused for want of stock. The last three never become orders that live. */
export type Ending =
  | 'delivered'
  | 'refunded'
  | 'cancelled'
  | 'settled'
  | 'contested'
  | 'declined'
  | 'out_of_stock'
  | 'invalid';

/** When the shopper changes their mind; `handed_over` is too late and must be refused. */
export interface CancelPlan {
  when: 'placed' | 'accepted' | 'handed_over' | 'late';
  /** milliseconds after the order's `at` (accepted, late) */
  after: number;
  /** positions of the body's lines, all units of each; absent: everything */
  lines?: number[];
}

/** Moments of the parcels' way, in virtual milliseconds after the order's `at`; each happens then or as soon as it can. */
export interface Journey {
  pick: number;
  hand_over: number;
  arrive: number;
  /** parcels that go silent after hand-over and never arrive */
  lost: 'none' | 'first' | 'all';
  /** nobody opens: the carrier brings the parcels back */
  undelivered?: true;
}

/** What the payer does about money that is not held. */
export interface PayerPlan {
  /** in their bank's window; absent: they never open it */
  bank?: 'succeed' | 'fail';
  /** another method they give after a decline; absent: none */
  method?: string;
  /** the shop authorises by itself: before it places the order, or after */
  shop?: 'before' | 'after';
}

export interface OrderPlan {
  /** unique in the run; keys are made from it */
  name: string;
  /** what it is an example of, for the counts */
  kind: string;
  /** virtual milliseconds after the start of the run */
  at: number;
  body: OrderBody;
  ending: Ending;
  journey: Journey;
  cancel?: CancelPlan;
  /** what support changes of it once it is placed */
  change?: ChangePlan;
  /** what the shop does before it sends the order */
  before?: 'quote' | 'quote_too_late' | 'code_refused';
  review?: 'approve' | 'reject';
  /** nobody of support looks at the review: it is decided once it is somebody else's */
  lateReview?: boolean;
  payer?: PayerPlan;
  /** units the picker does not find on the first stop */
  short?: number;
  /** what the shopper does with what has arrived */
  back?: 'everything' | 'exchange' | 'refused';
  /** the picker grabs a wrong item first */
  wrongItem?: boolean;
  /** what happens to the stock of one of its products meanwhile */
  stock?: StockPlaces;
  /** stock that arrives for a backordered line: after `after` virtual milliseconds */
  restock?: {after: number; warehouse: string};
  /** what is done about the money once the order has ended */
  afterwards?: Afterwards;
}

export interface World {
  /** one sentence: what is played */
  title: string;
  layout: Layout;
  /** in order of `at` */
  plans: OrderPlan[];
  /** lines to print before the run: counts, choices made */
  notes: string[];
  /** orders that are meant to be taken; the others are meant to be refused for what they say */
  placeable: number;
  /** this share of the orders at least must leave from two places or more */
  wantedSplitShare?: number;
  /** captured money must equal the delivered value over all orders, and every order must end as planned */
  exact: boolean;
}

export const NO_JOURNEY: Journey = {pick: 0, hand_over: 0, arrive: 0, lost: 'none'};
