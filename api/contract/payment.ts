import {idParam} from './common.ts';
import {operation} from './operation.ts';
import {placed} from './order-answers.ts';
import {paymentMethod} from './orders.ts';
import {z} from './z.ts';

export const payOrder = operation({
  id: 'payOrder',
  method: 'post',
  path: '/v1/orders/{id}/payment',
  tag: 'Orders',
  summary: 'Another payment method for an order that waits for its payment; answered as the order itself',
  params: idParam,
  body: z.strictObject({payment_method: paymentMethod}).openapi('PaymentInput'),
  repeats: 'key-required',
  answers: {201: placed, 202: placed},
  problems: [
    'not_found',
    'payment_declined',
    'payment_not_awaited',
    'out_of_stock',
    'order_cancelled',
    'idempotency_key_missing',
    'idempotency_key_reused',
  ],
});
