import {putLayout} from '../../store/put-layout.ts';
import {drawTask, viewLayout} from '../../store/views/layout-view.ts';
import {floorPlanPage} from '../../web/floor-plan-page.ts';
import * as contract from '../contract/layouts.ts';
import {Problem} from '../errors.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';

const put = route(contract.putLayout, async ({deps, caller, params, body}) => {
  requireWarehouse(caller, params.id);
  const layout = contract.toLayout(body);
  if (!(await putLayout(deps.store, params.id, layout))) throw new Problem('not_found', 'there is no such warehouse');
  return ok({warehouse: params.id, source: 'stored', ...contract.fromLayout(layout)});
});

const nothingKnown = () => new Problem('not_found', 'no layout is stored, and no bins tell where they are');

const get = route(contract.getLayout, async ({deps, caller, params}) => {
  requireWarehouse(caller, params.id);
  const known = await viewLayout(deps.store, params.id);
  if (!known) throw nothingKnown();
  return ok({warehouse: params.id, source: known.source, ...contract.fromLayout(known.layout)});
});

const draw = route(contract.drawLayout, async ({deps, caller, params, query}) => {
  requireWarehouse(caller, params.id);
  const known = await viewLayout(deps.store, params.id);
  if (!known) throw nothingKnown();
  const {layout, source} = known;
  const {task} = query;
  const walk = task ? await drawTask(deps.store, {warehouse: params.id, task, layout}) : null;
  if (task && !walk) throw new Problem('not_found', 'there is no such pick task here');
  const plan = {warehouse: params.id, source, ...layout, walk: walk && {...walk, title: `Walk of ${task}`}};
  return ok(floorPlanPage(plan), {'Content-Type': 'text/html; charset=utf-8', 'X-Robots-Tag': 'noindex'});
});

export const layoutRoutes: readonly Route[] = [put, get, draw];
