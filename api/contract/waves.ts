import {WAVE_KINDS, WAVE_RULES} from '../../domain/picking/wave-rules.ts';
import {SLAS} from '../../domain/policy/policy.ts';
import {code, idParam, time} from './common.ts';
import {operation} from './operation.ts';
import {stop} from './warehouse.ts';
import {z} from './z.ts';

const tag = 'Warehouse';
const kind = z.enum(WAVE_KINDS).openapi({
  description: 'single: a tour for each order; batch: several orders on one cart; zone: the same in each zone',
});
const totes = z.int().min(1).max(100).openapi({description: 'orders that one cart has totes for'});
const DAY = 86_400;

const terms = z.strictObject({
  rule: z.enum(WAVE_RULES).openapi({description: 'immediate: every task for itself at once, without waves'}),
  kind: kind.default('batch'),
  totes: totes.default(8),
  lead_seconds: z.int().min(0).max(DAY).default(5_400).openapi({description: 'before the cut-off, or the carrier'}),
  pickups: z
    .array(z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be a time of day like 14:00'))
    .max(20)
    .default([])
    .openapi({description: 'when carriers come, by the clocks of the warehouse'}),
  urgent: z.array(z.enum(SLAS)).max(SLAS.length).default(['SAME_DAY']),
  max_wait_seconds: z.int().min(0).max(DAY).default(3_600).openapi({description: 'nothing waits longer for its wave'}),
});

export const putWaveTerms = operation({
  id: 'putWaveTerms',
  method: 'put',
  path: '/v1/warehouses/{id}/wave-terms',
  tag,
  summary: 'By what rule pick tasks are released in waves',
  params: idParam,
  body: terms.openapi('WaveTermsInput'),
  answers: {200: terms.openapi('WaveTerms')},
  problems: ['not_found', 'forbidden'],
});

export const getWaveTerms = operation({
  id: 'getWaveTerms',
  method: 'get',
  path: '/v1/warehouses/{id}/wave-terms',
  tag,
  summary: 'By what rule pick tasks are released in waves',
  params: idParam,
  answers: {200: terms.openapi('WaveTerms')},
  problems: ['not_found', 'forbidden'],
});

const tourStop = stop.extend({
  task_id: code,
  number: z.string().openapi({description: 'of the order'}),
  tote: z.string(),
});

const tour = z.object({
  tour_id: code,
  position: z.int().openapi({description: 'in its wave'}),
  zone: z.string().nullable(),
  state: z.enum(['open', 'done']),
  claimed_by: z.string().nullable(),
  holder: z.string().nullable().openapi({description: 'name of the person who has it'}),
  lease_until: time.nullable(),
  walk_mm: z.int().nullable().openapi({description: 'from the depot past all stops and back'}),
  orders: z.int(),
  units: z.int(),
  picked: z.int(),
  short: z.int(),
  stops: z.array(tourStop),
});

const wave = z
  .object({
    wave_id: code,
    warehouse: code,
    kind: z.string(),
    rule: z.string(),
    state: z.enum(['released', 'paused', 'done']),
    made_by: z.string(),
    created_at: time,
    tours: z.array(tour),
  })
  .openapi('Wave');

export const createWave = operation({
  id: 'createWave',
  method: 'post',
  path: '/v1/warehouses/{id}/waves',
  tag,
  summary: 'Releases what waits, or the tasks named, as a wave; `wave_id` is null when nothing waits',
  params: idParam,
  body: z
    .strictObject({
      kind: kind.default('batch'),
      totes: totes.default(8),
      tasks: z.array(code).min(1).max(500).optional(),
    })
    .openapi('WaveInput'),
  answers: {200: z.object({wave_id: code.nullable(), tasks: z.int()}).openapi('WaveMade')},
  problems: ['not_found', 'forbidden'],
});

export const listWaves = operation({
  id: 'listWaves',
  method: 'get',
  path: '/v1/warehouses/{id}/waves',
  tag,
  summary: 'Waves, newest first, with their tours: stops in walking order, each with the tote of its order',
  params: idParam,
  query: z.strictObject({
    state: z.enum(['open', 'closed']).default('open'),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    stops: z.enum(['true', 'false']).default('true').openapi({description: 'false: tours without their stops'}),
  }),
  answers: {200: z.array(wave)},
  problems: ['not_found', 'forbidden'],
});

export const previewWave = operation({
  id: 'previewWave',
  method: 'get',
  path: '/v1/warehouses/{id}/waves/preview',
  tag,
  summary: 'What a wave released now would be, and the walk it saves against a walk for each order; changes nothing',
  params: idParam,
  query: z.strictObject({
    kind: kind.default('batch'),
    totes: z.coerce.number().int().min(1).max(100).default(8),
  }),
  answers: {
    200: z
      .object({tasks: z.int(), tours: z.int(), walk_mm: z.int().nullable(), alone_mm: z.int().nullable()})
      .openapi('WavePreview'),
  },
  problems: ['not_found', 'forbidden'],
});

export const undoWave = operation({
  id: 'undoWave',
  method: 'post',
  path: '/v1/waves/{id}/undo',
  tag,
  summary: 'Takes back what nobody has begun of a wave; its tasks wait to be released again, by hand or by the rule',
  params: idParam,
  answers: {200: z.object({wave_id: code, tasks: z.int()}).openapi('WaveUndone')},
  problems: ['not_found', 'forbidden', 'task_closed'],
});

export const getTour = operation({
  id: 'getTour',
  method: 'get',
  path: '/v1/tours/{id}',
  tag,
  summary: 'A tour with its stops in walking order, each with the tote of its order',
  params: idParam,
  answers: {200: tour.extend({wave_id: code, warehouse: code, paused: z.boolean()}).openapi('Tour')},
  problems: ['not_found', 'forbidden'],
});

export const pauseWave = operation({
  id: 'pauseWave',
  method: 'post',
  path: '/v1/waves/{id}/pause',
  tag,
  summary: 'Nobody picks of a paused wave; `paused` false lets it go on',
  params: idParam,
  body: z.strictObject({paused: z.boolean().default(true)}).openapi('PauseInput'),
  answers: {200: z.object({wave_id: code, state: z.enum(['released', 'paused'])}).openapi('WavePaused')},
  problems: ['not_found', 'forbidden', 'task_closed'],
});

export const claimTour = operation({
  id: 'claimTour',
  method: 'post',
  path: '/v1/tours/{id}/claim',
  tag,
  summary: 'Takes a tour for oneself; every scan renews the lease',
  params: idParam,
  answers: {200: z.object({tour_id: code, lease_until: time}).openapi('TourLease')},
  problems: ['not_found', 'task_held', 'task_closed'],
});

export const assignTour = operation({
  id: 'assignTour',
  method: 'post',
  path: '/v1/tours/{id}/assign',
  tag,
  summary: 'Gives a tour to somebody who picks in the warehouse, whoever holds it, or with null to whoever comes first',
  params: idParam,
  body: z
    .strictObject({
      to: code
        .nullable()
        .openapi({description: '`staff:` and the number of a person, or the client of a device, that picks here'}),
    })
    .openapi('AssignInput'),
  answers: {200: z.object({tour_id: code, claimed_by: z.string().nullable()}).openapi('TourAssigned')},
  problems: ['not_found', 'forbidden', 'task_closed', 'invalid_request'],
});
