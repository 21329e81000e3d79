import {code, idParam, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Warehouse';

const manifest = z
  .object({
    manifest_id: code,
    warehouse: code,
    carrier: z.string(),
    day: z.string().openapi({description: "of the warehouse's calendar", example: '2026-05-06'}),
    state: z.enum(['open', 'asked', 'made', 'failed']).openapi({
      description:
        'open: to be asked for. asked: the platform is at it, or was not heard. failed: its parcels are free',
    }),
    form_url: z.string().nullable().openapi({description: 'the form for the driver, once it is made'}),
    failure: z.string().nullable(),
    created_at: time,
    made_at: time.nullable(),
    parcels: z.array(
      z.object({
        parcel_id: code,
        order_id: code,
        tracking_number: z.string().nullable(),
        voided: z.boolean().openapi({description: 'on the form, and not to be handed over: tell the driver'}),
      }),
    ),
  })
  .openapi('Manifest');

export const createManifest = operation({
  id: 'createManifest',
  method: 'post',
  path: '/v1/warehouses/{id}/manifests',
  tag,
  summary: "Wants one form for all of a carrier's labelled parcels that are here and on none yet",
  params: idParam,
  body: z.strictObject({carrier: code}).openapi('ManifestInput'),
  repeats: 'key-required',
  answers: {200: manifest},
  problems: ['not_found', 'forbidden', 'nothing_to_manifest', 'idempotency_key_missing', 'idempotency_key_reused'],
});

export const listManifests = operation({
  id: 'listManifests',
  method: 'get',
  path: '/v1/warehouses/{id}/manifests',
  tag,
  summary: 'Manifests of a warehouse with their parcels, newest first',
  params: idParam,
  query: z.strictObject({limit: z.coerce.number().int().min(1).max(100).default(20)}),
  answers: {200: z.array(manifest)},
  problems: ['not_found', 'forbidden'],
});
