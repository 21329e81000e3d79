import {code, idParam, money, sku, time} from './common.ts';
import {operation} from './operation.ts';
import {orderBody} from './orders.ts';
import {z} from './z.ts';

export const quoteBody = orderBody
  .omit({payment_method: true, quote_id: true})
  .extend({customer: orderBody.shape.customer.optional(), hold_stock: z.boolean().optional()})
  .openapi('QuoteInput', {
    description:
      'an order without its payment; `hold_stock`: the units are kept until the quote ends; without `customer` anybody may ' +
      'redeem it',
  });

const warning = z
  .object({code: z.enum(['split', 'backorder', 'late', 'cut_off_missed', 'site_closed']), detail: z.string()})
  .openapi('Warning');

const shipment = z
  .object({
    source: z.object({kind: z.enum(['warehouse', 'supplier']).nullable(), id: z.string().nullable()}),
    lines: z.array(z.object({sku, qty: z.int()})),
    estimated_pickup: time.nullable(),
    eta_from: time.nullable(),
    eta_to: time.nullable(),
    cost: money,
    expected_cost: money.nullable(),
  })
  .openapi('QuotedShipment', {
    description:
      '`cost` is its share of what the customer pays for shipping, `expected_cost` what sending it is expected to cost the ' +
      'merchant; a part without a source is backordered, and nothing is promised for it yet',
  });

export const quote = z
  .object({
    quote_id: code,
    expires_at: time,
    holds_stock: z.boolean(),
    split: z.boolean(),
    warnings: z.array(warning),
    shipments: z.array(shipment),
    total: money,
    totals: z.object({items: money, discount: money, shipping: money, tax: money, total: money}),
  })
  .openapi('Quote');

const tag = 'Orders';

export const createQuote = operation({
  id: 'createQuote',
  method: 'post',
  path: '/v1/quotes',
  tag,
  summary: 'What an order would cost, what would leave from where and arrive when; may hold the stock for a while',
  body: quoteBody,
  repeats: 'own',
  answers: {200: quote},
  problems: ['out_of_stock', 'invalid_request', 'idempotency_key_reused', 'rate_limited'],
});

const window = z.object({from: time, to: time}).nullable();
const kept = {
  promised: window,
  delivered_at: time.nullable(),
  outcome: z.enum(['on_time', 'late']).nullable(),
  late_by_s: z.int().nullable(),
  basis: z.record(z.string(), z.unknown()),
};

export const getPromise = operation({
  id: 'getPromise',
  method: 'get',
  path: '/v1/orders/{id}/promise',
  tag,
  summary: 'When the order and its shipments were promised for, how that was computed, and what became of it',
  params: idParam,
  answers: {
    200: z
      .object({
        order_id: code,
        quote_id: code.nullable(),
        ...kept,
        sub_orders: z.array(
          z.object({sub_order_id: code, stage: z.string(), estimated_pickup: time.nullable(), ...kept}),
        ),
      })
      .openapi('Promise', {
        description:
          '`late_by_s` counts seconds after the end of the window; nothing is promised for what is backordered',
      }),
  },
  problems: ['not_found'],
});
