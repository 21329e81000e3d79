import {findBin} from '../../store/views/bin-view.ts';
import {putBin} from '../../store/put-bin.ts';
import {putProduct} from '../../store/put-product.ts';
import {putShippingRate} from '../../store/put-shipping-rate.ts';
import {putTaxRate} from '../../store/put-tax-rate.ts';
import {putWarehouse} from '../../store/put-warehouse.ts';
import {money} from '../../store/views/shapes.ts';
import * as contract from '../contract/catalogue.ts';
import {Problem} from '../errors.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {boxRoutes} from './boxes.ts';

const product = route(contract.putProduct, async ({deps, params, body}) => {
  const {price, category, hs_code, origin_country, hazmat, ...rest} = body;
  const row = await putProduct(deps.store, params.sku, {
    ...rest,
    price_amount: BigInt(price.amount),
    currency: price.currency,
    category: category ?? null,
    hs_code: hs_code ?? null,
    origin_country: origin_country ?? null,
    hazmat: hazmat ?? null,
  });
  const {updated_at: _at, price_amount, currency, ...stored} = row;
  return ok({...stored, price: money(price_amount, currency)});
});

const warehouse = route(contract.putWarehouse, async ({deps, params, body}) => {
  const {line2, region, postal_code, ...address} = body.address;
  const given = Object.entries({line2, region, postal_code}).filter(([, value]) => value);
  const row = await putWarehouse(deps.store, params.id, {
    ...body,
    address: {...address, ...Object.fromEntries(given)},
  });
  const {updated_at: _at, active: _active, ...stored} = row;
  return ok(stored);
});

const bin = route(contract.putBin, async ({deps, caller, params, body}) => {
  requireWarehouse(caller, params.id);
  const row = await putBin(deps.store, {warehouse_id: params.id, bin: params.bin, ...body});
  if (!row) throw new Problem('not_found', 'there is no such warehouse');
  const {warehouse_id, ...stored} = row;
  return ok({warehouse: warehouse_id, ...stored});
});

const oneBin = route(contract.findBin, async ({deps, caller, params: {id, bin: name}}) => {
  requireWarehouse(caller, id);
  const found = await findBin(deps.store, {warehouse_id: id, bin: name});
  if (!found) throw new Problem('not_found', 'there is no such bin');
  return ok({warehouse: id, ...found});
});

const shippingRate = route(contract.putShippingRate, async ({deps, params, body: {price}}) => {
  const rate = {sla: params.sla, currency: price.currency, price_amount: BigInt(price.amount)};
  const row = await putShippingRate(deps.store, rate);
  return ok({sla: row.sla, price: money(row.price_amount, row.currency)});
});

const taxRate = route(contract.putTaxRate, async ({deps, params, body}) => {
  const [country = '', region = ''] = params.area.split('-');
  return ok(await putTaxRate(deps.store, {country, region, ...body}));
});

export const catalogueRoutes: readonly Route[] = [product, warehouse, bin, oneBin, ...boxRoutes, shippingRate, taxRate];
