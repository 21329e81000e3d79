import {code, givenTime, idParam, money, sku, text, units} from './common.ts';
import {operation} from './operation.ts';
import {shipTo} from './orders.ts';
import {z} from './z.ts';

const lineQty = z.strictObject({line_id: code, qty: z.int().min(0).max(10_000)});

const NEEDS: Readonly<Record<string, string>> = {quantity: 'lines', add_lines: 'add', address: 'ship_to'};
const OF_ONE_KIND = {
  lines: 'quantity',
  add: 'add_lines',
  ship_to: 'address',
  until: 'hold',
  unpick: 'quantity',
} as const;

export const changeBody = z
  .strictObject({
    kind: z.enum(['quantity', 'add_lines', 'address', 'hold', 'release']),
    reason: text(200),
    lines: z.array(lineQty).min(1).max(500).optional().openapi({description: 'quantity: how many there shall be'}),
    add: z
      .array(z.strictObject({sku, qty: units}))
      .min(1)
      .max(100)
      .optional()
      .openapi({description: 'add_lines'}),
    ship_to: shipTo
      .partial({lat: true, lng: true})
      .openapi('ChangeShipTo', {description: 'without coordinates: where the service has sent before'})
      .optional()
      .openapi({description: 'address'}),
    until: givenTime.optional().openapi({description: 'hold: then ops are asked'}),
    unpick: z.boolean().optional().openapi({description: 'quantity: picked units are put back; support only'}),
  })
  .superRefine((change, context) => {
    const needed = NEEDS[change.kind];
    if (needed && change[needed as keyof typeof change] === undefined) {
      const params = {code: 'missing'};
      context.addIssue({code: 'custom', path: [needed], message: `a change of kind ${change.kind} needs it`, params});
    }
    for (const [field, kind] of Object.entries(OF_ONE_KIND)) {
      if (kind === change.kind || change[field as keyof typeof change] === undefined) continue;
      const params = {code: 'not_allowed'};
      context.addIssue({code: 'custom', path: [field], message: `belongs to a change of kind ${kind}`, params});
    }
  })
  .openapi('ChangeInput');

const refusedUnit = z.object({
  line_id: code.optional(),
  sku: sku.optional(),
  qty: z.int().optional(),
  code: z.string(),
  possible: z.string().openapi({description: 'what can be done instead'}),
});

export const changeResult = z
  .object({
    change_id: code,
    kind: z.string(),
    applied: z
      .array(z.object({line_id: code, sku, qty: z.int().openapi({description: 'below 0: units taken out'})}))
      .openapi({description: 'added units are lines of their own, at the price of now'}),
    refused: z.array(refusedUnit),
    total: money,
  })
  .openapi('ChangeResult');

export const CHANGE_PROBLEMS = [
  'not_found',
  'change_refused',
  'payment_declined',
  'invalid_request',
  'idempotency_key_missing',
  'idempotency_key_reused',
];

export const changeOrder = operation({
  id: 'changeOrder',
  method: 'post',
  path: '/v1/orders/{id}/changes',
  tag: 'Orders',
  summary: 'Changes a placed order: quantities, further lines, address; holds it back or releases it',
  params: idParam,
  body: changeBody,
  repeats: 'key-required',
  answers: {200: changeResult},
  problems: CHANGE_PROBLEMS,
});
