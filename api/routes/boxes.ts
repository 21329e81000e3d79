import type {Tx} from '../../store/context.ts';
import type {boxes} from '../../store/generated/client.ts';
import {putBox} from '../../store/put-box.ts';
import {money} from '../../store/views/shapes.ts';
import {type BoxThere, boxesAt, putWarehouseBox} from '../../store/warehouse-boxes.ts';
import * as contract from '../contract/boxes.ts';
import {putBox as putBoxContract} from '../contract/catalogue.ts';
import {Problem} from '../errors.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {kept, setterOf} from '../setter.ts';
import {invalidRequest} from '../validate.ts';

export const boxView = ({updated_at: _at, cost_amount, currency, ...box}: boxes | BoxThere) => ({
  ...box,
  cost: money(cost_amount, currency),
});

const put = route(putBoxContract, async (call) => {
  const {deps, caller, params, body} = call;
  const setter = setterOf(call);
  if (caller.warehouse_id !== null) throw new Problem('forbidden', 'the catalogue of boxes is that of all warehouses');
  const {cost, inner_mm, outer_mm, ...rest} = body;
  const edges = {inner_mm: [...inner_mm], outer_mm: [...outer_mm]};
  const price = {cost_amount: BigInt(cost.amount), currency: cost.currency};
  const stored = await putBox(deps.store, {id: params.id, ...rest, ...edges, ...price}, setter);
  return ok(boxView(kept(stored, setter)));
});

const putThere = route(contract.putWarehouseBox, async ({deps, caller, params, body}) => {
  const {id: warehouse_id, box: box_id} = params;
  requireWarehouse(caller, warehouse_id);
  const {prisma} = deps.store;
  const known = await prisma.boxes.findUnique({where: {id: box_id}});
  if (known && body.cost && body.cost.currency !== known.currency) {
    const detail = `prices of this box are in ${known.currency}: they are compared with each other`;
    throw invalidRequest([{pointer: '/cost/currency', code: 'other_currency', detail}]);
  }
  const cost_amount = body.cost ? BigInt(body.cost.amount) : null;
  const stored = await putWarehouseBox(deps.store, {warehouse_id, box_id, on_hand: body.on_hand, cost_amount});
  if (stored !== 'stored')
    throw new Problem('not_found', `there is no such ${stored === 'no_box' ? 'box' : 'warehouse'}`);
  const found = (await boxesAt(prisma as Tx, warehouse_id)).find(({id}) => id === box_id);
  if (!found) throw new Problem('not_found', 'there is no such box');
  return ok(boxView(found));
});

const list = route(contract.listWarehouseBoxes, async ({deps, caller, params}) => {
  requireWarehouse(caller, params.id);
  const {prisma} = deps.store;
  if ((await prisma.warehouses.count({where: {id: params.id}})) === 0)
    throw new Problem('not_found', 'there is no such warehouse');
  return ok((await boxesAt(prisma as Tx, params.id)).map(boxView));
});

export const boxRoutes: readonly Route[] = [put, putThere, list];
