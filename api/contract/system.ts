import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Service';
const received = z.object({received: z.literal(true)});

export const healthz = operation({
  id: 'healthz',
  method: 'get',
  path: '/healthz',
  tag,
  summary: 'The process lives',
  answers: {200: z.object({status: z.literal('ok')})},
});

export const readyz = operation({
  id: 'readyz',
  method: 'get',
  path: '/readyz',
  tag,
  summary: 'Database and Temporal answer, and the process is not stopping',
  answers: {200: z.object({status: z.literal('ready')})},
  problems: ['unavailable'],
});

export const metrics = operation({
  id: 'metrics',
  method: 'get',
  path: '/metrics',
  tag,
  summary: 'Prometheus metrics: without a key only straight from the same machine',
  answers: {200: 'text/plain'},
});

export const openApi = operation({
  id: 'openApi',
  method: 'get',
  path: '/openapi.json',
  tag,
  summary: 'This document',
  answers: {200: z.object({openapi: z.string()}).loose()},
});

export const stripeWebhook = operation({
  id: 'stripeWebhook',
  method: 'post',
  path: '/v1/webhooks/stripe',
  tag,
  summary: 'Events of the payment provider, signed in `Stripe-Signature`',
  repeats: 'none',
  answers: {200: received},
  problems: ['invalid_signature'],
});

export const easypostWebhook = operation({
  id: 'easypostWebhook',
  method: 'post',
  path: '/v1/webhooks/easypost',
  tag,
  summary: 'Events of the carrier platform, signed in `X-Hmac-Signature`',
  repeats: 'none',
  answers: {200: received},
  problems: ['invalid_signature'],
});
