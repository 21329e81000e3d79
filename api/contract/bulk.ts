import {BULK_KINDS, BULK_STATES, MOST_ORDERS} from '../../domain/ops/bulk.ts';
import {ORDER_STATUSES} from '../../domain/order/status.ts';
import {code, country, givenTime, idParam, page, sku, sla, text, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Operations';
const reason = text(200);
const ITEM_STATES = ['waiting', 'done', 'refused', 'skipped'] as const;

const filter = z
  .strictObject({
    status: z.array(z.enum(ORDER_STATUSES)).min(1).max(ORDER_STATUSES.length).optional(),
    warehouse: code.optional().openapi({description: 'an open shipment leaves from there'}),
    carrier: code.optional().openapi({description: 'an open shipment goes with it'}),
    sku: sku.optional(),
    country: country.optional(),
    sla: sla.optional(),
    waiting_on: code.optional(),
    on_hold: z.boolean().optional(),
    placed_after: givenTime.optional(),
    placed_before: givenTime.optional(),
    risk: z
      .array(z.enum(['late', 'high', 'medium']))
      .min(1)
      .max(3)
      .optional(),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'name at least one thing')
  .openapi('BulkFilter', {description: 'all of it must be true of an order; without a status only open ones'});

/** What an act on many orders is, and which orders: by a filter or by their ids or numbers. */
export const bulkBody = z
  .strictObject({
    kind: z.enum(BULK_KINDS),
    filter: filter.optional(),
    orders: z.array(code).min(1).max(MOST_ORDERS).optional().openapi({description: 'their ids or numbers'}),
    reason,
    until: givenTime.optional().openapi({description: 'hold: until when at the latest'}),
    unpick: z.boolean().optional().openapi({description: 'cancel: units that are picked are put back'}),
    away_from: code.optional().openapi({description: 'reallocate: the warehouse whose unpicked work goes elsewhere'}),
  })
  .refine((body) => (body.filter === undefined) !== (body.orders === undefined), 'name a filter or orders')
  .refine((body) => (body.kind === 'reallocate') === (body.away_from !== undefined), {
    message: 'reallocate names it, and only that',
    path: ['away_from'],
  })
  .refine((body) => body.kind === 'hold' || body.until === undefined, {message: 'only of a hold', path: ['until']})
  .refine((body) => body.kind === 'cancel' || body.unpick === undefined, {
    message: 'only of a cancel',
    path: ['unpick'],
  })
  .openapi('BulkInput');

const effect = z
  .object({
    orders: z.int(),
    units: z.int().openapi({description: 'cancelled'}),
    money: z.array(z.object({currency: z.string(), let_go: z.int(), back: z.int()})).openapi({
      description: 'minor units: held and not taken any more; given back',
    }),
    parts_end: z.int(),
    parts_begin: z.int(),
    tasks_end: z.int(),
    labels_void: z.int(),
    mails: z.record(z.string(), z.int()).openapi({description: 'by template'}),
  })
  .openapi('BulkEffect');

export const bulkView = z
  .object({
    bulk_id: code,
    kind: z.enum(BULK_KINDS),
    state: z.enum(BULK_STATES).openapi({
      description:
        'previewing: being tried out. ready: shown, to be confirmed. dropped: never confirmed. stopped: not all of it was done',
    }),
    chosen_by: z.unknown(),
    reason: z.string(),
    until: time.nullable(),
    unpick: z.boolean(),
    away_from: z.string().nullable(),
    undoes: code.nullable(),
    undone_by: z.array(code),
    can_undo: z.int().openapi({description: 'so many of its holds can be released'}),
    asked_by: z.string(),
    confirmed_by: z.string().nullable(),
    stopped_by: z.string().nullable(),
    created_at: time,
    confirmed_at: time.nullable(),
    expires_at: time.nullable().openapi({description: 'until when it may be confirmed'}),
    ended_at: time.nullable(),
    orders: z.int(),
    shown: z.int().openapi({description: 'so many were tried out'}),
    possible: z.int().nullable().openapi({description: 'it can be done to so many; null: not known yet'}),
    effect: effect.nullable(),
    counts: z.object({waiting: z.int(), done: z.int(), refused: z.int(), skipped: z.int()}),
    refusals: z.array(z.object({code: z.string(), orders: z.int()})),
  })
  .openapi('Bulk');

export const bulkOrder = z
  .object({
    order_id: code,
    number: z.string(),
    status: z.string(),
    state: z.enum(ITEM_STATES),
    code: z.string().nullable().openapi({description: 'why it was refused; done: why a part of it stayed as it was'}),
    effect: effect.nullable(),
    settled_at: time.nullable(),
  })
  .openapi('BulkOrder');

export const prepareBulk = operation({
  id: 'prepareBulk',
  method: 'post',
  path: '/v1/ops/bulk',
  tag,
  summary: 'Tries an act out on many orders; nothing is done before what it shows is confirmed',
  body: bulkBody,
  repeats: 'key-required',
  answers: {200: bulkView},
  problems: ['invalid_request', 'idempotency_key_missing', 'idempotency_key_reused'],
});

export const listBulks = operation({
  id: 'listBulks',
  method: 'get',
  path: '/v1/ops/bulk',
  tag,
  summary: 'The latest acts on many orders, newest first',
  query: z.strictObject({limit: z.coerce.number().int().min(1).max(100).default(20)}),
  answers: {200: z.array(bulkView)},
});

export const getBulk = operation({
  id: 'getBulk',
  method: 'get',
  path: '/v1/ops/bulk/{id}',
  tag,
  summary: 'One act on many orders: what was shown, and how far it is',
  params: idParam,
  answers: {200: bulkView},
  problems: ['not_found'],
});

export const listBulkOrders = operation({
  id: 'listBulkOrders',
  method: 'get',
  path: '/v1/ops/bulk/{id}/orders',
  tag,
  summary: 'The orders of an act, with what became of each',
  params: idParam,
  query: z.strictObject({state: z.enum(ITEM_STATES).optional(), code: code.optional(), ...page}),
  answers: {200: z.array(bulkOrder)},
  problems: ['not_found'],
});

export const confirmBulk = operation({
  id: 'confirmBulk',
  method: 'post',
  path: '/v1/ops/bulk/{id}/confirm',
  tag,
  summary: 'Lets an act go that was shown; `orders` is the number that was shown as possible',
  params: idParam,
  body: z.strictObject({orders: z.int().min(1).max(MOST_ORDERS)}).openapi('BulkConfirmation'),
  answers: {200: bulkView},
  problems: ['not_found', 'bulk_not_ready', 'bulk_differs'],
});

export const stopBulk = operation({
  id: 'stopBulk',
  method: 'post',
  path: '/v1/ops/bulk/{id}/stop',
  tag,
  summary: 'Stops an act where it is, or drops one that was only shown',
  params: idParam,
  answers: {200: bulkView},
  problems: ['not_found'],
});

export const undoBulk = operation({
  id: 'undoBulk',
  method: 'post',
  path: '/v1/ops/bulk/{id}/undo',
  tag,
  summary: 'Releases exactly the orders that a hold of many has held back; an act of its own',
  params: idParam,
  body: z.strictObject({reason}).openapi('BulkUndo'),
  repeats: 'key-required',
  answers: {200: bulkView},
  problems: ['not_found', 'nothing_to_undo', 'idempotency_key_missing', 'idempotency_key_reused'],
});
