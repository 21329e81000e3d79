import {STAGES} from '../../domain/order/stage.ts';
import {ORDER_STATUSES} from '../../domain/order/status.ts';
import {WAITING_NAMES} from '../../domain/order/waiting.ts';
import {code, money, sku, sla, time} from './common.ts';
import {z} from './z.ts';

export const waitingOn = z
  .object({name: z.enum(WAITING_NAMES), since: time, deadline: time.nullable()})
  .nullable()
  .openapi('WaitingOn', {description: 'null when nothing is awaited'});

const parcel = z
  .object({
    parcel_id: code,
    carrier: z.string().nullable(),
    service: z.string().nullable(),
    tracking_number: z.string().nullable(),
    label_url: z.string().nullable(),
    status: z.string(),
    eta_from: time.nullable(),
    eta_to: time.nullable(),
  })
  .openapi('Parcel');

const subOrder = z
  .object({
    sub_order_id: code,
    stage: z.enum(STAGES),
    source: z.object({kind: z.enum(['warehouse', 'supplier']).nullable(), id: z.string().nullable()}),
    value: money,
    estimated_pickup: time.nullable(),
    estimated_delivery: time.nullable(),
    driver: z.string().optional(),
    lines: z.array(z.object({line_id: code, sku, qty: z.int(), cancelled: z.int()})),
    parcels: z.array(parcel),
  })
  .openapi('SubOrder');

const counts = z.object({
  line_id: code,
  sku,
  qty: z.int(),
  allocated: z.int(),
  picked: z.int(),
  shipped: z.int(),
  delivered: z.int(),
  cancelled: z.int(),
  backordered: z.int(),
  returned: z.int(),
  /** its customer was asked, and goes on waiting for what is backordered */
  wait: z.object({chosen_by: z.string().nullable(), role: z.string().nullable(), chosen_at: time}).optional(),
  /** the line whose units this one is sent in exchange for */
  exchange_for: code.optional(),
});

export const status = z.enum(ORDER_STATUSES);

export const placed = z
  .object({
    order_id: code,
    number: z.string(),
    status,
    waiting_on: waitingOn,
    totals: z.object({items: money, discount: money, shipping: money, tax: money, total: money}),
    total_capacity: z.int(),
    sub_orders: z.array(subOrder),
    tracking_url: z.string(),
    client_secret: z.string().optional(),
  })
  .openapi('PlacedOrder');

export const order = z
  .object({
    order_id: code,
    number: z.string(),
    status,
    waiting_on: waitingOn,
    total: money,
    lines: z.array(counts),
    sub_orders: z.array(subOrder),
    payment: z.object({authorized: money, captured: money, refunded: money}),
    refunds: z.array(
      z.object({
        refund_id: code,
        kind: z.string(),
        state: z.string(),
        amount: money,
        credit_note: z.string().nullable(),
      }),
    ),
    disputes: z.array(z.object({dispute_id: code, state: z.string(), amount: money})),
    delivery_sla: sla,
    placed_at: time,
    tracking_url: z.string(),
  })
  .openapi('Order');
