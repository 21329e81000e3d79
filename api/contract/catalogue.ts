import {code, country, latitude, lengthMm, longitude, money, sku, sla, text, weightG} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const category = text(200);
const dimensions = z.tuple([lengthMm, lengthMm, lengthMm]);

export const productBody = z
  .strictObject({
    name: text(300),
    price: money,
    weight_g: weightG,
    length_mm: lengthMm,
    width_mm: lengthMm,
    height_mm: lengthMm,
    capacity_units: z.int().min(0).max(100_000),
    barcode: code,
    backorderable: z.boolean(),
    category: category.nullish(),
    hs_code: z
      .string()
      .regex(/^[0-9.]{4,14}$/, 'must be 4 to 14 digits and dots')
      .nullish(),
    origin_country: country.nullish(),
    fragile: z.boolean().default(false).openapi({description: 'nothing heavy is packed on top of it'}),
    upright: z.boolean().default(false).openapi({description: 'is turned about the vertical only; `height_mm` stands'}),
    hazmat: z
      .string()
      .regex(/^[1-9](\.[1-6])?$/, 'must be a class of dangerous goods like 3 or 2.1')
      .nullish()
      .openapi({description: 'never in one parcel with harmless goods or another class'}),
  })
  .openapi('ProductInput');

const clockTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be a time of day like 14:00');

const timezone = z.string().max(100).refine(isTimeZone, 'must be a time zone of the IANA list, like Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', {timeZone: name}).format(0) !== '';
  } catch {
    return false;
  }
}

const plainAddress = z.strictObject({
  line1: text(200),
  line2: text(200, {min: 0}).nullish(),
  city: text(200),
  region: text(200, {min: 0}).nullish(),
  postal_code: text(200, {min: 0}).nullish(),
  country,
});

export const warehouseBody = z
  .strictObject({
    name: text(300),
    address: plainAddress,
    lat: latitude,
    lng: longitude,
    timezone,
    cut_off: clockTime,
    priority: z.int().min(0).max(1_000_000),
  })
  .openapi('WarehouseInput');

export const binBody = z
  .strictObject({
    aisle: code,
    rack: code,
    shelf: code,
    x_mm: z.int().min(-10_000_000).max(10_000_000),
    y_mm: z.int().min(-10_000_000).max(10_000_000),
  })
  .openapi('BinInput');

export const boxBody = z
  .strictObject({
    inner_mm: dimensions,
    outer_mm: dimensions,
    weight_g: z.int().min(0).max(1_000_000),
    max_weight_g: weightG,
    cost: money,
  })
  .openapi('BoxInput');

export const shippingRateBody = z.strictObject({price: money}).openapi('ShippingRateInput');
export const taxRateBody = z
  .strictObject({rate_bp: z.int().min(0).max(10_000), inclusive: z.boolean()})
  .openapi('TaxRateInput', {description: 'rate in basis points: 1900 = 19 %'});

const tag = 'Catalogue';
const area = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'must be a country, or country-region like US-NY');

export const putProduct = operation({
  id: 'putProduct',
  method: 'put',
  path: '/v1/products/{sku}',
  tag,
  summary: 'Creates or replaces a product',
  params: z.object({sku}),
  body: productBody,
  answers: {200: productBody.extend({sku}).openapi('Product')},
  problems: ['changed_meanwhile'],
});

export const putWarehouse = operation({
  id: 'putWarehouse',
  method: 'put',
  path: '/v1/warehouses/{id}',
  tag,
  summary: 'Creates or replaces a warehouse',
  params: z.object({id: code}),
  body: warehouseBody,
  answers: {200: warehouseBody.extend({id: code}).openapi('Warehouse')},
  problems: ['changed_meanwhile'],
});

export const putBin = operation({
  id: 'putBin',
  method: 'put',
  path: '/v1/warehouses/{id}/bins/{bin}',
  tag,
  summary: 'Creates or replaces a bin; x and y place it on the floor, in millimetres',
  params: z.object({id: code, bin: code}),
  body: binBody,
  answers: {200: binBody.extend({warehouse: code, bin: code}).openapi('Bin')},
  problems: ['changed_meanwhile', 'not_found'],
});

export const findBin = operation({
  id: 'findBin',
  method: 'get',
  path: '/v1/warehouses/{id}/bins/{bin}',
  tag,
  summary: 'Where a bin is; one that only goods lie in, such as the receiving area, has no place',
  params: z.object({id: code, bin: code}),
  answers: {
    200: z
      .object({warehouse: code, bin: code, aisle: z.string(), rack: z.string(), shelf: z.string()})
      .openapi('FoundBin'),
  },
  problems: ['not_found', 'forbidden'],
});

export const putBox = operation({
  id: 'putBox',
  method: 'put',
  path: '/v1/boxes/{id}',
  tag,
  summary: 'Creates or replaces a box',
  params: z.object({id: code}),
  body: boxBody,
  answers: {200: boxBody.extend({id: code}).openapi('Box')},
  problems: ['changed_meanwhile'],
});

export const putShippingRate = operation({
  id: 'putShippingRate',
  method: 'put',
  path: '/v1/shipping-rates/{sla}',
  tag,
  summary: 'What the customer pays for shipping; one price for each currency',
  params: z.object({sla}),
  body: shippingRateBody,
  answers: {200: shippingRateBody.extend({sla}).openapi('ShippingRate')},
  problems: ['changed_meanwhile'],
});

export const putTaxRate = operation({
  id: 'putTaxRate',
  method: 'put',
  path: '/v1/tax-rates/{area}',
  tag,
  summary: 'Tax of a country, or of one of its regions (US-NY)',
  params: z.object({area}),
  body: taxRateBody,
  answers: {200: taxRateBody.extend({country, region: z.string()}).openapi('TaxRate')},
  problems: ['changed_meanwhile'],
});
