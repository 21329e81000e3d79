import {changeBody} from './changes.ts';
import {code, idParam, text} from './common.ts';
import {resendBody} from './messages.ts';
import {operation} from './operation.ts';
import {cancelBody} from './orders.ts';
import {refundBody} from './refunds.ts';
import {z} from './z.ts';

const note = text(200);

/** One act on an order, with the body that its own call takes. */
export const previewBody = z
  .strictObject({
    cancel: cancelBody.optional(),
    change: changeBody.optional(),
    refund: refundBody.optional(),
    review: z.strictObject({decision: z.enum(['approve', 'reject']), note}).optional(),
    return: z.strictObject({return_id: code, decision: z.enum(['approve', 'refuse']), note}).optional(),
    resume: z.strictObject({note}).optional(),
    resend: resendBody.extend({message_id: code}).optional(),
  })
  .refine((body) => Object.values(body).filter((act) => act !== undefined).length === 1, 'name one act')
  .openapi('PreviewInput', {description: 'one of them, with what its own call takes'});

export const previewOrder = operation({
  id: 'previewOrder',
  method: 'post',
  path: '/v1/orders/{id}/preview',
  tag: 'Support',
  summary: 'What would come of an act, from the very steps that would do it; nothing is changed',
  params: idParam,
  body: previewBody,
  repeats: 'none',
  answers: {
    200: z
      .object({
        version: z.int().openapi({description: 'send it as `If-Match` with the act itself'}),
        possible: z.boolean(),
        refused: z.array(z.object({code: z.string(), possible: z.string()}).catchall(z.unknown())),
        consequences: z
          .array(z.object({kind: z.string()}).catchall(z.unknown()))
          .openapi({description: 'facts: amounts in minor units of the order'}),
        undo: z
          .enum(['hold', 'release', 'quantity', 'address'])
          .nullable()
          .openapi({description: 'what would take it back; null: nothing does'}),
      })
      .openapi('Preview'),
  },
  problems: ['not_found', 'invalid_request'],
});
