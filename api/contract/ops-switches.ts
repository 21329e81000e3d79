import {code, givenTime, text, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Operations';

const kind = z.enum(['intake', 'messages', 'policy', 'site', 'carrier']).openapi({
  description:
    'intake: new orders (`all`); messages: what customers are sent (`all`); policy: what the service decides by itself for new orders (`auto_approval`, `auto_refunds`, `splits`); site, carrier: by their ids',
});

export const switchRow = z
  .object({
    kind,
    subject: code,
    name: z.string(),
    active: z.boolean(),
    reason: z.string().nullable(),
    until: time.nullable(),
    actor: z.string().nullable(),
    changed_at: time.nullable(),
  })
  .openapi('Switch');

const change = z.object({
  at: time,
  kind,
  subject: z.string(),
  active: z.boolean(),
  reason: z.string(),
  until: time.nullable(),
  actor: z.string(),
});

export const switches = z.object({switches: z.array(switchRow), changes: z.array(change)}).openapi('Switches');

export const listSwitches = operation({
  id: 'listSwitches',
  method: 'get',
  path: '/v1/ops/switches',
  tag,
  summary: 'Every switch in one shape: intake, messages, automations, sites, carriers; and who switched what lately',
  answers: {200: switches},
});

export const flipSwitch = operation({
  id: 'flipSwitch',
  method: 'post',
  path: '/v1/ops/switches',
  tag,
  summary: 'Switches something off, with a reason and perhaps until when, or on again',
  body: z
    .strictObject({
      kind,
      subject: code,
      active: z.boolean(),
      reason: text(200),
      until: givenTime.optional().openapi({description: 'off: then it goes on again by itself'}),
    })
    .openapi('SwitchTo'),
  answers: {200: switchRow},
  problems: ['not_found', 'invalid_request'],
});
