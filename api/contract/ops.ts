import {EXCEPTION_KINDS} from '../../domain/ops/exceptions.ts';
import {KPIS} from '../../domain/ops/kpis.ts';
import {RISK_REASONS} from '../../domain/ops/late-risk.ts';
import {code, money, page, text, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Operations';
const seconds = z.int().nullable();
const offset = {limit: page.limit, from: z.coerce.number().int().min(0).max(100_000).optional()};
const next = z.int().nullable().openapi({description: 'the `from` of the next page; null on the last'});

const stage = z.object({
  stage: z.string(),
  of: z.enum(['orders', 'parts']),
  now: z.int(),
  orders: z.int(),
  oldest: time.nullable(),
  median_s: seconds.openapi({description: 'half of them are there for longer'}),
  usual_s: seconds.openapi({description: 'what others stayed, the median of two weeks; null: too few were seen'}),
  usual_p90_s: seconds,
  over: z.int().openapi({description: 'there for longer than nine of ten stay'}),
  arrived_hour: z.int(),
  left_hour: z.int(),
});
const hour = z.object({from: time, placed: z.int(), handed_over: z.int(), delivered: z.int(), cancelled: z.int()});

export const getFlow = operation({
  id: 'getFlow',
  method: 'get',
  path: '/v1/ops/flow',
  tag,
  summary: 'Where the work stands: how much in each stage, for how long against the usual, what comes and goes',
  answers: {200: z.object({at: time, stages: z.array(stage), hours: z.array(hour)}).openapi('Flow')},
});

const level = z.enum(['late', 'high', 'medium', 'low']);
const risk = z
  .object({
    sub_order_id: code,
    order_id: code,
    number: z.string(),
    stage: z.string(),
    warehouse: code.nullable(),
    carrier: z.string().nullable(),
    pickup_at: time.nullable(),
    promised_until: time,
    chance: z.number().min(0).max(1),
    level,
    reason: z.enum(RISK_REASONS),
    value: money,
  })
  .openapi('LateRisk');

export const listLateRisk = operation({
  id: 'listLateRisk',
  method: 'get',
  path: '/v1/ops/late-risk',
  tag,
  summary: 'Open shipments whose promise is in danger, the worst first, with the reason',
  query: z.strictObject({warehouse: code.optional(), ...offset}),
  answers: {
    200: z
      .object({
        items: z.array(risk),
        counts: z.object({late: z.int(), high: z.int(), medium: z.int(), low: z.int()}),
        next,
      })
      .openapi('LateRisks'),
  },
});

export const listCutOffs = operation({
  id: 'listCutOffs',
  method: 'get',
  path: '/v1/ops/cut-offs',
  tag,
  summary: 'The next cut-offs of every site, with the open work that has to make each of them',
  answers: {
    200: z
      .object({
        sites: z.array(
          z.object({
            warehouse: code,
            name: z.string(),
            timezone: z.string(),
            active: z.boolean(),
            cut_offs: z.array(
              z.object({at: time, open: z.int(), units: z.int(), by_stage: z.record(z.string(), z.int())}),
            ),
            missed: z.int().openapi({description: 'should have left already'}),
            done_last_hour: z.int(),
          }),
        ),
      })
      .openapi('CutOffs'),
  },
});

const perKind = z.object({pick: z.int(), pack: z.int(), unpick: z.int()});

export const listWorkloads = operation({
  id: 'listWorkloads',
  method: 'get',
  path: '/v1/ops/workloads',
  tag,
  summary: 'The queue and the pace of every warehouse',
  answers: {
    200: z
      .object({
        warehouses: z.array(
          z.object({
            warehouse: code,
            name: z.string(),
            active: z.boolean(),
            open: perKind,
            units_to_pick: z.int(),
            waits_since: time.nullable(),
            done_last_hour: perKind,
            done: z
              .array(z.int())
              .openapi({description: 'tasks done in each of the last twelve hours, the newest last'}),
            people: z.int().openapi({description: 'who scanned something in the last hour'}),
          }),
        ),
      })
      .openapi('Workloads'),
  },
});

export const listCarriersHealth = operation({
  id: 'listCarriersHealth',
  method: 'get',
  path: '/v1/ops/carriers',
  tag,
  summary: "Each carrier's last day: its breaker, the parcels that went around it and to whom, its record",
  answers: {
    200: z
      .object({
        carriers: z.array(
          z.object({
            carrier: code,
            state: z.enum(['closed', 'open', 'half_open']),
            failures: z.int(),
            opened_at: time.nullable(),
            probe_at: time.nullable(),
            probes_failed: z.int(),
            active: z.boolean(),
            reason: z.string().nullable(),
            until: time.nullable(),
            bought: z.int(),
            routed_around: z.int(),
            went_to: z.array(z.object({carrier: z.string(), parcels: z.int()})),
            on_the_road: z.int(),
            arrived: z.int(),
            on_time: z.int(),
            turns: z.array(
              z.object({
                at: time,
                state: z.string(),
                failures: z.int().nullable(),
                reason: z.string().nullable(),
                actor: z.string().nullable(),
              }),
            ),
          }),
        ),
      })
      .openapi('CarriersHealth'),
  },
});

const kind = z.enum(EXCEPTION_KINDS);
const exception = z
  .object({
    key: z.string(),
    kind,
    code: z.string(),
    order_id: code.nullable(),
    number: z.string().nullable(),
    subject: z.string(),
    since: time,
    deadline: time.nullable(),
    severity: z.enum(['high', 'medium', 'low']),
    owner: z.string().nullable(),
    value: money.nullable(),
    call: z.string().nullable().openapi({description: 'the call that does something about it'}),
    runbook: z.string().openapi({description: 'below docs/'}),
  })
  .openapi('Exception');

export const listExceptions = operation({
  id: 'listExceptions',
  method: 'get',
  path: '/v1/ops/exceptions',
  tag,
  summary: 'Everything that stands still until a person does something, the most severe first',
  query: z.strictObject({
    kind: kind.optional(),
    owner: code.optional().openapi({description: '`nobody`: those nobody has taken'}),
    ...offset,
  }),
  answers: {
    200: z
      .object({
        items: z.array(exception),
        counts: z.object({high: z.int(), medium: z.int(), low: z.int(), mine: z.int(), nobodys: z.int()}),
        next,
      })
      .openapi('Exceptions'),
  },
});

export const claimException = operation({
  id: 'claimException',
  method: 'post',
  path: '/v1/ops/exceptions/claims',
  tag,
  summary: 'Takes an exception, gives it to somebody, or back to nobody',
  body: z
    .strictObject({
      key: text(300, {code: true}),
      owner: code.nullable().optional().openapi({description: 'left out: whoever asks; null: nobody'}),
    })
    .openapi('ExceptionClaim'),
  answers: {200: z.object({key: z.string(), owner: z.string().nullable()}).openapi('ExceptionOwner')},
});

const figure = {value: z.number().nullable(), p90: z.number().nullable(), n: z.int()};
const kpi = z.enum(KPIS);

export const getKpis = operation({
  id: 'getKpis',
  method: 'get',
  path: '/v1/ops/kpis',
  tag,
  summary: 'The figures of the last days, day by day, beside those of as many days before (docs/kpis.md)',
  query: z.strictObject({days: z.coerce.number().int().min(1).max(90).default(30)}),
  answers: {
    200: z
      .object({
        from: z.string(),
        to: z.string(),
        timezone: z.string(),
        currency: z.string(),
        kpis: z.array(
          z.object({
            kpi,
            unit: z.enum(['share', 'money', 'seconds']),
            better: z.enum(['up', 'down']),
            ...figure,
            before: z.object(figure),
            days: z.array(z.object({day: z.string(), ...figure})),
          }),
        ),
      })
      .openapi('Kpis'),
  },
});

export const listKpiOrders = operation({
  id: 'listKpiOrders',
  method: 'get',
  path: '/v1/ops/kpis/{kpi}/orders',
  tag,
  summary: 'The orders behind a figure of one day, newest first',
  params: z.object({kpi}),
  query: z.strictObject({day: z.iso.date(), ...page}),
  answers: {
    200: z.array(
      z
        .object({
          order_id: code,
          number: z.string(),
          status: z.string(),
          placed_at: time,
          total: money,
          a: z.int().openapi({description: "what the order adds to the figure's numerator"}),
          b: z.int().openapi({description: 'and to its denominator'}),
        })
        .openapi('KpiOrder'),
    ),
  },
});
