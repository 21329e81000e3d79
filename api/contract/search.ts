import {FOUND_BY} from '../../domain/search/found-by.ts';
import {code, money, text, time} from './common.ts';
import {operation} from './operation.ts';
import {status, waitingOn} from './order-answers.ts';
import {z} from './z.ts';

const found = z
  .object({
    order_id: code,
    number: z.string(),
    status,
    waiting_on: waitingOn,
    total: money,
    placed_at: time,
    name: z.string().nullable(),
    city: z.string().nullable(),
    found_by: z.array(z.object({kind: z.enum(FOUND_BY), likeness: z.enum(['same', 'similar', 'sounds', 'part'])})),
  })
  .openapi('FoundOrder');

export const searchResult = z.object({results: z.array(found), more: z.boolean()}).openapi('SearchResult');

export const searchOrders = operation({
  id: 'searchOrders',
  method: 'get',
  path: '/v1/search',
  tag: 'Support',
  summary:
    'Orders by anything a caller can say: number, tracking number, e-mail, telephone, name (also misspelt), postal code with house number; the surest first',
  query: z.strictObject({q: text(200, {code: true})}),
  answers: {200: searchResult},
  problems: ['rate_limited'],
});
