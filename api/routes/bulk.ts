import {type BulkToBegin, beginBulk} from '../../store/bulk/begin-bulk.ts';
import {chooseOrders, nameOrders} from '../../store/bulk/choose-orders.ts';
import {confirmBulk, stopBulk, undoBulk} from '../../store/bulk/decide-bulk.ts';
import {MOST_ORDERS} from '../../domain/ops/bulk.ts';
import {listBulks, readBulk, readBulkOrders} from '../../store/views/ops/bulk-view.ts';
import * as contract from '../contract/bulk.ts';
import type {ApiDeps} from '../deps.ts';
import {Problem} from '../errors.ts';
import {requireKey} from '../idempotency.ts';
import {nextLink} from '../next-link.ts';
import {requestHash} from '../request-hash.ts';
import {type Answer, type Call, ok, type Route, route} from '../route.ts';
import {invalidRequest} from '../validate.ts';

const by = ({caller}: Pick<Call, 'caller'>) => ({actor: caller.client_id, role: caller.role});
const requestId = ({caller, idempotencyKey}: Pick<Call, 'caller' | 'idempotencyKey'>) =>
  requestHash(caller.client_id, requireKey(idempotencyKey)).slice(0, 32);

const noSuchBulk = () => new Problem('not_found', 'there is no such act');

async function answer({store}: ApiDeps, id: string): Promise<Answer> {
  const view = await readBulk(store, id);
  if (!view) throw noSuchBulk();
  return ok(view);
}

type PrepareCall = Call<null, null, typeof contract.bulkBody>;

const prepare = route(contract.prepareBulk, async (call) => {
  const {deps, body} = call;
  const {kind, filter, orders, reason, unpick, away_from} = body;
  const hold_until = body.until === undefined ? undefined : new Date(body.until);
  if (hold_until && hold_until <= deps.store.now()) throw fault('/until', 'in_the_past', 'is over');
  if (away_from !== undefined) await mustExist(deps, away_from);
  const ids = await chosen(call);
  const {version: policy_version} = await deps.policy();
  const request: BulkToBegin = {
    ...{kind, reason, hold_until, unpick, away_from, ids, policy_version},
    filter: filter ?? {orders: orders?.length ?? 0},
    by: by(call),
    request_id: requestId(call),
  };
  const {id} = await beginBulk(deps.store, request);
  return answer(deps, id);
});

const fault = (pointer: string, code: string, detail: string) => invalidRequest([{pointer, code, detail}]);

async function mustExist({store}: ApiDeps, id: string): Promise<void> {
  const site = await store.prisma.warehouses.findUnique({where: {id}, select: {id: true}});
  if (!site) throw fault('/away_from', 'unknown_warehouse', 'is no warehouse');
}

/** The orders, in the order in which they are taken; throws where there are none or too many. */
async function chosen({deps, body}: PrepareCall): Promise<string[]> {
  const {filter, orders} = body;
  if (filter) {
    const {ids, found} = await chooseOrders(deps.store, filter);
    if (found === 0) throw fault('/filter', 'no_orders', 'finds no order');
    if (found > MOST_ORDERS)
      throw fault('/filter', 'too_many', `finds ${found} orders, and ${MOST_ORDERS} is the most`);
    return ids;
  }
  const {ids, unknown} = await nameOrders(deps.store, orders ?? []);
  if (unknown.length > 0) {
    throw invalidRequest(
      unknown.slice(0, 100).map((index) => ({
        pointer: `/orders/${index}`,
        code: 'unknown_order',
        detail: 'is no order',
      })),
    );
  }
  return ids;
}

const list = route(contract.listBulks, async ({deps, query}) => ok(await listBulks(deps.store, query.limit)));

const get = route(contract.getBulk, ({deps, params}) => answer(deps, params.id));

const orders = route(contract.listBulkOrders, async ({deps, params, query, request}) => {
  const {prisma} = deps.store;
  if ((await prisma.bulk_jobs.count({where: {id: params.id}})) === 0) throw noSuchBulk();
  const page = await readBulkOrders(deps.store, params.id, query);
  return ok(page.items, nextLink(request, page.next));
});

const confirm = route(contract.confirmBulk, async (call) => {
  const {deps, params, body} = call;
  const outcome = await confirmBulk(deps.store, {job_id: params.id, orders: body.orders, by: by(call)});
  if (outcome === 'unknown') throw noSuchBulk();
  if (outcome === 'not_ready') throw new Problem('bulk_not_ready', 'prepare it, look at it, then confirm it');
  if (outcome === 'differs') throw new Problem('bulk_differs', 'another number was shown: look at it again');
  return answer(deps, params.id);
});

const stop = route(contract.stopBulk, async (call) => {
  const {deps, params} = call;
  if (!(await stopBulk(deps.store, {job_id: params.id, by: by(call)}))) throw noSuchBulk();
  return answer(deps, params.id);
});

const undo = route(contract.undoBulk, async (call) => {
  const {deps, params, body} = call;
  const {version: policy_version} = await deps.policy();
  const input = {job_id: params.id, reason: body.reason, by: by(call), request_id: requestId(call), policy_version};
  const undone = await undoBulk(deps.store, input);
  if ('job' in undone) return answer(deps, undone.job.id);
  if (undone.refused === 'unknown') throw noSuchBulk();
  throw new Problem('nothing_to_undo', 'nothing that it held back is left to be released, or it is still under way');
});

export const bulkRoutes: readonly Route[] = [prepare, list, get, orders, confirm, stop, undo];
