import {country, idParam, text, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Support';

const check = z
  .object({
    verdict: z.enum(['verified', 'corrected', 'unverifiable', 'unchecked', 'accepted']).nullable().openapi({
      description:
        'null: nobody asked yet. unverifiable: no carrier knows it, and the order waits. unchecked: the platform did not answer. accepted: a person says it is right',
    }),
    codes: z.array(z.string()).openapi({description: "the platform's, why not"}),
    judged_at: time.nullable(),
    corrected: z
      .object({
        line1: z.string(),
        line2: z.string().optional(),
        city: z.string(),
        region: z.string().optional(),
        postal_code: z.string().optional(),
        country,
      })
      .nullable()
      .openapi({description: 'as the carriers write it, and as it stands on the label'}),
  })
  .openapi('AddressCheck');

export const getAddressCheck = operation({
  id: 'getAddressCheck',
  method: 'get',
  path: '/v1/orders/{id}/address-check',
  tag,
  summary: "What the carriers' platform says of the address the order goes to",
  params: idParam,
  answers: {200: check},
  problems: ['not_found'],
});

export const acceptAddress = operation({
  id: 'acceptAddress',
  method: 'post',
  path: '/v1/orders/{id}/address-check/accept',
  tag,
  summary: 'The address is right although no carrier knows it: labels are bought for it as it was typed',
  params: idParam,
  body: z.strictObject({note: text(200)}).openapi('AcceptAddressInput'),
  repeats: 'key-required',
  answers: {200: check},
  problems: ['not_found', 'address_not_awaited', 'idempotency_key_missing', 'idempotency_key_reused'],
});
