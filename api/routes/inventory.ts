import type {stock_moves} from '../../store/generated/client.ts';
import {receiveStock} from '../../store/receive-stock.ts';
import {readInventory} from '../../store/views/inventory-view.ts';
import * as contract from '../contract/inventory.ts';
import {Problem} from '../errors.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {invalidRequest} from '../validate.ts';

const receive = route(contract.receiveStock, async ({deps, caller, body}) => {
  requireWarehouse(caller, body.warehouse);
  const {bin, ...rest} = body;
  const result = await receiveStock(deps.store, {...rest, ...(bin ? {bin} : {}), actor: caller.client_id});
  switch (result.outcome) {
    case 'booked':
      return ok(entryView(result.entry));
    case 'unknown':
      throw invalidRequest(
        result.missing.map((field) => ({
          pointer: `/${field}`,
          code: `unknown_${field}`,
          detail: `there is no such ${field}`,
        })),
      );
    case 'reused':
      throw new Problem('reference_reused', 'this reference was booked with another quantity or bin');
  }
});

function entryView({id, kind, warehouse_id, sku, bin, d_on_hand, reference, at}: stock_moves) {
  return {
    entry_id: String(id),
    kind,
    warehouse: warehouse_id,
    sku,
    bin,
    qty: d_on_hand,
    reference,
    at: at.toISOString(),
  };
}

const inventory = route(contract.getInventory, async ({deps, params}) => {
  const warehouses = await readInventory(deps.store, params.sku);
  if (!warehouses) throw new Problem('not_found', 'there is no such product');
  return ok({sku: params.sku, warehouses});
});

export const inventoryRoutes: readonly Route[] = [receive, inventory];
