import {INSTEAD} from '../../domain/shipping/pickup.ts';
import {code, idParam, money, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Warehouse';
const day = z.iso.date().openapi({description: "of the warehouse's calendar", example: '2026-05-06'});

const pickup = z
  .object({
    pickup_id: code,
    warehouse: code,
    carrier: z.string(),
    day,
    from: time,
    until: time,
    state: z.enum(['wanted', 'booked', 'cancelling', 'cancelled', 'refused']).openapi({
      description: 'wanted: being booked, or booked anew. cancelling: being called off. refused: nobody comes',
    }),
    parcels: z.int().nullable().openapi({description: 'the driver was told of so many; null: nobody comes'}),
    confirmation: z.string().nullable().openapi({description: "the carrier's number for it"}),
    cost: money.nullable(),
    failure: z.string().nullable().openapi({description: 'why it was not booked, not booked anew, or not called off'}),
    instead: z.array(z.enum(INSTEAD)).openapi({
      description: 'what helps then: another day, bringing the parcels to its counter, calling the carrier, asking ops',
    }),
    booked_at: time.nullable(),
  })
  .openapi('Pickup');

export const createPickup = operation({
  id: 'createPickup',
  method: 'post',
  path: '/v1/warehouses/{id}/pickups',
  tag,
  summary: 'Wants a driver of a carrier to come, once a day; asked again with more parcels ready it is booked anew',
  params: idParam,
  body: z
    .strictObject({carrier: code, day: day.optional().openapi({description: 'by default the first that is possible'})})
    .openapi('PickupInput'),
  repeats: 'key-required',
  answers: {200: pickup},
  problems: [
    'not_found',
    'forbidden',
    'nothing_to_fetch',
    'no_pickup_then',
    'idempotency_key_missing',
    'idempotency_key_reused',
  ],
});

export const listPickups = operation({
  id: 'listPickups',
  method: 'get',
  path: '/v1/warehouses/{id}/pickups',
  tag,
  summary: 'Pickups of a warehouse, the latest day first',
  params: idParam,
  query: z.strictObject({limit: z.coerce.number().int().min(1).max(100).default(20)}),
  answers: {200: z.array(pickup)},
  problems: ['not_found', 'forbidden'],
});

export const cancelPickup = operation({
  id: 'cancelPickup',
  method: 'post',
  path: '/v1/pickups/{id}/cancel',
  tag,
  summary: 'Calls a driver off',
  params: idParam,
  answers: {200: pickup},
  problems: ['not_found', 'forbidden', 'pickup_over'],
});

export const getCollection = operation({
  id: 'getCollection',
  method: 'get',
  path: '/v1/warehouses/{id}/collection',
  tag,
  summary: 'What each carrier has to fetch here, what is on no manifest yet, and who was asked to come',
  params: idParam,
  answers: {
    200: z
      .array(
        z.object({
          carrier: z.string(),
          parcels: z.int().openapi({description: 'labelled, and still here'}),
          weight_g: z.int(),
          unlisted: z.int().openapi({description: 'of these on no manifest'}),
          pickups: z.array(pickup).openapi({description: 'whose time is not over, the first day first'}),
        }),
      )
      .openapi('Collection'),
  },
  problems: ['not_found', 'forbidden'],
});
