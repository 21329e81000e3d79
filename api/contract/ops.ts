import {FLOW_STAGES} from '../../domain/ops/flow.ts';
import {code, page, text} from './common.ts';
import {operation} from './operation.ts';
import * as views from './ops-views.ts';
import {z} from './z.ts';

const tag = 'Operations';
const offset = {limit: page.limit, from: z.coerce.number().int().min(0).max(100_000).optional()};

export const getFlow = operation({
  id: 'getFlow',
  method: 'get',
  path: '/v1/ops/flow',
  tag,
  summary: 'Where the work stands: how much in each stage, for how long against the usual, what comes and goes',
  answers: {200: views.flow},
});

export const listStageOrders = operation({
  id: 'listStageOrders',
  method: 'get',
  path: '/v1/ops/flow/{stage}/orders',
  tag,
  summary: 'What stands in a stage of the flow, whatever is there longest first',
  params: z.object({stage: z.enum(FLOW_STAGES)}),
  query: z.strictObject(offset),
  answers: {200: views.stageOrders},
});

export const listLateRisk = operation({
  id: 'listLateRisk',
  method: 'get',
  path: '/v1/ops/late-risk',
  tag,
  summary: 'Open shipments whose promise is in danger, the worst first, with the reason',
  query: z.strictObject({warehouse: code.optional(), ...offset}),
  answers: {200: views.lateRisks},
});

export const listCutOffs = operation({
  id: 'listCutOffs',
  method: 'get',
  path: '/v1/ops/cut-offs',
  tag,
  summary: 'The next cut-offs of every site, with the open work that has to make each of them',
  answers: {200: views.cutOffs},
});

export const listWorkloads = operation({
  id: 'listWorkloads',
  method: 'get',
  path: '/v1/ops/workloads',
  tag,
  summary: 'The queue and the pace of every warehouse',
  answers: {200: views.workloads},
});

export const listCarriersHealth = operation({
  id: 'listCarriersHealth',
  method: 'get',
  path: '/v1/ops/carriers',
  tag,
  summary: "Each carrier's last day: its breaker, the parcels that went around it and to whom, its record",
  answers: {200: views.carriersHealth},
});

export const listExceptions = operation({
  id: 'listExceptions',
  method: 'get',
  path: '/v1/ops/exceptions',
  tag,
  summary: 'Everything that stands still until a person does something, the most severe first',
  query: z.strictObject({
    kind: views.exceptionKind.optional(),
    owner: code.optional().openapi({description: '`nobody`: those nobody has taken'}),
    ...offset,
  }),
  answers: {200: views.exceptions},
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

export const getKpis = operation({
  id: 'getKpis',
  method: 'get',
  path: '/v1/ops/kpis',
  tag,
  summary: 'The figures of the last days, day by day, beside those of as many days before (docs/kpis.md)',
  query: z.strictObject({days: z.coerce.number().int().min(1).max(90).default(30)}),
  answers: {200: views.kpis},
});

export const listKpiOrders = operation({
  id: 'listKpiOrders',
  method: 'get',
  path: '/v1/ops/kpis/{kpi}/orders',
  tag,
  summary: 'The orders behind a figure of one day, newest first',
  params: z.object({kpi: views.kpi}),
  query: z.strictObject({day: z.iso.date(), ...page}),
  answers: {200: views.kpiOrders},
});
