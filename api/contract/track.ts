import {money, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const item = z.object({sku: z.string(), name: z.string(), qty: z.int()});

const shipment = z
  .object({
    position: z.int(),
    stage: z.string(),
    items: z.array(item),
    parcels: z.array(
      z.object({
        carrier: z.string().nullable(),
        service: z.string().nullable(),
        tracking_number: z.string().nullable(),
        status: z.string(),
        status_at: time.nullable(),
        eta_from: time.nullable(),
        eta_to: time.nullable(),
      }),
    ),
    estimated_delivery: time.nullable(),
    money: z.object({held: money, charged: money, to_be_charged: money}),
  })
  .openapi('TrackedShipment');

export const trackOrder = operation({
  id: 'trackOrder',
  method: 'get',
  path: '/v1/track/{token}',
  tag: 'Customer',
  summary: "The customer's view of one order with all its shipments",
  params: z.object({token: z.string().max(200)}),
  answers: {
    200: z
      .object({
        number: z.string(),
        status: z.string(),
        waiting_on: z.object({name: z.string(), since: time, deadline: time.nullable()}).nullable(),
        placed_at: time,
        payment_action: z
          .object({client_secret: z.string().nullable()})
          .nullable()
          .openapi({description: 'the payer can act: `client_secret` is for the bank’s question, where it asks one'}),
        total: money,
        payment: z.object({held: money, charged: money, refunded: money}),
        unassigned: z.array(item),
        shipments: z.array(shipment),
        returns: z
          .array(
            z.object({
              return_id: z.string(),
              state: z.string(),
              resolution: z.string(),
              items: z.array(item),
              label_url: z.string().nullable(),
              tracking_number: z.string().nullable(),
              send_by: time.nullable(),
              refund: money.nullable(),
            }),
          )
          .optional(),
      })
      .openapi('Tracking'),
  },
  problems: ['not_found'],
});
