import {code, idParam, money, page, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Refunds and disputes';

const disputeState = z.enum(['open', 'submitted', 'won', 'lost']);

const summary = {
  dispute_id: code,
  order_id: code,
  state: disputeState,
  reason: z.string(),
  amount: money,
  due_by: time.nullable(),
  opened_at: time,
  submitted_at: time.nullable(),
  closed_at: time.nullable(),
};

const goods = z.array(z.object({name: z.string(), qty: z.int()}));

const evidence = z
  .object({
    number: z.string(),
    placed_at: time,
    lines: goods,
    parcels: z.array(
      z.object({
        carrier: z.string().nullable(),
        tracking_number: z.string().nullable(),
        handed_over_at: time.nullable(),
        delivered_at: time.nullable(),
        tracking: z.array(z.object({status: z.string(), at: time})),
        items: goods,
      }),
    ),
    scans: z.array(z.object({kind: z.string(), at: time})),
    messages: z.array(z.object({template: z.string(), sent_at: time})),
  })
  .openapi('Evidence', {description: 'what the bank was told, or would be told now, without what is personal'});

export const listDisputes = operation({
  id: 'listDisputes',
  method: 'get',
  path: '/v1/disputes',
  tag,
  summary: 'Disputes of all orders, newest first',
  query: z.strictObject({state: disputeState.optional(), ...page}),
  answers: {200: z.array(z.object(summary).openapi('Dispute'))},
});

export const getDispute = operation({
  id: 'getDispute',
  method: 'get',
  path: '/v1/disputes/{id}',
  tag,
  summary: 'A dispute with its evidence',
  params: idParam,
  answers: {200: z.object({...summary, evidence, label: z.string().nullable()}).openapi('DisputeDetails')},
  problems: ['not_found'],
});
