import {binBody, boxBody, productBody, shippingRateBody, taxRateBody, warehouseBody} from './catalogue.ts';
import {code, country, idParam, page, sku, sla, text, time} from './common.ts';
import {operation} from './operation.ts';
import {promoAnswer} from './promos.ts';
import {offer, supplier} from './suppliers.ts';
import {z} from './z.ts';

export const version = z.int().openapi({
  description: 'of what was read: sent back as `If-Match` it is written only over that',
  example: 1767225600000,
});

const find = text(100, {min: 0}).optional().openapi({description: 'words that its names hold'});
const query = z.strictObject({q: find, ...page});
const NEXT = 'the header `Link: <…>; rel="next"` leads to the next page';

export const listProducts = operation({
  id: 'listProducts',
  method: 'get',
  path: '/v1/products',
  tag: 'Catalogue',
  summary: `Products by SKU; ${NEXT}`,
  query,
  answers: {200: z.array(productBody.extend({sku, version}).openapi('ListedProduct'))},
});

export const listWarehouses = operation({
  id: 'listWarehouses',
  method: 'get',
  path: '/v1/warehouses',
  tag: 'Catalogue',
  summary: `Warehouses by id; ${NEXT}`,
  query,
  answers: {200: z.array(warehouseBody.extend({id: code, active: z.boolean(), version}).openapi('ListedWarehouse'))},
});

export const listBins = operation({
  id: 'listBins',
  method: 'get',
  path: '/v1/warehouses/{id}/bins',
  tag: 'Catalogue',
  summary: `Bins of a warehouse by name; ${NEXT}`,
  params: idParam,
  query,
  answers: {200: z.array(binBody.extend({warehouse: code, bin: code, version}).openapi('ListedBin'))},
  problems: ['not_found', 'forbidden'],
});

export const listReceipts = operation({
  id: 'listReceipts',
  method: 'get',
  path: '/v1/receipts',
  tag: 'Inventory',
  summary: `Goods that arrived, newest first; ${NEXT}`,
  query: query.extend({warehouse: code.optional()}),
  answers: {
    200: z.array(
      z
        .object({
          ...{entry_id: z.string(), warehouse: code, sku, bin: code, qty: z.int()},
          ...{reference: code, at: time, actor: z.string()},
        })
        .openapi('Receipt'),
    ),
  },
  problems: ['forbidden', 'invalid_parameter'],
});

export const listBoxes = operation({
  id: 'listBoxes',
  method: 'get',
  path: '/v1/boxes',
  tag: 'Catalogue',
  summary: `Boxes by id; ${NEXT}`,
  query,
  answers: {200: z.array(boxBody.extend({id: code, version}).openapi('ListedBox'))},
});

export const listShippingRates = operation({
  id: 'listShippingRates',
  method: 'get',
  path: '/v1/shipping-rates',
  tag: 'Catalogue',
  summary: 'What customers pay for shipping, in each currency',
  answers: {200: z.array(shippingRateBody.extend({sla, version}).openapi('ListedShippingRate'))},
});

export const listTaxRates = operation({
  id: 'listTaxRates',
  method: 'get',
  path: '/v1/tax-rates',
  tag: 'Catalogue',
  summary: `Taxes by area; ${NEXT}`,
  query,
  answers: {
    200: z.array(taxRateBody.extend({area: z.string(), country, region: z.string(), version}).openapi('ListedTaxRate')),
  },
});

export const listPromoCodes = operation({
  id: 'listPromoCodes',
  method: 'get',
  path: '/v1/promo-codes',
  tag: 'Catalogue',
  summary: `Promo codes with their uses; ${NEXT}`,
  query,
  answers: {200: z.array(promoAnswer.extend({version}).openapi('ListedPromoCode'))},
});

export const listSuppliers = operation({
  id: 'listSuppliers',
  method: 'get',
  path: '/v1/suppliers',
  tag: 'Suppliers',
  summary: `Suppliers by id, without their secrets; ${NEXT}`,
  query,
  answers: {200: z.array(supplier.omit({signing_secret: true}).extend({version}).openapi('ListedSupplier'))},
});

export const listOffers = operation({
  id: 'listOffers',
  method: 'get',
  path: '/v1/suppliers/{id}/offers',
  tag: 'Suppliers',
  summary: `What a supplier offers, by SKU; ${NEXT}`,
  params: idParam,
  query,
  answers: {200: z.array(offer.extend({version}).openapi('ListedOffer'))},
  problems: ['not_found'],
});

export const LISTS = [
  listProducts,
  listWarehouses,
  listBins,
  listReceipts,
  listBoxes,
  listShippingRates,
  listTaxRates,
  listPromoCodes,
  listSuppliers,
  listOffers,
];
