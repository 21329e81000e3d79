import {code, givenTime, idParam, text, time} from './common.ts';
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
