import {parcelStatuses} from '../../domain/shipping/tracking.ts';
import {PURCHASE_STATES} from '../../domain/suppliers/purchase.ts';
import {
  code,
  country,
  currency,
  givenTime,
  idParam,
  latitude,
  longitude,
  money,
  page,
  sku,
  text,
  time,
  units,
} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Suppliers';
const DAY_SECONDS = 86_400;

const webhookUrl = z
  .url({protocol: /^https?$/, message: 'must be an address like https://supplier.example/hooks'})
  .max(500)
  .openapi({example: 'https://supplier.example/waybill'});
const email = z.email({message: 'must be an e-mail address'}).max(200);

const supplierShape = {
  name: text(300),
  currency,
  active: z.boolean(),
  rating: z.int().min(0).max(100).openapi({description: 'orders kept in full and in time, of 100'}),
  acknowledge_seconds: z
    .int()
    .min(60)
    .max(60 * DAY_SECONDS)
    .openapi({description: 'how long a purchase order may stay unanswered'}),
  country,
  lat: latitude.nullish(),
  lng: longitude.nullish(),
  webhook_url: webhookUrl.nullish(),
  email: email.nullish(),
};

export const supplierBody = z
  .strictObject(supplierShape)
  .refine(({webhook_url, email: mail}) => Boolean(webhook_url) || Boolean(mail), {
    path: ['webhook_url'],
    message: 'a supplier is reached by webhook_url or by email: name one',
    params: {code: 'no_channel'},
  })
  .openapi('SupplierInput');

export const supplier = z
  .strictObject({...supplierShape, id: code, signing_secret: z.string().optional()})
  .openapi('Supplier', {description: '`signing_secret` is shown once, with the first call for this id'});

export const offerBody = z
  .strictObject({
    cost: money,
    lead_time_days: z.number().min(0).max(365),
    available: z.int().min(0).max(100_000_000).nullable().openapi({
      description: 'units that lie there for us, those of open purchase orders among them; null: as many as wanted',
    }),
    min_qty: units.optional(),
    valid_until: givenTime.nullish(),
  })
  .openapi('OfferInput');

export const offer = offerBody.extend({supplier: code, sku, promised: z.int()}).openapi('Offer');

const purchaseLine = z.object({
  line_id: code,
  sku,
  name: z.string(),
  qty: z.int().openapi({description: 'asked for at first'}),
  cancelled: z.int(),
  missing: z.int(),
  acknowledged: z.int().nullable(),
  shipped: z.int(),
  unit_cost: money,
  told_cost: money.nullable(),
});

const purchaseState = z
  .object({
    purchase_order_id: code,
    supplier_id: code,
    reference: code,
    state: z.enum(PURCHASE_STATES),
    reason: z.string().nullable(),
    created_at: time,
    acknowledge_by: time,
    acknowledged_at: time.nullable(),
    ship_by: time.nullable(),
    lines: z.array(purchaseLine),
    shipments: z.array(
      z.object({
        tracking_number: z.string(),
        carrier: z.string().nullable(),
        status: z.string(),
        lines: z.array(z.object({line_id: code, sku, qty: z.int()})),
      }),
    ),
  })
  .openapi('PurchaseOrderState', {description: 'without the address: answers to a POST are kept for its repeats'});

const purchaseOrder = purchaseState
  .extend({
    ship_to: z.record(z.string(), z.unknown()).nullable().openapi({description: 'while there is something to send'}),
  })
  .openapi('PurchaseOrder');

const answerLine = z
  .strictObject({
    line_id: code.optional(),
    sku: sku.optional(),
    qty: z.int().min(0).max(10_000),
    unit_cost: money.optional(),
  })
  .refine((line) => (line.line_id === undefined) !== (line.sku === undefined), {
    message: 'name the line by line_id or by sku',
    params: {code: 'which_line'},
  });
const answerLines = z.array(answerLine).min(1).max(500);

export const acknowledgeBody = z
  .strictObject({
    lines: answerLines.optional(),
    expected_ship_date: givenTime.optional(),
    refuse: z.strictObject({reason: text(200)}).optional(),
  })
  .refine((body) => (body.lines === undefined) !== (body.refuse === undefined), {
    path: ['lines'],
    message: 'send lines, or refuse with a reason',
    params: {code: 'lines_or_refuse'},
  })
  .openapi('AcknowledgementInput', {description: 'lines that are not named are not sent'});

export const shipmentBody = z
  .strictObject({
    tracking_number: code,
    carrier: text(100),
    lines: z
      .array(z.strictObject({line_id: code.optional(), sku: sku.optional(), qty: units}))
      .min(1)
      .max(500)
      .optional(),
    shipped_at: givenTime,
  })
  .openapi('SupplierShipmentInput', {description: 'without lines: everything that is still to come'});

const TOLD = parcelStatuses.filter((status) =>
  ['in_transit', 'out_for_delivery', 'delivered', 'failure', 'return_to_sender'].includes(status),
);

