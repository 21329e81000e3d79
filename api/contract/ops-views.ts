import {EXCEPTION_KINDS} from '../../domain/ops/exceptions.ts';
import {KPIS} from '../../domain/ops/kpis.ts';
import {RISK_REASONS} from '../../domain/ops/late-risk.ts';
import {code, money, time} from './common.ts';
import {z} from './z.ts';

/** What the operations room is told; the calls are in ops.ts. */
const seconds = z.int().nullable();
export const next = z.int().nullable().openapi({description: 'the `from` of the next page; null on the last'});

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

export const flow = z.object({at: time, stages: z.array(stage), hours: z.array(hour)}).openapi('Flow');

const standing = z
  .object({
    order_id: code,
    number: z.string(),
    sub_order_id: code.nullable().openapi({description: 'null: the order is not in parts yet'}),
    since: time,
    over: z.boolean().openapi({description: 'there for longer than nine of ten stay'}),
    waiting_on: z.string().nullable(),
    warehouse: code.nullable(),
    carrier: z.string().nullable(),
    value: money,
  })
  .openapi('StageOrder');

export const stageOrders = z.object({items: z.array(standing), total: z.int(), next}).openapi('StageOrders');

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
    level: z.enum(['late', 'high', 'medium', 'low']),
    reason: z.enum(RISK_REASONS),
    value: money,
  })
  .openapi('LateRisk');

export const lateRisks = z
  .object({
    items: z.array(risk),
    counts: z.object({late: z.int(), high: z.int(), medium: z.int(), low: z.int()}),
    next,
  })
  .openapi('LateRisks');

export const cutOffs = z
  .object({
    sites: z.array(
      z.object({
        warehouse: code,
        name: z.string(),
        timezone: z.string(),
        active: z.boolean(),
        cut_offs: z.array(z.object({at: time, open: z.int(), units: z.int(), by_stage: z.record(z.string(), z.int())})),
        missed: z.int().openapi({description: 'should have left already'}),
        done_last_hour: z.int(),
      }),
    ),
  })
  .openapi('CutOffs');

const perKind = z.object({pick: z.int(), pack: z.int(), unpick: z.int()});

export const workloads = z
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
        done: z.array(z.int()).openapi({description: 'tasks done in each of the last twelve hours, the newest last'}),
        people: z.int().openapi({description: 'who scanned something in the last hour'}),
      }),
    ),
  })
  .openapi('Workloads');

const turn = z.object({
  at: time,
  state: z.string(),
  failures: z.int().nullable(),
  reason: z.string().nullable(),
  actor: z.string().nullable(),
});

export const carriersHealth = z
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
        turns: z.array(turn),
      }),
    ),
  })
  .openapi('CarriersHealth');

export const exceptionKind = z.enum(EXCEPTION_KINDS);
const exception = z
  .object({
    key: z.string(),
    kind: exceptionKind,
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

export const exceptions = z
  .object({
    items: z.array(exception),
    counts: z.object({high: z.int(), medium: z.int(), low: z.int(), mine: z.int(), nobodys: z.int()}),
    next,
  })
  .openapi('Exceptions');

const figure = {value: z.number().nullable(), p90: z.number().nullable(), n: z.int()};
export const kpi = z.enum(KPIS);

export const kpis = z
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
  .openapi('Kpis');

export const kpiOrders = z.array(
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
);
