import {money, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const item = z.object({sku: z.string(), name: z.string(), qty: z.int()});
const point = {lat: z.number(), lng: z.number()};
const town = z
  .object({city: z.string(), country: z.string(), ...point})
  .openapi('Town', {description: 'a town, never a door'});

const parcel = z.object({
  carrier: z.string().nullable(),
  service: z.string().nullable(),
  tracking_number: z.string().nullable(),
  status: z.string(),
  status_at: time.nullable(),
  eta_from: time.nullable(),
  eta_to: time.nullable(),
  events: z
    .array(z.object({at: time, status: z.string(), city: z.string().nullable(), country: z.string().nullable()}))
    .openapi({description: 'what the tracker said, newest first'}),
  at: z
    .object({...point, exact: z.boolean()})
    .nullable()
    .openapi({description: 'where it is as well as is known; `exact`: it was seen there'}),
});

const refused = z.object({code: z.string(), possible: z.string()}).nullable();

const line = z
  .object({
    line_id: z.string(),
    sku: z.string(),
    name: z.string(),
    qty: z.int(),
    cancelled: z.int(),
    delivered: z.int(),
    returned: z.int(),
    amount: money,
    cancel: z.object({qty: z.int(), refused}),
    return: z.object({qty: z.int(), until: time.nullable(), code: z.string().nullable()}),
    backorder: z.object({qty: z.int(), until: time.nullable(), kept: z.boolean()}).nullable(),
  })
  .openapi('TrackedLine', {description: 'with how many units of it can be cancelled and sent back now'});

const shipment = z
  .object({
    position: z.int(),
    stage: z.string(),
    items: z.array(item),
    parcels: z.array(parcel),
    from: town.nullable(),
    estimated_delivery: time.nullable(),
    window: z
      .object({
        from: time,
        to: time,
        basis: z.enum(['promise', 'carrier', 'out_for_delivery', 'arrived']),
        late: z.boolean(),
      })
      .nullable()
      .openapi({description: 'when it comes, as narrow as can honestly be said now, or came'}),
    delay: z
      .object({
        until: time.nullable().openapi({description: 'null: nobody knows a day'}),
        answer: z.string().nullable(),
      })
      .nullable(),
    money: z.object({held: money, charged: money, to_be_charged: money}),
  })
  .openapi('TrackedShipment');

const tracking = z
  .object({
    number: z.string(),
    status: z.string(),
    waiting_on: z.object({name: z.string(), since: time, deadline: time.nullable()}).nullable(),
    placed_at: time,
    locale: z.string().nullable(),
    timezone: z.string(),
    destination: town.nullable(),
    payment_action: z
      .object({client_secret: z.string().nullable()})
      .nullable()
      .openapi({description: 'the payer can act: `client_secret` is for the bank’s question, where it asks one'}),
    total: money,
    payment: z.object({held: money, charged: money, refunded: money}),
    lines: z.array(line),
    actions: z.object({
      cancel: z.object({possible: z.boolean(), whole: z.boolean()}),
      address: z.object({possible: z.boolean(), refused}),
    }),
    unassigned: z.array(item),
    shipments: z.array(shipment),
    documents: z.array(
      z.object({
        kind: z.enum(['receipt', 'credit_note']),
        number: z.string(),
        position: z.int().nullable(),
        amount: money,
        made_at: time,
        url: z.string(),
      }),
    ),
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
          expected: money,
          refund: money.nullable(),
        }),
      )
      .optional(),
  })
  .openapi('Tracking');

/** What the page of the customer shows. */
export type Tracking = z.output<typeof tracking>;

export const trackOrder = operation({
  id: 'trackOrder',
  method: 'get',
  path: '/v1/track/{token}',
  tag: 'Customer',
  summary: "The customer's view of one order with all its shipments",
  params: z.object({token: z.string().max(200)}),
  answers: {
    200: tracking,
  },
  problems: ['not_found', 'rate_limited'],
});