export const trackingBody = z
  .strictObject({
    tracking_number: code.optional(),
    status: z.enum(TOLD as [string, ...string[]]),
    at: givenTime,
    estimated_delivery: givenTime.optional(),
  })
  .openapi('SupplierTrackingInput');

export const putSupplier = operation({
  id: 'putSupplier',
  method: 'put',
  path: '/v1/suppliers/{id}',
  tag,
  summary: 'Creates or replaces a supplier',
  params: idParam,
  body: supplierBody as unknown as z.ZodObject<typeof supplierShape>,
  answers: {200: supplier},
  problems: ['changed_meanwhile'],
});

export const putOffer = operation({
  id: 'putOffer',
  method: 'put',
  path: '/v1/suppliers/{id}/offers/{sku}',
  tag,
  summary: 'Creates or replaces what a supplier offers of a product',
  params: z.object({id: code, sku}),
  body: offerBody,
  answers: {200: offer},
  problems: ['changed_meanwhile', 'not_found'],
});

export const renewSupplierSecret = operation({
  id: 'renewSupplierSecret',
  method: 'post',
  path: '/v1/suppliers/{id}/secret',
  tag,
  summary:
    'A new secret for the signatures of our webhooks to a supplier, shown once; those before sign as well until they are ended',
  params: idParam,
  repeats: 'none',
  answers: {200: z.object({signing_secret: z.string()}).openapi('SigningSecret')},
  problems: ['not_found'],
});

export const endSupplierSecrets = operation({
  id: 'endSupplierSecrets',
  method: 'post',
  path: '/v1/suppliers/{id}/secret/end',
  tag,
  summary: 'Ends the signing secrets before the newest one: the supplier has changed over, or one became known',
  params: idParam,
  repeats: 'none',
  answers: {200: z.object({ended: z.int()}).openapi('EndedSecrets')},
  problems: ['not_found'],
});

export const createSupplierKey = operation({
  id: 'createSupplierKey',
  method: 'post',
  path: '/v1/suppliers/{id}/keys',
  tag,
  summary: 'A key that sees the purchase orders of this supplier, shown once',
  params: idParam,
  body: z.strictObject({replace: z.boolean().optional()}).openapi('SupplierKeyInput', {
    description: '`replace`: the keys it had before end',
  }),
  repeats: 'none',
  answers: {201: z.object({key_id: code, key: z.string()}).openapi('SupplierKey')},
  problems: ['not_found'],
});

export const listPurchases = operation({
  id: 'listPurchases',
  method: 'get',
  path: '/v1/purchase-orders',
  tag,
  summary: 'Purchase orders, newest first; a supplier sees its own',
  query: z.strictObject({state: z.enum(PURCHASE_STATES).optional(), order_id: code.optional(), ...page}),
  answers: {200: z.array(purchaseOrder)},
});

export const getPurchase = operation({
  id: 'getPurchase',
  method: 'get',
  path: '/v1/purchase-orders/{id}',
  tag,
  summary: 'One purchase order',
  params: idParam,
  answers: {200: purchaseOrder},
  problems: ['not_found'],
});

export const acknowledgePurchase = operation({
  id: 'acknowledgePurchase',
  method: 'post',
  path: '/v1/purchase-orders/{id}/acknowledge',
  tag,
  summary: 'What the supplier will send: all of it, a part, or nothing',
  params: idParam,
  body: acknowledgeBody as unknown as z.ZodObject,
  answers: {200: purchaseState},
  problems: ['not_found', 'purchase_answered', 'purchase_closed', 'purchase_mismatch', 'idempotency_key_reused'],
});

export const shipPurchase = operation({
  id: 'shipPurchase',
  method: 'post',
  path: '/v1/purchase-orders/{id}/shipments',
  tag,
  summary: 'A parcel that the supplier has handed to a carrier',
  params: idParam,
  body: shipmentBody,
  answers: {200: purchaseState},
  problems: [
    'not_found',
    'purchase_not_acknowledged',
    'purchase_closed',
    'purchase_mismatch',
    'tracking_number_taken',
    'idempotency_key_reused',
  ],
});

export const trackPurchase = operation({
  id: 'trackPurchase',
  method: 'post',
  path: '/v1/purchase-orders/{id}/tracking',
  tag,
  summary: "Where a supplier's parcel is",
  params: idParam,
  body: trackingBody,
  answers: {200: z.object({outcome: z.enum(['applied', 'stale', 'seen'])}).openapi('TrackingTaken')},
  problems: ['not_found', 'unknown_parcel', 'idempotency_key_reused'],
});

export const decidePurchasePrice = operation({
  id: 'decidePurchasePrice',
  method: 'post',
  path: '/v1/purchase-orders/{id}/price',
  tag,
  summary: 'Accepts the higher price of an acknowledgement, or does without its units',
  params: idParam,
  body: z.strictObject({decision: z.enum(['accept', 'reject']), note: text(200)}).openapi('PriceDecisionInput'),
  repeats: 'key-required',
  answers: {200: purchaseState},
  problems: ['not_found', 'already_decided', 'idempotency_key_missing', 'idempotency_key_reused'],
});
