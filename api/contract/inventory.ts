import {code, sku, time} from './common.ts';
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
    kind: z.literal('receive'),
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
  summary: 'Stock of a product in every warehouse; available = on_hand - reserved - safety_stock',
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
          }),
        ),
      })
      .openapi('Inventory'),
  },
  problems: ['not_found'],
});
