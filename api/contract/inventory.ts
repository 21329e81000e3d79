import {code, idParam, sku, text, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Inventory';

export const receiptBody = z
  .strictObject({
    warehouse: code,
    sku,
    qty: z.int().min(1).max(10_000_000),
    bin: code.optional(),
    reference: code,
  })
  .openapi('ReceiptInput');

const ledgerEntry = z
  .object({
    entry_id: z.string(),
    kind: z.enum(['receive', 'adjust', 'count']),
    warehouse: code,
    sku,
    bin: code,
    qty: z.int(),
    reference: code,
    at: time,
  })
  .openapi('LedgerEntry');

export const receiveStock = operation({
  id: 'receiveStock',
  method: 'post',
  path: '/v1/inventory/receipts',
  tag,
  summary: 'Books goods that arrived; the same reference twice counts once',
  body: receiptBody,
  answers: {200: ledgerEntry},
  problems: ['invalid_request', 'reference_reused'],
});

export const getInventory = operation({
  id: 'getInventory',
  method: 'get',
  path: '/v1/inventory/{sku}',
  tag,
  summary:
    'Stock of a product in every warehouse; available = on_hand - reserved - safety_stock - earmarked, without bins that wait to be counted',
  params: z.object({sku}),
  answers: {
    200: z
      .object({
        sku,
        warehouses: z.array(
          z.object({
            warehouse: code,
            on_hand: z.int(),
            reserved: z.int(),
            available: z.int(),
            in_transit: z.int(),
            safety_stock: z.int(),
            earmarked: z.int(),
            incoming: z.int(),
          }),
        ),
      })
      .openapi('Inventory'),
  },
  problems: ['not_found'],
});

const stockQty = z.int().min(1).max(10_000_000);

export const adjustStock = operation({
  id: 'adjustStock',
  method: 'post',
  path: '/v1/inventory/adjustments',
  tag,
  summary: 'Units found, broken, stolen: more or fewer in a bin, with a reason; the same reference twice counts once',
  body: z
    .strictObject({
      warehouse: code,
      sku,
      qty: z
        .int()
        .min(-10_000_000)
        .max(10_000_000)
        .refine((qty) => qty !== 0, 'must not be 0'),
      bin: code.optional(),
      reason: text(200),
      reference: code,
    })
    .openapi('AdjustmentInput'),
  answers: {200: ledgerEntry},
  problems: ['invalid_request', 'reference_reused', 'not_that_many', 'stock_in_use'],
});

const counted = z.int().min(0).max(10_000_000);

export const countStock = operation({
  id: 'countStock',
  method: 'post',
  path: '/v1/inventory/counts',
  tag,
  summary: 'What lies in a bin; promises that are not there any more go elsewhere or wait, the newest first',
  body: z.strictObject({warehouse: code, sku, bin: code, counted, reference: code}).openapi('CountInput'),
  answers: {200: ledgerEntry.extend({moved: z.int()}).openapi('CountResult')},
  problems: ['invalid_request', 'reference_reused', 'stock_in_use'],
});

export const feedStock = operation({
  id: 'feedStock',
  method: 'put',
  path: '/v1/inventory/{sku}/feed',
  tag,
  summary:
    'What another system says lies in a bin of a warehouse, and what must never be promised; each reference counts once',
  params: z.object({sku}),
  body: z
    .strictObject({
      warehouse: code,
      bin: code.optional(),
      on_hand: counted,
      safety_stock: counted.optional(),
      reference: code,
    })
    .openapi('StockFeedInput'),
  answers: {200: ledgerEntry.extend({moved: z.int()}).openapi('StockFeedResult')},
  problems: ['invalid_request', 'reference_reused', 'stock_in_use'],
});

export const moveStock = operation({
  id: 'moveStock',
  method: 'post',
  path: '/v1/inventory/moves',
  tag,
  summary: 'Puts units into another bin of the same house; the same reference counts once',
  body: z
    .strictObject({warehouse: code, sku, qty: stockQty, from: code, to: code, reference: code})
    .refine(({from, to}) => from !== to, {path: ['to'], message: 'must be another bin'})
    .openapi('BinMoveInput'),
  answers: {
    200: z
      .object({warehouse: code, sku, qty: z.int(), from: code, to: code, reference: code, at: time})
      .openapi('BinMove'),
  },
  problems: ['invalid_request', 'reference_reused', 'not_that_many'],
});

const transfer = z
  .object({
    transfer_id: code,
    reference: code,
    sku,
    qty: z.int(),
    from: z.object({warehouse: code, bin: code}),
    to: z.object({warehouse: code, bin: code.nullable()}),
    state: z.enum(['in_transit', 'arrived']),
    arrived: z.int(),
    sent_at: time,
    arrived_at: time.nullable(),
  })
  .openapi('Transfer');

export const sendTransfer = operation({
  id: 'sendTransfer',
  method: 'post',
  path: '/v1/inventory/transfers',
  tag,
  summary: 'Sends goods to another site: in neither stock until they arrive; the same reference twice counts once',
  body: z
    .strictObject({
      sku,
      qty: stockQty,
      from: z.strictObject({warehouse: code, bin: code}),
      to: z.strictObject({warehouse: code, bin: code.optional()}),
      reference: code,
    })
    .openapi('TransferInput'),
  answers: {200: transfer},
  problems: ['invalid_request', 'reference_reused', 'not_that_many'],
});

export const receiveTransfer = operation({
  id: 'receiveTransfer',
  method: 'post',
  path: '/v1/inventory/transfers/{id}/arrival',
  tag,
  summary: 'A transfer has arrived, whole or with units missing, which are written off',
  params: idParam,
  body: z.strictObject({qty: counted, bin: code.optional()}).openapi('TransferArrivalInput'),
  answers: {200: transfer},
  problems: ['not_found', 'reference_reused', 'not_that_many'],
});

const countTask = z
  .object({
    task_id: code,
    warehouse: code,
    sku,
    bin: code,
    state: z.enum(['open', 'done']),
    reason: z.string(),
    counted: z.int().nullable(),
    created_at: time,
    closed_at: time.nullable(),
  })
  .openapi('CountTask');

export const listCounts = operation({
  id: 'listCounts',
  method: 'get',
  path: '/v1/warehouses/{id}/counts',
  tag,
  summary: 'Bins that somebody must count, oldest first; nobody is sent there to pick meanwhile',
  params: idParam,
  query: z.strictObject({state: z.enum(['open', 'done']).default('open')}),
  answers: {200: z.array(countTask)},
  problems: ['not_found', 'forbidden'],
});

export const answerCount = operation({
  id: 'answerCount',
  method: 'post',
  path: '/v1/tasks/{id}/count',
  tag,
  summary: 'What was counted in the bin of a count task; the bin is in order again',
  params: idParam,
  body: z.strictObject({counted}).openapi('CountAnswerInput'),
  answers: {200: ledgerEntry.extend({moved: z.int()}).openapi('CountAnswerResult')},
  problems: ['not_found', 'forbidden', 'task_closed', 'stock_in_use'],
});
