import {CODE_STATUSES} from '../../domain/shipping/carrier-codes.ts';
import {code, givenTime, idParam, page, text, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const carrier = z
  .object({
    carrier: code,
    /** closed: asked for labels; open: routed around; half_open: one parcel finds out whether it is back */
    state: z.enum(['closed', 'open', 'half_open']),
    /** purchases that failed since it was last well */
    failures: z.int(),
    opened_at: time.nullable(),
    /** open: when a parcel may find out; half_open: until when that parcel has the word */
    probe_at: time.nullable(),
    probes_failed: z.int(),
    /** false: switched off by a person */
    active: z.boolean(),
    reason: z.string().nullable(),
    until: time.nullable(),
  })
  .openapi('Carrier');

export const listCarriers = operation({
  id: 'listCarriers',
  method: 'get',
  path: '/v1/carriers',
  tag: 'Warehouse',
  summary:
    'Every carrier that ever offered to take a parcel: is it asked for labels, and if not, since when and until when',
  answers: {200: z.object({carriers: z.array(carrier)}).openapi('Carriers')},
  problems: [],
});

export const switchCarrier = operation({
  id: 'switchCarrier',
  method: 'post',
  path: '/v1/carriers/{id}/switch',
  tag: 'Warehouse',
  summary:
    'Stops asking a carrier for labels, with a reason and perhaps until when; or asks it again, as if nothing had been',
  params: idParam,
  body: z
    .strictObject({active: z.boolean(), reason: text(200), until: givenTime.optional()})
    .openapi('CarrierSwitchInput'),
  answers: {200: carrier},
  problems: ['not_found'],
});

const reason = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be a word like customs_delay')
  .openapi({example: 'customs_delay', description: 'what is in the way of the parcel'});

const codeInput = z
  .strictObject({carrier: code, code, status: z.enum(CODE_STATUSES).optional(), reason: reason.optional()})
  .refine(({status, reason: why}) => status !== undefined || why !== undefined, 'must have a status, a reason or both');

const words = {statuses: z.array(z.string()), reasons: z.array(z.string())};
const codeRow = z
  .object({carrier: code, code, ...words, told_by: z.string(), updated_at: time})
  .openapi('CarrierCode', {description: 'more than one status: ambiguous, and nothing is read by it'});

export const putCarrierCodes = operation({
  id: 'putCarrierCodes',
  method: 'put',
  path: '/v1/carrier-codes',
  tag: 'Warehouse',
  summary:
    'What codes of carriers mean; words of trackers that nobody could read are applied then. Of a code given twice with different statuses nothing is guessed',
  body: z
    .strictObject({
      codes: z.array(codeInput).min(1).max(2_000),
      replace: z.boolean().default(true).openapi({description: 'false: what is written down already stays'}),
    })
    .openapi('CarrierCodesInput'),
  answers: {
    200: z
      .object({codes: z.int(), ambiguous: z.array(z.object({carrier: code, code, statuses: words.statuses}))})
      .openapi('CarrierCodesPut'),
  },
  problems: [],
});

export const listCarrierCodes = operation({
  id: 'listCarrierCodes',
  method: 'get',
  path: '/v1/carrier-codes',
  tag: 'Warehouse',
  summary: 'What is written down of the codes of carriers',
  query: z.object({carrier: code.optional(), ...page}),
  answers: {200: z.object({codes: z.array(codeRow)}).openapi('CarrierCodes')},
  problems: ['invalid_parameter'],
});

export const listUnreadCodes = operation({
  id: 'listUnreadCodes',
  method: 'get',
  path: '/v1/carrier-codes/unread',
  tag: 'Warehouse',
  summary:
    'Codes that trackers said and nobody can read: unknown or ambiguous. They moved nothing, and wait for a person',
  answers: {
    200: z
      .object({
        codes: z.array(
          z.object({
            carrier: code,
            code,
            why: z.enum(['unknown', 'ambiguous']),
            ...words,
            words: z.int(),
            since: time,
            parcels: z.array(code).openapi({description: 'the newest five'}),
          }),
        ),
      })
      .openapi('UnreadCodes'),
  },
  problems: [],
});
