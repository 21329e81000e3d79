import {claimException} from '../../store/ops/claim-exception.ts';
import {readCarriersHealth} from '../../store/views/ops/carriers-health-view.ts';
import {readCutOffs} from '../../store/views/ops/cut-offs-view.ts';
import {readExceptions} from '../../store/views/ops/exceptions-view.ts';
import {readFlow} from '../../store/views/ops/flow-view.ts';
import {readKpiOrders, readKpis} from '../../store/views/ops/kpis-view.ts';
import {readLateRisk} from '../../store/views/ops/late-risk-view.ts';
import {readStageOrders} from '../../store/views/ops/stage-orders-view.ts';
import {readWorkloads} from '../../store/views/ops/workloads-view.ts';
import * as contract from '../contract/ops.ts';
import {nextLink} from '../next-link.ts';
import {ok, type Route, route} from '../route.ts';

const flow = route(contract.getFlow, async ({deps}) => ok(await readFlow(deps.store)));

const stageOrders = route(contract.listStageOrders, async ({deps, params, query}) =>
  ok(await readStageOrders(deps.store, {...params, ...query})),
);

const risks = route(contract.listLateRisk, async ({deps, query}) => ok(await readLateRisk(deps.store, query)));

const cutOffs = route(contract.listCutOffs, async ({deps}) => ok({sites: await readCutOffs(deps.store)}));

const workloads = route(contract.listWorkloads, async ({deps}) => ok({warehouses: await readWorkloads(deps.store)}));

const carriers = route(contract.listCarriersHealth, async ({deps}) =>
  ok({carriers: await readCarriersHealth(deps.store)}),
);

const exceptions = route(contract.listExceptions, async ({deps, caller, query}) =>
  ok(await readExceptions(deps.store, {...query, me: caller.client_id})),
);

const claim = route(contract.claimException, async ({deps, caller, body}) => {
  const {key} = body;
  const owner = body.owner === undefined ? caller.client_id : body.owner;
  await claimException(deps.store, {key, owner, by: caller.client_id});
  return ok({key, owner});
});

const kpis = route(contract.getKpis, async ({deps, query}) =>
  ok(await readKpis(deps.store, {days: query.days, timezone: deps.timezone})),
);

const kpiOrders = route(contract.listKpiOrders, async ({deps, params, query, request}) => {
  const {timezone} = deps;
  const found = await readKpiOrders(deps.store, {...params, ...query, timezone});
  return ok(found.items, nextLink(request, found.next));
});

export const opsRoutes: readonly Route[] = [
  flow,
  stageOrders,
  risks,
  cutOffs,
  workloads,
  carriers,
  exceptions,
  claim,
  kpis,
  kpiOrders,
];
