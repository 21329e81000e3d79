import {
  code,
  country,
  givenTime,
  idParam,
  latitude,
  longitude,
  money,
  page,
  sku,
  sla,
  text,
  time,
  units,
} from './common.ts';
import {operation} from './operation.ts';
import {order, placed, status, waitingOn} from './order-answers.ts';
import {z} from './z.ts';

const tag = 'Orders';

// Quotes, angle brackets and separators would let one address become several in a mail's header.
export const EMAIL = /^[^\s@,;:<>()[\]"\\]+@[^\s@,;:<>()[\]"\\]+$/u;

export const customer = z
  .strictObject({
    id: text(200),
    name: text(300),
    email: text(200).regex(EMAIL, 'must be an e-mail address'),
    phone: text(40)
      .regex(/^\+?[0-9][0-9 ()./-]*$/, 'must be a telephone number')
      .optional(),
    locale: z
      .string()
      .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$/, 'must be a language tag like en-US')
      .optional(),
  })
  .openapi('Customer');

export const shipTo = z
  .strictObject({
    name: text(300),
    line1: text(200),
    line2: text(200, {min: 0}).nullish(),
    // some countries' addresses have no city: their own rules say what is needed
    city: text(200, {min: 0}),
    region: text(200, {min: 0}).nullish(),
    postal_code: text(200, {min: 0}).nullish(),
    country,
    lat: latitude,
    lng: longitude,
  })
  .openapi('ShipTo');

export const orderLine = z.strictObject({sku, qty: units}).openapi('OrderLineInput');

export const paymentMethod = text(200).regex(
  /^[A-Za-z0-9_-]+$/,
  "must be a token of the payment provider, like 'pm_card_visa'",
);

/** Of a shop that authorises by itself; `metadata.order_reference` on it is the order's Idempotency-Key. */
export const paymentIntent = text(200).regex(/^pi_[A-Za-z0-9_]+$/, 'must be a payment intent, like pi_1234');

export const orderBody = z
  .strictObject({
    customer,
    ship_to: shipTo,
    lines: z.array(orderLine).min(1, 'an order needs a line').max(500, 'an order has 500 lines or fewer'),
    payment_method: paymentMethod
      .optional()
      .openapi({description: 'this or `payment_intent` is needed, and only one of them is taken'}),
    payment_intent: paymentIntent.optional(),
    promo_codes: z.array(code).max(20).optional(),
    delivery_sla: sla,
    deadline: givenTime.optional(),
    device_fingerprint: text(200).optional(),
    quote_id: code.optional(),
    allow_backorder: z.boolean().optional(),
  })
  .openapi('OrderInput');

export const placeOrder = operation({
  id: 'placeOrder',
  method: 'post',
  path: '/v1/orders',
  tag,
  summary: 'Places an order: one request, one answer',
  body: orderBody,
  repeats: 'own',
  answers: {201: placed, 202: placed},
  problems: [
    'idempotency_key_missing',
    'payment_declined',
    'out_of_stock',
    'request_in_progress',
    'order_cancelled',
    'idempotency_key_reused',
    'invalid_request',
    'rate_limited',
    'intake_off',
  ],
});

export const getOrder = operation({
  id: 'getOrder',
  method: 'get',
  path: '/v1/orders/{id}',
  tag,
  summary: 'An order with its lines, shipments, parcels and money',
  params: idParam,
  answers: {200: order},
  problems: ['not_found'],
});

export const listOrders = operation({
  id: 'listOrders',
  method: 'get',
  path: '/v1/orders',
  tag,
  summary: 'Orders, newest first; the header `Link: <…>; rel="next"` leads to the next page',
  query: z.strictObject({status: status.optional(), ...page}),
  answers: {
    200: z.array(
      z
        .object({
          order_id: code,
          number: z.string(),
          status,
          waiting_on: waitingOn,
          total: money,
          delivery_sla: sla,
          placed_at: time,
        })
        .openapi('OrderSummary'),
    ),
  },
});

export const getHistory = operation({
  id: 'getHistory',
  method: 'get',
  path: '/v1/orders/{id}/history',
  tag,
  summary: 'The audit rows of an order, oldest first',
  params: idParam,
  answers: {
    200: z.array(
      z
        .object({
          at: time,
          seq: z.int(),
          subject: z.string(),
          from: z.string().nullable(),
          to: z.string(),
          actor: z.string(),
          role: z.string(),
          note: z.string().nullable(),
        })
        .openapi('AuditRow'),
    ),
  },
  problems: ['not_found'],
});

const lineQty = z.object({line_id: code, qty: z.int()});

export const cancelBody = z
  .strictObject({
    lines: z
      .array(z.strictObject({line_id: code, qty: units}))
      .min(1)
      .max(500)
      .optional(),
    reason: text(200),
    unpick: z.boolean().optional().openapi({description: 'picked and packed units are put back; not for a checkout'}),
  })
  .openapi('CancelInput');

export const cancelResult = z
  .object({
    cancelled: z.array(lineQty),
    refused: z.array(
      lineQty.extend({
        code: z.string(),
        possible: z.string().openapi({description: 'what can be done instead, and where the units of the line are'}),
      }),
    ),
  })
  .openapi('CancelResult');

export const cancelOrder = operation({
  id: 'cancelOrder',
  method: 'post',
  path: '/v1/orders/{id}/cancel',
  tag,
  summary: 'Cancels the order, or units of its lines, as far as it is still possible',
  params: idParam,
  body: cancelBody,
  repeats: 'key-required',
  answers: {
    200: cancelResult,
  },
  problems: ['not_found', 'nothing_cancelled', 'idempotency_key_missing', 'idempotency_key_reused'],
});

export const backorderBody = z
  .strictObject({line_id: code, choice: z.enum(['wait', 'cancel'])})
  .openapi('BackorderInput');

export const backorderResult = z
  .object({
    line_id: code,
    choice: z.enum(['wait', 'cancel']),
    waiting: z.int(),
    cancelled: z.int(),
    until: time.nullable(),
  })
  .openapi('BackorderResult');

export const answerBackorder = operation({
  id: 'answerBackorder',
  method: 'post',
  path: '/v1/orders/{id}/backorder',
  tag,
  summary: 'What the customer wants of a line that waits for stock: go on waiting, or no longer',
  params: idParam,
  body: backorderBody,
  repeats: 'key-required',
  answers: {200: backorderResult},
  problems: ['not_found', 'nothing_waits', 'idempotency_key_missing', 'idempotency_key_reused'],
});

export const resumeOrder = operation({
  id: 'resumeOrder',
  method: 'post',
  path: '/v1/orders/{id}/resume',
  tag,
  summary: 'Tries again, now, every step of the order that failed for good and waits for ops',
  params: idParam,
  body: z.strictObject({note: text(200)}).openapi('ResumeInput'),
  repeats: 'key-required',
  answers: {
    200: z
      .object({
        asked: z.array(z.object({sub_order_id: code.nullable(), step: z.string(), code: z.string(), since: time})),
      })
      .openapi('ResumeResult'),
  },
  problems: ['not_found', 'nothing_stuck', 'idempotency_key_missing', 'idempotency_key_reused'],
});
