import type {warehouses} from '../../store/generated/client.ts';
import {openWorkAt} from '../../store/move-work.ts';
import {switchWarehouse} from '../../store/switch-warehouse.ts';
import * as contract from '../contract/switches.ts';
import {Problem} from '../errors.ts';
import {ok, type Route, route} from '../route.ts';

/** so many are named; there may be more */
const NAMED = 500;

const flip = route(contract.switchWarehouse, async ({deps, caller, params, body}) => {
  const {store} = deps;
  const {active, reason, preview} = body;
  const until = body.until === undefined ? null : new Date(body.until);
  const row: warehouses | null = preview
    ? await store.prisma.warehouses.findUnique({where: {id: params.id}})
    : await switchWarehouse(store, {warehouse_id: params.id, active, reason, until, actor: caller.client_id});
  if (!row) throw new Problem('not_found', 'there is no such warehouse');
  return ok({
    warehouse: row.id,
    active: row.active,
    reason: row.switch_reason,
    until: row.switch_until?.toISOString() ?? null,
    open_work: await openWorkAt(store, row.id, NAMED),
  });
});

export const switchRoutes: readonly Route[] = [flip];
