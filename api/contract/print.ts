import {code, idParam, text} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Warehouse';

export const LABEL_FORMATS = ['pdf', 'png', 'zpl'] as const;

export const printLabel = operation({
  id: 'printLabel',
  method: 'get',
  path: '/v1/parcels/{id}/label/{format}',
  tag,
  summary:
    'The label to print: address, carrier and the tracking number as a barcode; every print but the first is counted',
  params: idParam.extend({format: z.enum(LABEL_FORMATS)}),
  query: z.strictObject({
    reason: text(200).optional().openapi({description: 'why once more: every print but the first is asked for it'}),
  }),
  answers: {200: '*/*'},
  problems: ['not_found', 'forbidden', 'not_ready', 'invalid_request'],
});

export const printSlip = operation({
  id: 'printSlip',
  method: 'get',
  path: '/v1/parcels/{id}/slip',
  tag,
  summary: "The packing slip of a parcel as PDF, in the customer's language, without prices",
  params: idParam,
  answers: {200: 'application/pdf'},
  problems: ['not_found', 'forbidden'],
});

export const printInvoice = operation({
  id: 'printInvoice',
  method: 'get',
  path: '/v1/parcels/{id}/invoice',
  tag,
  summary: 'The commercial invoice of a labelled parcel that crosses a border, as PDF: what is declared to customs',
  params: idParam,
  answers: {200: 'application/pdf'},
  problems: ['not_found', 'forbidden', 'not_ready', 'no_invoice'],
});

export const findProduct = operation({
  id: 'findProduct',
  method: 'get',
  path: '/v1/products/{sku}',
  tag,
  summary: 'A product by its SKU or its barcode',
  params: z.object({sku: code}),
  answers: {200: z.object({sku: code, name: z.string(), barcode: z.string()}).openapi('FoundProduct')},
  problems: ['not_found'],
});
