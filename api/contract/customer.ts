import {CHANGE_PROBLEMS, changeResult} from './changes.ts';
import {code, money, sku, text, units} from './common.ts';
import {operation} from './operation.ts';
import {backorderBody, backorderResult, cancelResult, shipTo} from './orders.ts';
import {REQUESTED, returnBody, returned} from './returns.ts';
import {z} from './z.ts';

/** What the customer may do behind the link of the tracking page. */
const tag = 'Customer';
const token = z.object({token: z.string().max(200)});
const KEYS = ['idempotency_key_missing', 'idempotency_key_reused'];
const qty = z.strictObject({line_id: code, qty: units});

export const trackCancel = operation({
  id: 'trackCancel',
  method: 'post',
  path: '/v1/track/{token}/cancel',
  tag,
  summary: 'The customer cancels the order, or units of it, as far as it is still possible',
  params: token,
  body: z
    .strictObject({
      lines: z.array(qty).min(1).max(500).optional().openapi({description: 'all of it when left out'}),
      items: z
        .array(z.strictObject({sku, qty: units}))
        .min(1)
        .max(500)
        .optional()
        .openapi({description: 'the same by product, where lines are not known'}),
      reason: text(200).optional(),
    })
    .refine(({lines, items}) => lines === undefined || items === undefined, 'name lines or items')
    .openapi('TrackCancelInput'),
  repeats: 'key-required',
  answers: {200: cancelResult},
  problems: ['not_found', 'rate_limited', 'nothing_cancelled', ...KEYS],
});

export const trackAddress = operation({
  id: 'trackAddress',
  method: 'post',
  path: '/v1/track/{token}/address',
  tag,
  summary: 'The customer sends the order to another address, while nothing of it has left',
  params: token,
  body: z
    .strictObject({
      ship_to: shipTo
        .partial({lat: true, lng: true})
        .openapi('TrackShipTo', {description: 'without coordinates it must be in the same town'}),
      confirm_email: text(300).openapi({
        description: 'the e-mail address the order was placed with: a link may have been forwarded',
      }),
    })
    .openapi('TrackAddressInput'),
  repeats: 'key-required',
  answers: {200: changeResult},
  problems: [...CHANGE_PROBLEMS, 'not_confirmed', 'rate_limited'],
});

export const trackBackorder = operation({
  id: 'trackBackorder',
  method: 'post',
  path: '/v1/track/{token}/backorder',
  tag,
  summary: 'The customer goes on waiting for a line without stock, or no longer',
  params: token,
  body: backorderBody,
  repeats: 'key-required',
  answers: {200: backorderResult},
  problems: ['not_found', 'rate_limited', 'nothing_waits', ...KEYS],
});

export const trackDelay = operation({
  id: 'trackDelay',
  method: 'post',
  path: '/v1/track/{token}/delay',
  tag,
  summary: 'What the customer says to a shipment that comes late; refused, what of it can be cancelled is',
  params: token,
  body: z
    .strictObject({shipment: z.int().min(1).max(1_000), choice: z.enum(['accept', 'refuse'])})
    .openapi('TrackDelayInput'),
  repeats: 'key-required',
  answers: {200: cancelResult},
  problems: ['not_found', 'rate_limited', 'nothing_late', 'nothing_cancelled', ...KEYS],
});

export const requestReturnByLink = operation({
  id: 'requestReturnByLink',
  method: 'post',
  path: '/v1/track/{token}/returns',
  tag,
  summary: 'The customer announces units that are sent back; clear cases are decided at once',
  params: token,
  body: returnBody,
  repeats: 'own',
  answers: {201: returned},
  problems: ['not_found', 'rate_limited', ...REQUESTED],
});

export const previewReturnByLink = operation({
  id: 'previewReturnByLink',
  method: 'post',
  path: '/v1/track/{token}/returns/preview',
  tag,
  summary: 'What would come of such a return: how much goes back, when, and whether a person decides first',
  params: token,
  body: returnBody,
  repeats: 'none',
  answers: {
    200: z
      .object({
        value: money.openapi({description: 'if all of it is as new, after the fee'}),
        fee: money,
        decided_by: z.enum(['rules', 'person']),
        refund_on: z.enum(['scan', 'inspection']),
        send_within_days: z.int(),
      })
      .openapi('ReturnPreview'),
  },
  problems: ['not_found', 'rate_limited', 'return_refused'],
});

const returnParams = z.object({token: z.string().max(200), id: code});

export const cancelReturnByLink = operation({
  id: 'cancelReturnByLink',
  method: 'post',
  path: '/v1/track/{token}/returns/{id}/cancel',
  tag,
  summary: 'The customer keeps what they announced; the label is given back',
  params: returnParams,
  answers: {200: returned},
  problems: ['not_found', 'rate_limited', 'return_arrived'],
});

export const printReturnLabel = operation({
  id: 'printReturnLabel',
  method: 'get',
  path: '/v1/track/{token}/returns/{id}/label',
  tag,
  summary: 'The label of a return, to be printed',
  params: returnParams,
  answers: {200: 'application/pdf'},
  problems: ['not_found', 'rate_limited', 'not_ready'],
});

export const printDocument = operation({
  id: 'printDocument',
  method: 'get',
  path: '/v1/track/{token}/documents/{number}',
  tag,
  summary: 'The receipt of a charge, or the credit note of a refund',
  params: z.object({token: z.string().max(200), number: code}),
  answers: {200: 'application/pdf'},
  problems: ['not_found', 'rate_limited'],
});
