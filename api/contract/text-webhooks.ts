import {code} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Service';

export const textInbound = operation({
  id: 'textInbound',
  method: 'post',
  path: '/v1/webhooks/twilio',
  tag,
  summary: 'What customers write to our number (STOP, START), signed in `X-Twilio-Signature`',
  repeats: 'none',
  answers: {200: 'text/xml'},
  problems: ['invalid_signature'],
});

export const textStatus = operation({
  id: 'textStatus',
  method: 'post',
  path: '/v1/webhooks/twilio/{message_id}',
  tag,
  summary: 'How far a text of ours has got, signed in `X-Twilio-Signature`',
  params: z.object({message_id: code}),
  repeats: 'none',
  answers: {200: 'text/xml'},
  problems: ['invalid_signature'],
});
