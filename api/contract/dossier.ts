import {AFTER_WAITS} from '../../domain/order/after-wait.ts';
import {WAITING_NAMES} from '../../domain/order/waiting.ts';
import {code, givenTime, idParam, money, sla, time} from './common.ts';
import {operation} from './operation.ts';
import {order, status} from './order-answers.ts';
import {shipTo} from './orders.ts';
import {returned} from './returns.ts';
import {z} from './z.ts';

const tag = 'Support';

const wait = z
  .object({
    name: z.enum(WAITING_NAMES),
    since: time,
    deadline: time.nullable(),
    owner: z.string().nullable(),
    after: z.enum(AFTER_WAITS).nullable().openapi({description: 'what happens by itself at the deadline'}),
  })
  .nullable();

const partMoney = z.object({sub_order_id: code, held: money, charged: money, to_be_charged: money, refunded: money});

const line = order.shape.lines.element.extend({name: z.string(), unit_price: money, total: money});

export const dossier = order
  .omit({waiting_on: true})
  .extend({
    version: z.int().openapi({description: 'send it back as `If-Match` with what you change'}),
    lines: z.array(line),
    waiting: wait,
    hold: z.object({since: time, until: time.nullable(), reason: z.string().nullable()}).nullable(),
    cancel_reason: z.string().nullable(),
    channel: z.string(),
    customer: z
      .object({name: z.string(), email: z.string(), phone: z.string().nullable(), locale: z.string().nullable()})
      .nullable(),
    ship_to: shipTo.nullable(),
    money: z.object({
      held: money,
      charged: money,
      to_be_charged: money,
      refunded: money,
      disputed: money,
      sub_orders: z.array(partMoney),
    }),
    refundable: z
      .object({
        possible: money,
        possible_shipping: money,
        possible_lines: z.array(z.object({line_id: code, qty: z.int()})),
      })
      .nullable(),
    returns: z.array(returned),
    stock: z.array(
      z.object({line_id: code, sub_order_id: code.nullable(), warehouse: code, sku: z.string(), qty: z.int()}),
    ),
    messages: z.array(
      z.object({
        message_id: code,
        template: z.string(),
        channel: z.string(),
        state: z.string(),
        created_at: time,
        due_at: time.nullable().openapi({
          description:
            'not before: texts wait until those they are for are awake, mails for others that are told with them',
        }),
        sent_at: time.nullable(),
        told_by: code.nullable().openapi({description: 'the message whose mail tells this one too'}),
        reason: z.string().nullable().openapi({
          description:
            'why it was not sent: unwanted, no_phone, bad_phone, overtaken, too_late, erased, or the code of the provider that refused it (refused_21610)',
        }),
        delivery: z
          .string()
          .nullable()
          .openapi({description: 'of a text: the last word of the provider, such as delivered or undelivered_30005'}),
        resent: z
          .object({by: z.string(), reason: z.string(), corrected: z.boolean()})
          .nullable()
          .openapi({description: 'it was sent again by somebody; corrected: to another address than the customer’s'}),
      }),
    ),
    changes: z.array(
      z.object({
        change_id: code,
        kind: z.string(),
        state: z.string(),
        actor: z.string(),
        role: z.string(),
        reason: z.string(),
        created_at: time,
        decided_at: time.nullable(),
      }),
    ),
    fraud: z.object({score: z.number(), verdict: z.string(), parts: z.unknown(), reasons: z.unknown()}).nullable(),
    review: z
      .object({
        review_id: code,
        state: z.string(),
        opened_at: time,
        deadline: time,
        owner: z.string(),
        decided_by: z.string().nullable(),
        note: z.string().nullable(),
      })
      .nullable(),
    stuck: z.array(z.object({step: z.string(), code: z.string(), since: time, sub_order_id: code.nullable()})),
    decisions: z.array(z.object({decision_id: code, kind: z.string(), policy_version: z.int(), at: time})),
    customer_orders: z.array(z.object({order_id: code, number: z.string(), status, total: money, placed_at: time})),
    run_url: z.string().nullable().openapi({description: "the order's run in the Temporal UI"}),
  })
  .openapi('Dossier');

export const getDossier = operation({
  id: 'getDossier',
  method: 'get',
  path: '/v1/orders/{id}/dossier',
  tag,
  summary: 'Everything of one order at once: what it waits for and what happens then, money, stock, parcels, messages',
  params: idParam,
  answers: {200: dossier},
  problems: ['not_found'],
});

const step = z
  .object({
    seq: z.int(),
    at: time,
    type: z.string(),
    sub_order_id: code.nullable(),
    actor: z.string(),
    role: z.string(),
    note: z.string().nullable(),
    changed: z.array(z.object({what: z.string(), from: z.unknown(), to: z.unknown()})),
  })
  .openapi('OrderStep');

export const timeline = z.object({version: z.int(), steps: z.array(step)}).openapi('Timeline');

export const getTimeline = operation({
  id: 'getTimeline',
  method: 'get',
  path: '/v1/orders/{id}/timeline',
  tag,
  summary: 'Every step of an order, oldest first: who made it, why, and what was different afterwards',
  params: idParam,
  query: z.strictObject({after: z.coerce.number().int().min(0).optional()}),
  answers: {200: timeline},
  problems: ['not_found'],
});

export const moment = z
  .object({
    seq: z.int(),
    at: time,
    last_seq: z.int(),
    order: z
      .object({status, waiting_on: z.string().nullable(), total_amount: z.int(), delivery_sla: sla})
      .catchall(z.unknown()),
    sub_orders: z.array(z.object({sub_order_id: code, stage: z.string()})),
    lines: z.array(z.object({line_id: code, sku: z.string(), qty: z.int(), cancelled: z.int()})),
    money: z.object({held: money, captured: money, refunded: money}),
    step,
  })
  .openapi('OrderMoment');

export const getMoment = operation({
  id: 'getMoment',
  method: 'get',
  path: '/v1/orders/{id}/at',
  tag,
  summary: 'The order as it was after its event `seq`, or at the time `at`',
  params: idParam,
  query: z
    .strictObject({seq: z.coerce.number().int().min(1).optional(), at: givenTime.optional()})
    .refine(({seq, at}) => (seq === undefined) !== (at === undefined), 'name `seq` or `at`'),
  answers: {200: moment},
  problems: ['not_found'],
});
