import {code, idParam, sku, text, time, units, weightG} from './common.ts';
import {operation} from './operation.ts';
import {credential} from './staff.ts';
import {z} from './z.ts';

const tag = 'Warehouse';

export const stop = z.object({
  bin: code,
  aisle: z.string(),
  rack: z.string(),
  shelf: z.string(),
  sku,
  barcode: z.string(),
  name: z.string(),
  qty: z.int(),
  picked: z.int(),
  short: z.int(),
  opened: z.boolean().openapi({description: 'its bin was scanned last'}),
});

const place = z
  .object({
    sku,
    x: z.int(),
    y: z.int(),
    z: z.int(),
    dx: z.int(),
    dy: z.int(),
    dz: z.int(),
  })
  .openapi('Placement', {description: 'corner nearest to the origin and edges as turned, millimetres; z is up'});

const plannedParcel = z.object({
  parcel_id: code,
  state: z.string(),
  suggested_box: z.string().nullable(),
  expected_g: z.int(),
  items: z.array(z.object({sku, name: z.string(), qty: z.int()})),
  inner_mm: z.array(z.int()).openapi({description: 'edges of the box inside along x, y and z'}),
  placements: z.array(place).openapi({description: 'one for each unit, in packing order'}),
});

const task = z
  .object({
    task_id: code,
    order_id: code,
    number: z.string(),
    sub_order_id: code,
    kind: z.enum(['pick', 'pack', 'unpick']),
    state: z.string(),
    claimed_by: z.string().nullable(),
    lease_until: time.nullable(),
    created_at: time,
    tour_id: code.nullable().openapi({description: 'in which it is walked: claim that'}),
    stops: z.array(stop),
    parcels: z.array(plannedParcel),
  })
  .openapi('Task');

export const listTasks = operation({
  id: 'listTasks',
  method: 'get',
  path: '/v1/warehouses/{id}/tasks',
  tag,
  summary:
    'Pick tasks with their stops in walking order, pack tasks with their planned parcels, tasks to put picked units back; oldest first',
  params: idParam,
  query: z.strictObject({
    state: z.enum(['open', 'closed']).default('open'),
    kind: z.enum(['pick', 'pack', 'unpick']).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(200),
    cursor: z.string().max(300).optional(),
  }),
  answers: {200: z.array(task)},
  problems: ['not_found', 'forbidden'],
});

const perKind = z.object({pick: z.int(), pack: z.int(), unpick: z.int()});

export const getWorkload = operation({
  id: 'getWorkload',
  method: 'get',
  path: '/v1/warehouses/{id}/workload',
  tag,
  summary: 'What a warehouse has to do, and what it got done in the last hour: what routing goes by',
  params: idParam,
  answers: {
    200: z
      .object({
        warehouse: code,
        open: perKind,
        units_to_pick: z.int(),
        waits_since: time.nullable().openapi({description: 'since when the task is open that waits longest'}),
        done_last_hour: perKind,
      })
      .openapi('Workload'),
  },
  problems: ['not_found', 'forbidden'],
});

export const scanBody = z
  .strictObject({
    operation_id: code,
    task_id: code.optional(),
    kind: z.enum(['bin', 'item', 'short', 'pack', 'dispatch', 'return']),
    code,
    qty: units.optional(),
    weight_g: weightG.optional(),
    box: code.optional(),
  })
  .superRefine((scan, context) => {
    const missing = (field: string) =>
      context.addIssue({
        code: 'custom',
        path: [field],
        message: `a ${scan.kind} scan needs it`,
        params: {code: 'missing'},
      });
    if (scan.kind !== 'dispatch' && scan.kind !== 'return' && scan.task_id === undefined) missing('task_id');
    if (scan.kind === 'pack' && scan.weight_g === undefined) missing('weight_g');
  })
  .openapi('ScanInput');

export const recordScan = operation({
  id: 'recordScan',
  method: 'post',
  path: '/v1/scans',
  tag,
  summary: 'One scan of a handheld; the same operation id twice counts once',
  body: scanBody,
  answers: {
    200: z
      .object({
        accepted: z.boolean(),
        code: z.string(),
        next: z.unknown(),
        message: z.string(),
        parcel_id: z.string().optional(),
      })
      .openapi('ScanAnswer'),
  },
});

export const claimTask = operation({
  id: 'claimTask',
  method: 'post',
  path: '/v1/tasks/{id}/claim',
  tag,
  summary: 'Takes a task for oneself; every scan renews the lease',
  params: idParam,
  answers: {200: z.object({task_id: code, lease_until: time}).openapi('Lease')},
  problems: ['not_found', 'task_held', 'task_closed', 'not_ready'],
});

export const getLabel = operation({
  id: 'getLabel',
  method: 'get',
  path: '/v1/parcels/{id}/label',
  tag,
  summary: 'Where the bought label is; `reprint=true` is counted, and asked for a reason',
  params: idParam,
  query: z.strictObject({reprint: z.enum(['true', 'false']).optional(), reason: text(200).optional()}),
  answers: {
    200: z
      .object({
        parcel_id: code,
        carrier: z.string().nullable(),
        service: z.string().nullable(),
        tracking_number: z.string().nullable(),
        label_url: z.string(),
        printed: z.boolean().openapi({description: 'by the service itself, at least once'}),
        invoice: z.boolean().openapi({description: 'it crosses a border: its commercial invoice goes with it'}),
        reprints: z.int(),
      })
      .openapi('Label'),
  },
  problems: ['not_found', 'forbidden', 'not_ready', 'invalid_request'],
});

export const getPacking = operation({
  id: 'getPacking',
  method: 'get',
  path: '/v1/parcels/{id}/packing.svg',
  tag,
  summary: 'A picture of how to pack the parcel: units numbered in packing order, with a list',
  params: idParam,
  query: z.strictObject({language: z.enum(['en', 'de', 'fr']).default('en')}),
  answers: {200: 'image/svg+xml'},
  problems: ['not_found', 'forbidden'],
});

export const approveWeight = operation({
  id: 'approveWeight',
  method: 'post',
  path: '/v1/parcels/{id}/weight-approvals',
  tag,
  summary:
    'Lets a weight pass that was refused at packing; by somebody else than who was refused: who calls, or who shows badge or PIN as `approver`',
  params: idParam,
  body: z
    .strictObject({weight_g: weightG, reason: text(500), approver: credential.optional()})
    .openapi('WeightApprovalInput'),
  repeats: 'none',
  answers: {200: z.object({parcel_id: code, weight_g: weightG}).openapi('WeightApproval')},
  problems: [
    ...(['not_found', 'forbidden', 'task_closed', 'weight_not_refused', 'second_person_needed'] as const),
    ...(['sign_in_refused', 'sign_in_locked'] as const),
  ],
});
