import {code, idParam, money, page, text, time, units} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Refunds and disputes';

export const refundState = z.enum([
  'awaiting_approval',
  'requested',
  'asked',
  'pending',
  'succeeded',
  'failed',
  'rejected',
]);

const refund = z
  .object({
    refund_id: code,
    order_id: code,
    kind: z.enum(['line', 'shipping', 'goodwill', 'return', 'dispute', 'provider']).openapi({
      description: '`provider`: made by hand at the payment provider, and taken into the books',
    }),
    state: refundState,
    amount: money,
    lines: z.array(z.object({line_id: code, qty: z.int(), amount: z.int()})),
    reason: z.string(),
    requested_by: z.string(),
    decided_by: z.string().nullable(),
    note: z.string().nullable(),
    credit_note: z.string().nullable(),
    failure_code: z.string().nullable(),
    created_at: time,
    updated_at: time,
  })
  .openapi('Refund');

export const refundBody = z
  .strictObject({
    kind: z.enum(['line', 'shipping', 'goodwill']),
    lines: z
      .array(z.strictObject({line_id: code, qty: units}))
      .min(1)
      .max(500)
      .optional(),
    amount: money.optional(),
    reason: text(200),
  })
  .openapi('RefundInput', {
    description: '`line` takes `lines` and computes what they are worth; `goodwill` takes `amount`; `shipping` may',
  });

const REFUSALS = ['order_disputed', 'nothing_captured', 'refund_too_large', 'units_already_refunded'] as const;

export const requestRefund = operation({
  id: 'requestRefund',
  method: 'post',
  path: '/v1/orders/{id}/refunds',
  tag,
  summary: 'Gives captured money back; above a limit only after a second person has approved it',
  params: idParam,
  body: refundBody,
  repeats: 'key-required',
  answers: {
    201: z.object({awaiting_approval: z.boolean(), refunds: z.array(refund)}).openapi('RequestedRefund'),
  },
  problems: ['not_found', ...REFUSALS, 'invalid_request', 'idempotency_key_missing', 'idempotency_key_reused'],
});

export const getRefunds = operation({
  id: 'getRefunds',
  method: 'get',
  path: '/v1/orders/{id}/refunds',
  tag,
  summary: 'The refunds of an order, oldest first, and what can still be given back',
  params: idParam,
  answers: {
    200: z
      .object({
        possible: money,
        possible_shipping: money,
        possible_lines: z.array(z.object({line_id: code, qty: z.int()})),
        disputed: z.boolean(),
        refunds: z.array(refund),
      })
      .openapi('OrderRefunds'),
  },
  problems: ['not_found'],
});

export const listRefunds = operation({
  id: 'listRefunds',
  method: 'get',
  path: '/v1/refunds',
  tag,
  summary: 'Refunds of all orders, oldest first; `state=awaiting_approval` are those a second person has to look at',
  query: z.strictObject({state: refundState.optional(), ...page}),
  answers: {200: z.array(refund)},
});

const decision = {
  method: 'post',
  tag,
  params: idParam,
  body: z.strictObject({note: text(200)}).openapi('RefundDecision'),
  repeats: 'key-required',
  answers: {200: refund},
} as const;
const DECISION_PROBLEMS = ['not_found', 'refund_decided', 'idempotency_key_missing', 'idempotency_key_reused'];

export const approveRefund = operation({
  ...decision,
  id: 'approveRefund',
  path: '/v1/refunds/{id}/approve',
  summary: 'Approves a refund somebody else asked for',
  problems: ['second_person_needed', ...DECISION_PROBLEMS],
});

export const rejectRefund = operation({
  ...decision,
  id: 'rejectRefund',
  path: '/v1/refunds/{id}/reject',
  summary: 'Rejects a refund that awaits approval, or gives one up that failed',
  problems: DECISION_PROBLEMS,
});
