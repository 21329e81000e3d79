import {code, givenTime, idParam, text, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

export const switchWarehouse = operation({
  id: 'switchWarehouse',
  method: 'post',
  path: '/v1/warehouses/{id}/switch',
  tag: 'Warehouse',
  summary:
    'Switches a site off, with a reason and perhaps until when, or on again; `preview` only tells what would move',
  params: idParam,
  body: z
    .strictObject({
      active: z.boolean(),
      reason: text(200),
      until: givenTime.optional(),
      preview: z.boolean().default(false),
    })
    .openapi('SwitchInput'),
  answers: {
    200: z
      .object({
        warehouse: code,
        active: z.boolean(),
        reason: z.string().nullable(),
        until: time.nullable(),
        /** sub-orders of which nobody has begun to pick: these are moved while the site is off */
        open_work: z.array(z.object({order_id: code, sub_order_id: code, units: z.int()})),
      })
      .openapi('SwitchResult'),
  },
  problems: ['not_found'],
});
