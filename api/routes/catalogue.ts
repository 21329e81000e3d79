import {findBin} from '../../store/views/bin-view.ts';
import {putBin} from '../../store/put-bin.ts';
import {putProduct} from '../../store/put-product.ts';
import {putShippingRate} from '../../store/put-shipping-rate.ts';
import {putTaxRate} from '../../store/put-tax-rate.ts';
import {putWarehouse} from '../../store/put-warehouse.ts';
import {money} from '../../store/views/shapes.ts';
import {binView, productView, warehouseView} from '../../store/views/set-up/catalogue-views.ts';
import * as contract from '../contract/catalogue.ts';
import {Problem} from '../errors.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {kept, setterOf} from '../setter.ts';
import {boxRoutes} from './boxes.ts';

const product = route(contract.putProduct, async (call) => {
  const {deps, params, body} = call;
  const setter = setterOf(call);
  const {price, category, hs_code, origin_country, hazmat, ...rest} = body;
  const input = {
    ...rest,
    price_amount: BigInt(price.amount),
    currency: price.currency,
    category: category ?? null,
    hs_code: hs_code ?? null,
    origin_country: origin_country ?? null,
    hazmat: hazmat ?? null,
  };
  return ok(productView(kept(await putProduct(deps.store, params.sku, input, setter), setter)));
});

const warehouse = route(contract.putWarehouse, async (call) => {
  const {deps, params, body} = call;
  const setter = setterOf(call);
  const {line2, region, postal_code, ...address} = body.address;
  const given = Object.entries({line2, region, postal_code}).filter(([, value]) => value);
  const input = {...body, address: {...address, ...Object.fromEntries(given)}};
  return ok(warehouseView(kept(await putWarehouse(deps.store, params.id, input, setter), setter)));
});

const bin = route(contract.putBin, async (call) => {
  const {deps, caller, params, body} = call;
  const setter = setterOf(call);
  requireWarehouse(caller, params.id);
  const row = kept(await putBin(deps.store, {warehouse_id: params.id, bin: params.bin, ...body}, setter), setter);
  if (!row) throw new Problem('not_found', 'there is no such warehouse');
  return ok(binView(row));
});

const oneBin = route(contract.findBin, async ({deps, caller, params: {id, bin: name}}) => {
  requireWarehouse(caller, id);
  const found = await findBin(deps.store, {warehouse_id: id, bin: name});
  if (!found) throw new Problem('not_found', 'there is no such bin');
  return ok({warehouse: id, ...found});
});

const shippingRate = route(contract.putShippingRate, async (call) => {
  const {deps, params} = call;
  const {price} = call.body;
  const setter = setterOf(call);
  const rate = {sla: params.sla, currency: price.currency, price_amount: BigInt(price.amount)};
  const row = kept(await putShippingRate(deps.store, rate, setter), setter);
  return ok({sla: row.sla, price: money(row.price_amount, row.currency)});
});

const taxRate = route(contract.putTaxRate, async (call) => {
  const {deps, params, body} = call;
  const setter = setterOf(call);
  const [country = '', region = ''] = params.area.split('-');
  const {updated_at: _at, ...row} = kept(await putTaxRate(deps.store, {country, region, ...body}, setter), setter);
  return ok(row);
});

export const catalogueRoutes: readonly Route[] = [product, warehouse, bin, oneBin, ...boxRoutes, shippingRate, taxRate];
