import {approveWeight} from '../../store/approve-weight.ts';
import {claimTask} from '../../store/claim-task.ts';
import {countReprint} from '../../store/count-print.ts';
import {recordScan} from '../../store/record-scan.ts';
import {readPacking} from '../../store/views/packing-view.ts';
import {listTasks} from '../../store/views/tasks-view.ts';
import {readWorkload} from '../../store/views/workload-view.ts';
import {packingPicture} from '../../web/packing-picture.ts';
import type {Caller} from '../auth.ts';
import * as contract from '../contract/warehouse.ts';
import {Problem} from '../errors.ts';
import {nextLink} from '../next-link.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {secondPerson} from '../second-person.ts';
import {whyAgain} from './print.ts';

const worker = ({client_id, role, warehouse_id}: Caller) => ({actor: client_id, role, warehouse_id});

const tasks = route(contract.listTasks, async ({deps, caller, params, query, request}) => {
  requireWarehouse(caller, params.id);
  const page = await listTasks(deps.store, {warehouse_id: params.id, ...query});
  if (!page) throw new Problem('not_found', 'there is no such warehouse');
  return ok(page.items, nextLink(request, page.next));
});

const workload = route(contract.getWorkload, async ({deps, caller, params}) => {
  requireWarehouse(caller, params.id);
  const found = await readWorkload(deps.store, params.id);
  if (!found) throw new Problem('not_found', 'there is no such warehouse');
  return ok(found);
});

const claim = route(contract.claimTask, async ({deps, caller, params}) => {
  const {policy} = await deps.policy();
  const lease = policy.warehouse.lease;
  const result = await claimTask(deps.store, {task_id: params.id, by: worker(caller), lease});
  switch (result.outcome) {
    case 'claimed':
      return ok({task_id: params.id, lease_until: result.lease_until});
    case 'held':
      throw new Problem('task_held', 'somebody else holds this task');
    case 'in_tour':
      throw new Problem('task_held', 'this task is part of a tour: claim that');
    case 'waits':
      throw new Problem('not_ready', 'this task waits for its wave');
    case 'closed':
      throw new Problem('task_closed', 'this task is closed');
    case 'unknown':
      throw new Problem('not_found', 'there is no such task');
  }
});

/** Who works at the returns desk, and nothing else for those who only receive. */
const AT_THE_DESK: readonly string[] = ['receiver', 'warehouse_lead', 'packer', 'admin'];

const scan = route(contract.recordScan, async ({deps, caller, body}) => {
  const may = caller.roles.some((role) => (body.kind === 'return' ? AT_THE_DESK.includes(role) : role !== 'receiver'));
  if (!may) throw new Problem('forbidden', `the role ${caller.role} does not make ${body.kind} scans`);
  const {policy} = await deps.policy();
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as typeof body;
  const input = {...given, by: worker(caller)} as Parameters<typeof recordScan>[1];
  const line = body.task_id ?? body.code;
  return ok(await deps.turns.scans.take([line], () => recordScan(deps.store, input, policy.warehouse)));
});

const label = route(contract.getLabel, async ({deps, caller, params, query}) => {
  const {prisma} = deps.store;
  const again = query.reprint === 'true';
  if (again && query.reason === undefined) throw whyAgain();
  const found = await prisma.parcels.findUnique({where: {id: params.id}});
  if (!found) throw new Problem('not_found', 'there is no such parcel');
  const {source_id} = await prisma.sub_orders.findUniqueOrThrow({where: {id: found.sub_order_id}});
  requireWarehouse(caller, source_id ?? '');
  if (found.label_state === 'voided') throw new Problem('not_ready', 'this label is void: look for the new parcel');
  if (found.label_url === null) throw new Problem('not_ready', 'the label is not bought yet');
  if (again) await countReprint(deps.store, {parcel_id: found.id, by: worker(caller), reason: query.reason ?? null});
  const {carrier, service, tracking_number, label_url, printed_at, customs_amount} = found;
  const reprints = found.reprints + (again ? 1 : 0);
  return ok({
    parcel_id: found.id,
    carrier,
    service,
    tracking_number,
    label_url,
    printed: printed_at !== null,
    invoice: customs_amount !== null,
    reprints,
  });
});

const packing = route(contract.getPacking, async ({deps, caller, params, query}) => {
  const found = await readPacking(deps.store, params.id);
  if (!found) throw new Problem('not_found', 'there is no such parcel, or nobody here plans it');
  if (found.warehouse_id !== null) requireWarehouse(caller, found.warehouse_id);
  return ok(packingPicture(found, query.language), {'Content-Type': 'image/svg+xml'});
});

const approval = route(contract.approveWeight, async ({deps, caller, params, body, request}) => {
  const {approver, ...given} = body;
  const whose = {caller, request, operation: contract.approveWeight.id};
  const by = approver ? await secondPerson(deps, whose, approver) : worker(caller);
  const result = await approveWeight(deps.store, {parcel_id: params.id, ...given, by});
  switch (result) {
    case 'approved':
      return ok({parcel_id: params.id, weight_g: body.weight_g});
    case 'unknown':
      throw new Problem('not_found', 'there is no such parcel to be packed here');
    case 'elsewhere':
      throw new Problem('forbidden', 'this parcel is packed in another warehouse');
    case 'packed':
      throw new Problem('task_closed', 'this parcel is not to be packed any more');
    case 'not_refused':
      throw new Problem('weight_not_refused', `no scan of this parcel with ${body.weight_g} g was refused`);
    case 'same_person':
      throw new Problem('second_person_needed', 'who was refused cannot let the weight pass');
  }
});

export const warehouseRoutes: readonly Route[] = [tasks, workload, claim, scan, label, packing, approval];
