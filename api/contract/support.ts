import {code, idParam, money, page, text, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Support';

export const review = z
  .object({
    review_id: code,
    order_id: code,
    number: z.string(),
    total: money,
    state: z.string(),
    score: z.number(),
    reasons: z.unknown(),
    opened_at: time,
    deadline: time,
    owner: z.string(),
    escalated_at: time.nullable(),
    decided_at: time.nullable(),
    decided_by: z.string().nullable(),
    note: z.string().nullable(),
  })
  .openapi('Review');

export const listedReview = review
  .extend({name: z.string().nullable().openapi({description: 'whose order it is; null when they were erased'})})
  .openapi('ListedReview');

export const listReviews = operation({
  id: 'listReviews',
  method: 'get',
  path: '/v1/reviews',
  tag,
  summary: 'Orders a person has to look at, the most urgent first',
  query: z.strictObject({
    state: z.enum(['open', 'approved', 'rejected']).optional(),
    escalated: z
      .enum(['true', 'false'])
      .transform((value) => value === 'true')
      .optional(),
    ...page,
  }),
  answers: {200: z.array(listedReview)},
});

export const decideReview = operation({
  id: 'decideReview',
  method: 'post',
  path: '/v1/reviews/{id}',
  tag,
  summary: 'Approves or rejects an order under review',
  params: idParam,
  body: z.strictObject({decision: z.enum(['approve', 'reject']), note: text(200)}).openapi('ReviewInput'),
  repeats: 'key-required',
  answers: {200: review},
  problems: ['not_found', 'already_decided', 'idempotency_key_missing', 'idempotency_key_reused'],
});
