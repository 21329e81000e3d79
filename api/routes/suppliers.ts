import {randomBytes} from 'node:crypto';
import type {supplier_offers, suppliers} from '../../store/generated/client.ts';
import {addApiKey} from '../../store/add-api-key.ts';
import {putOffer} from '../../store/put-offer.ts';
import {endOldSecrets, putSupplier, renewSecret} from '../../store/put-supplier.ts';
import {money, time} from '../../store/views/shapes.ts';
import {hashKey} from '../auth.ts';
import * as contract from '../contract/suppliers.ts';
import {Problem} from '../errors.ts';
import {ok, type Route, route} from '../route.ts';
import {kept, setterOf} from '../setter.ts';
import {invalidRequest} from '../validate.ts';

const supplier = route(contract.putSupplier, async (call) => {
  const {deps, params, body} = call;
  const setter = setterOf(call);
  const {acknowledge_seconds, lat, lng, webhook_url, email, ...rest} = body;
  if (webhook_url && !webhook_url.startsWith('https:') && !deps.development) {
    throw invalidRequest([{pointer: '/webhook_url', code: 'not_https', detail: 'must begin with https://'}]);
  }
  const input = {
    ...rest,
    acknowledge_ms: BigInt(acknowledge_seconds) * 1_000n,
    lat: lat ?? null,
    lng: lng ?? null,
    webhook_url: webhook_url ?? null,
    email: email ?? null,
  };
  const stored = kept(await putSupplier(deps.store, params.id, input, setter), setter);
  const secret = stored.secret === null ? {} : {signing_secret: stored.secret};
  return ok({...supplierView(stored.supplier), ...secret});
});

export function supplierView(row: suppliers) {
  const {id, name, currency, active, rating, acknowledge_ms, country, lat, lng, webhook_url, email} = row;
  const acknowledge_seconds = Number(acknowledge_ms) / 1_000;
  return {id, name, currency, active, rating, acknowledge_seconds, country, lat, lng, webhook_url, email};
}

const offer = route(contract.putOffer, async (call) => {
  const {deps, params, body} = call;
  const setter = setterOf(call);
  const key = {supplier_id: params.id, sku: params.sku};
  const input = {
    cost_amount: BigInt(body.cost.amount),
    currency: body.cost.currency,
    lead_time_days: body.lead_time_days,
    available: body.available,
    min_qty: body.min_qty ?? 1,
    valid_until: body.valid_until ? new Date(body.valid_until) : null,
  };
  const result = await putOffer(deps.store, key, input, setter);
  switch (result.outcome) {
    case 'changed':
      throw kept<never>('changed', setter);
    case 'unknown_supplier':
      throw new Problem('not_found', 'there is no such supplier');
    case 'unknown_sku':
      throw new Problem('not_found', 'there is no such product');
    case 'other_currency': {
      const detail = `this supplier is paid in ${result.currency}`;
      throw invalidRequest([{pointer: '/cost/currency', code: 'mixed_currency', detail}]);
    }
    case 'stored':
      return ok(offerView(result.offer, result.currency));
  }
});

export function offerView(row: supplier_offers, currency: string) {
  const {supplier_id, sku, cost_amount, lead_time_days, available, promised, min_qty, valid_until} = row;
  const cost = money(cost_amount, currency);
  const until = time(valid_until);
  return {supplier: supplier_id, sku, cost, lead_time_days, available, promised, min_qty, valid_until: until};
}

const secret = route(contract.renewSupplierSecret, async ({deps, params}) => {
  const renewed = await renewSecret(deps.store, params.id);
  if (renewed === null) throw new Problem('not_found', 'there is no such supplier');
  return ok({signing_secret: renewed});
});

const endSecrets = route(contract.endSupplierSecrets, async ({deps, params}) => {
  const ended = await endOldSecrets(deps.store, params.id);
  if (ended === null) throw new Problem('not_found', 'there is no such supplier');
  return ok({ended});
});

const key = route(contract.createSupplierKey, async ({deps, params, body}) => {
  if ((await deps.store.prisma.suppliers.count({where: {id: params.id}})) === 0) {
    throw new Problem('not_found', 'there is no such supplier');
  }
  const made = `wb_${randomBytes(32).toString('base64url')}`;
  const row = {role: 'supplier', client_id: `supplier:${params.id}`, key_hash: hashKey(made), supplier_id: params.id};
  const added = await addApiKey(deps.store, row, body.replace ? 'replace' : 'keep');
  if (added.outcome !== 'added') throw new Problem('not_found', 'there is no such supplier');
  return {status: 201, body: {key_id: added.id, key: made}};
});

export const supplierRoutes: readonly Route[] = [supplier, offer, secret, endSecrets, key];
