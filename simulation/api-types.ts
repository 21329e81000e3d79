/** The public API as this client reads it (docs: /openapi.json). Amounts are minor units, times RFC 3339. */
export interface Money {
  amount: number;
  currency: string;
}

export interface ProductBody {
  name: string;
  price: Money;
  weight_g: number;
  length_mm: number;
  width_mm: number;
  height_mm: number;
  capacity_units: number;
  barcode: string;
  backorderable: boolean;
  category?: string;
  hs_code?: string;
  origin_country?: string;
}

export interface WarehouseBody {
  name: string;
  address: {line1: string; line2?: string; city: string; region?: string; postal_code?: string; country: string};
  lat: number;
  lng: number;
  timezone: string;
  cut_off: string;
  priority: number;
}

export interface PromoBody {
  percent_bp: number;
  combinable: boolean;
  valid_until?: string;
}

export interface BinBody {
  aisle: string;
  rack: string;
  shelf: string;
  x_mm: number;
  y_mm: number;
}

export interface BoxBody {
  inner_mm: [number, number, number];
  outer_mm: [number, number, number];
  weight_g: number;
  max_weight_g: number;
  cost: Money;
}

export interface ReceiptBody {
  warehouse: string;
  sku: string;
  qty: number;
  bin?: string;
  reference: string;
}

export interface OrderBody {
  customer: {id: string; name: string; email: string; phone?: string; locale?: string};
  ship_to: {
    name: string;
    line1: string;
    line2?: string;
    city: string;
    region?: string;
    postal_code?: string;
    country: string;
    lat: number;
    lng: number;
  };
  lines: {sku: string; qty: number}[];
  payment_method?: string;
  payment_intent?: string;
  promo_codes?: string[];
  quote_id?: string;
  delivery_sla: string;
  allow_backorder?: boolean;
  device_fingerprint?: string;
}

export interface QuoteBody extends Omit<OrderBody, 'payment_method' | 'quote_id'> {
  hold_stock?: boolean;
}

export interface QuoteView {
  quote_id: string;
  expires_at: string;
  split: boolean;
  warnings: {code: string; detail: string}[];
  total: Money;
}

export interface ParcelView {
  parcel_id: string;
  carrier: string | null;
  service: string | null;
  tracking_number: string | null;
  label_url: string | null;
  status: string;
}

export interface SubOrderView {
  sub_order_id: string;
  stage: string;
  source: {kind: string | null; id: string | null};
  lines: {line_id: string; sku: string; qty: number; cancelled: number}[];
  parcels: ParcelView[];
  value: Money;
}

export interface LineView {
  line_id: string;
  sku: string;
  qty: number;
  allocated: number;
  picked: number;
  shipped: number;
  delivered: number;
  cancelled: number;
  backordered: number;
  returned: number;
}

export interface OrderView {
  order_id: string;
  number: string;
  status: string;
  waiting_on: {name: string; since: string; deadline: string | null} | null;
  total: Money;
  lines: LineView[];
  sub_orders: SubOrderView[];
  payment: {authorized: Money; captured: Money; refunded: Money};
  disputes?: {dispute_id: string; state: string}[];
  placed_at: string;
  tracking_url: string;
}

export interface RefundView {
  refund_id: string;
  kind: string;
  state: string;
  amount: Money;
}

export interface RefundsView {
  possible: Money;
  possible_shipping: Money;
  refunds: RefundView[];
}

export interface PlacedOrder {
  order_id: string;
  number: string;
  status: string;
  waiting_on: {name: string} | null;
  totals: {items: Money; discount: Money; shipping: Money; tax: Money; total: Money};
  sub_orders: SubOrderView[];
  tracking_url: string;
}

export interface Problem {
  code?: string;
  title?: string;
  detail?: string;
  order_id?: string;
  request_id?: string;
  errors?: {pointer: string; code: string; detail?: string}[];
}

export interface ChangeBody {
  kind: 'quantity' | 'add_lines' | 'address' | 'hold' | 'release';
  reason: string;
  lines?: {line_id: string; qty: number}[];
  add?: {sku: string; qty: number}[];
  ship_to?: OrderBody['ship_to'];
  unpick?: boolean;
}

export interface ChangeAnswer {
  change_id: string;
  /** below 0: units taken out */
  applied: {line_id: string; sku: string; qty: number}[];
  refused: {code: string}[];
  total: Money;
}

export interface CancelBody {
  /** all of it when left out */
  lines?: {line_id: string; qty: number}[];
  reason: string;
  /** picked units are put back */
  unpick?: boolean;
}

export interface CancelAnswer {
  cancelled: {line_id: string; qty: number}[];
  refused: {line_id: string; qty: number; code: string}[];
}

export interface StopView {
  bin: string;
  aisle: string;
  rack: string;
  shelf: string;
  sku: string;
  barcode: string;
  name: string;
  qty: number;
  picked: number;
  short: number;
  opened: boolean;
}

export interface PlannedParcel {
  parcel_id: string;
  state: string;
  suggested_box: string | null;
  expected_g: number;
  items: {sku: string; name: string; qty: number}[];
}

export interface TaskView {
  task_id: string;
  order_id: string;
  sub_order_id: string;
  kind: 'pick' | 'pack' | 'unpick';
  stops: StopView[];
  parcels: PlannedParcel[];
}

export interface ScanBody {
  operation_id: string;
  task_id?: string;
  kind: 'bin' | 'item' | 'short' | 'pack' | 'dispatch' | 'return';
  code: string;
  qty?: number;
  weight_g?: number;
  box?: string;
}

export interface ScanAnswer {
  accepted: boolean;
  code: string;
  message: string;
  parcel_id?: string;
}

export interface ReturnBody {
  lines: {line_id: string; qty: number; reason: string}[];
  resolution: 'refund' | 'exchange';
}

export interface ReturnView {
  return_id: string;
  state: string;
  resolution: string;
  label: {tracking_number: string} | null;
  refund: Money | null;
}

export interface ReviewView {
  review_id: string;
  order_id: string;
  score: number;
  owner: string;
}

export interface StockView {
  warehouse: string;
  on_hand: number;
  reserved: number;
  available: number;
  in_transit: number;
}

export interface SupplierBody {
  name: string;
  currency: string;
  active: boolean;
  rating: number;
  acknowledge_seconds: number;
  country: string;
  webhook_url?: string;
}

export interface OfferBody {
  cost: Money;
  lead_time_days: number;
  available: number | null;
}

export interface PurchaseView {
  purchase_order_id: string;
  supplier_id: string;
  state: string;
  reason: string | null;
  lines: {line_id: string; sku: string; qty: number; missing: number; shipped: number}[];
}

export interface TransferBody {
  sku: string;
  qty: number;
  from: {warehouse: string; bin: string};
  to: {warehouse: string; bin?: string};
  reference: string;
}
