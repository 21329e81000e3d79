import {CHANNELS, MESSAGE_KINDS} from '../../domain/messages/templates.ts';
import {code, idParam, text} from './common.ts';
import {operation} from './operation.ts';
import {EMAIL} from './orders.ts';
import {z} from './z.ts';

const channel = z.enum(CHANNELS);
const kind = z.enum(MESSAGE_KINDS);

const preferences = z
  .object({
    locale: z.string().nullable(),
    phone_known: z.boolean().openapi({description: 'false: no texts, whatever was chosen'}),
    preferences: z.array(
      z.object({
        kind,
        channel,
        wanted: z.boolean(),
        mandatory: z.boolean().openapi({description: 'cannot be switched off'}),
      }),
    ),
  })
  .openapi('MessagePreferences');

const choices = z
  .strictObject({
    preferences: z
      .array(z.strictObject({kind, channel, wanted: z.boolean()}))
      .min(1)
      .max(50),
  })
  .openapi('MessagePreferencesInput', {description: 'what is not named stays as it is'});

const token = z.object({token: z.string().max(200)});

const read = {answers: {200: preferences}, problems: ['not_found']};
const write = {body: choices, answers: {200: preferences}, problems: ['not_found', 'invalid_request']};

export const getPreferences = operation({
  id: 'getPreferences',
  method: 'get',
  path: '/v1/orders/{id}/preferences',
  tag: 'Support',
  summary: "What the order's customer is told, and by which way",
  params: idParam,
  ...read,
});

export const putPreferences = operation({
  id: 'putPreferences',
  method: 'put',
  path: '/v1/orders/{id}/preferences',
  tag: 'Support',
  summary: "Changes what the order's customer is told, as they asked for",
  params: idParam,
  ...write,
});

export const resendBody = z
  .strictObject({
    to: text(200).regex(EMAIL, 'must be an e-mail address').optional().openapi({
      description: 'another address than the customer’s; it is kept sealed, and the customer’s stays as it is',
    }),
    reason: text(200),
  })
  .openapi('ResendInput');

export const resendMessage = operation({
  id: 'resendMessage',
  method: 'post',
  path: '/v1/orders/{id}/messages/{message}/resend',
  tag: 'Support',
  summary: 'Sends a mail of the order again, to its customer or to an address they said; each request once',
  params: z.object({id: code, message: code}),
  body: resendBody,
  repeats: 'key-required',
  answers: {202: z.object({resend_id: code, template: z.string()}).openapi('Resend')},
  problems: ['not_found', 'not_resent', 'invalid_request', 'idempotency_key_missing'],
});

export const getTrackPreferences = operation({
  id: 'getTrackPreferences',
  method: 'get',
  path: '/v1/track/{token}/preferences',
  tag: 'Customer',
  summary: 'What the customer behind the link is told, and by which way',
  params: token,
  ...read,
});

export const putTrackPreferences = operation({
  id: 'putTrackPreferences',
  method: 'put',
  path: '/v1/track/{token}/preferences',
  tag: 'Customer',
  summary: 'The customer chooses what they are told, and by which way',
  params: token,
  ...write,
});
