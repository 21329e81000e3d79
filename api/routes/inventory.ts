import {receiveStock} from '../../store/receive-stock.ts';
import {readInventory} from '../../store/views/inventory-view.ts';
import * as contract from '../contract/inventory.ts';
import {Problem} from '../errors.ts';
import {REPLAYED} from '../idempotency.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {entryView, stockRoutes, unknownParts} from './stock.ts';

const receive = route(contract.receiveStock, async ({deps, caller, body}) => {
  requireWarehouse(caller, body.warehouse);
  const {bin, ...rest} = body;
  const result = await receiveStock(deps.store, {...rest, ...(bin ? {bin} : {}), actor: caller.client_id});
  switch (result.outcome) {
    case 'booked':
      return ok(entryView(result.entry), result.again ? REPLAYED : undefined);
    case 'unknown':
      throw unknownParts(result.missing);
    case 'reused':
      throw new Problem('reference_reused', 'this reference was booked with another quantity or bin');
  }
});

const inventory = route(contract.getInventory, async ({deps, params}) => {
  const warehouses = await readInventory(deps.store, params.sku);
  if (!warehouses) throw new Problem('not_found', 'there is no such product');
  return ok({sku: params.sku, warehouses});
});

export const inventoryRoutes: readonly Route[] = [receive, inventory, ...stockRoutes];
