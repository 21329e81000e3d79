import {RETURN_STATES} from '../../domain/returns/state.ts';
import {DISPOSITIONS, GRADES, RETURN_REASONS} from '../../domain/returns/terms.ts';
import {code, idParam, money, page, sku, text, time, units} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Returns';
const state = z.enum(RETURN_STATES);
const reason = z.enum(RETURN_REASONS);
const grade = z.enum(GRADES);
const resolution = z.enum(['refund', 'exchange']);

export const returned = z
  .object({
    return_id: code,
    order_id: code,
    kind: z.enum(['customer', 'come_back']),
    state,
    waiting_on: z.object({name: z.string(), owner: z.string()}).nullable(),
    overdue_since: time.nullable(),
    resolution,
    reasons: z.array(z.string()),
    warehouse: z.string(),
    lines: z.array(
      z.object({
        line_id: code,
        sku,
        qty: z.int(),
        reason,
        accepted: z.int(),
        findings: z.array(z.object({grade, qty: z.int(), disposition: z.enum(DISPOSITIONS)})),
      }),
    ),
    label: z
      .object({carrier: z.string(), service: z.string(), tracking_number: z.string(), label_url: z.string()})
      .nullable(),
    send_by: time.nullable(),
    expected: money.optional(),
    refund: money.nullable().optional(),
    requested_at: time,
    received_at: time.nullable(),
    inspected_at: time.nullable(),
    ended_at: time.nullable(),
  })
  .openapi('Return', {description: 'Amounts are left out for those who have no business with money'});

export const returnBody = z
  .strictObject({
    lines: z
      .array(z.strictObject({line_id: code, qty: units, reason}))
      .min(1)
      .max(500)
      .refine((lines) => new Set(lines.map((line) => line.line_id)).size === lines.length, 'name each line once'),
    resolution: resolution.default('refund'),
  })
  .openapi('ReturnInput');

export const REQUESTED = ['return_refused', 'idempotency_key_missing', 'idempotency_key_reused'];

export const requestReturn = operation({
  id: 'requestReturn',
  method: 'post',
  path: '/v1/orders/{id}/returns',
  tag,
  summary: 'Announces units that are sent back; clear cases are decided at once',
  params: idParam,
  body: returnBody,
  repeats: 'key-required',
  answers: {201: returned},
  problems: ['not_found', ...REQUESTED],
});

export const listReturns = operation({
  id: 'listReturns',
  method: 'get',
  path: '/v1/returns',
  tag,
  summary: 'Returns, oldest first',
  query: z.strictObject({state: state.optional(), order_id: code.optional(), ...page}),
  answers: {200: z.array(returned)},
});

export const getReturn = operation({
  id: 'getReturn',
  method: 'get',
  path: '/v1/returns/{id}',
  tag,
  summary: 'A return with what was announced and what was found',
  params: idParam,
  answers: {200: returned},
  problems: ['not_found'],
});

export const getReturnLabel = operation({
  id: 'getReturnLabel',
  method: 'get',
  path: '/v1/returns/{id}/label',
  tag,
  summary: 'Where the label of a return is',
  params: idParam,
  answers: {
    200: z
      .object({
        return_id: code,
        carrier: z.string().nullable(),
        service: z.string().nullable(),
        tracking_number: z.string().nullable(),
        label_url: z.string(),
        send_by: time.nullable(),
      })
      .openapi('ReturnLabel'),
  },
  problems: ['not_found', 'not_ready'],
});

export const decideReturn = operation({
  id: 'decideReturn',
  method: 'post',
  path: '/v1/returns/{id}/decision',
  tag,
  summary: 'Approves or refuses a return that the rules leave to a person',
  params: idParam,
  body: z.strictObject({decision: z.enum(['approve', 'refuse']), note: text(200)}).openapi('ReturnDecisionInput'),
  repeats: 'key-required',
  answers: {200: returned},
  problems: ['not_found', 'already_decided', 'idempotency_key_missing', 'idempotency_key_reused'],
});

export const receiveReturn = operation({
  id: 'receiveReturn',
  method: 'post',
  path: '/v1/returns/{id}/receive',
  tag,
  summary: 'The parcel of the return is here; the same as a `return` scan of its label',
  params: idParam,
  answers: {200: returned},
  problems: ['not_found', 'return_not_expected'],
});

export const inspectReturn = operation({
  id: 'inspectReturn',
  method: 'post',
  path: '/v1/returns/{id}/inspect',
  tag,
  summary: 'What was found in the parcel; announced units that are not named are missing',
  params: idParam,
  body: z
    .strictObject({
      lines: z.array(z.strictObject({line_id: code, qty: units, grade, bin: code.optional()})).max(500),
      note: text(200).optional(),
    })
    .openapi('InspectionInput'),
  answers: {200: returned},
  problems: ['not_found', 'return_not_received', 'return_inspected', 'not_announced'],
});

export const cancelReturn = operation({
  id: 'cancelReturn',
  method: 'post',
  path: '/v1/returns/{id}/cancel',
  tag,
  summary: 'Calls a return off that has not arrived; its label is given back',
  params: idParam,
  answers: {200: returned},
  problems: ['not_found', 'return_arrived'],
});
