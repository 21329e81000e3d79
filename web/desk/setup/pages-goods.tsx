import type {z} from '../../../api/contract/z.ts';
import type {boxBody, productBody} from '../../../api/contract/catalogue.ts';
import {Money} from '../../ui/money.tsx';
import {type FieldSpec, ID} from './fields.ts';
import {page} from './page.ts';
import {Marks} from './marks.tsx';

export type ProductRow = z.output<typeof productBody> & {sku: string; version: number};
export type BoxRow = z.output<typeof boxBody> & {id: string; version: number};

const edge = (at: string, word: FieldSpec['word']): FieldSpec => ({
  ...{at, word, kind: 'int', unit: 'mm', required: true, half: true},
});

export const PRODUCTS = page<ProductRow>({
  path: 'products',
  word: 'page_products',
  about: 'about_products',
  list: 'listProducts',
  address: () => '/v1/products',
  id: ({sku}) => sku,
  csv: 'products',
  columns: [
    {word: 'f_sku', show: ({sku}) => <bdi>{sku}</bdi>},
    {word: 'f_name', show: ({name}) => <bdi>{name}</bdi>},
    {word: 'f_price', show: ({price}) => <Money of={price} />, end: true},
    {word: 'f_weight', show: ({weight_g}) => <bdi dir="ltr">{`${weight_g} g`}</bdi>, end: true},
    {word: 'f_barcode', show: ({barcode}) => <bdi>{barcode}</bdi>},
    {word: 'f_marks', show: (row) => <Marks of={row} />},
  ],
  form: {
    call: 'putProduct',
    address: (sku) => `/v1/products/${encodeURIComponent(sku)}`,
    fields: [
      {at: ID, word: 'f_sku', kind: 'text', required: true, half: true},
      {at: '/barcode', word: 'f_barcode', kind: 'text', required: true, half: true},
      {at: '/name', word: 'f_name', kind: 'text', required: true},
      {at: '/price/amount', word: 'f_price', kind: 'amount', currency: '/price/currency', required: true, half: true},
      {at: '/price/currency', word: 'f_currency', kind: 'text', required: true, half: true, hint: 'hint_currency'},
      {at: '/weight_g', word: 'f_weight', kind: 'int', unit: 'g', required: true, half: true},
      edge('/length_mm', 'f_length'),
      edge('/width_mm', 'f_width'),
      edge('/height_mm', 'f_height'),
      {
        ...{at: '/capacity_units', word: 'f_capacity', kind: 'int', required: true, half: true},
        ...{start: '1', hint: 'hint_capacity'},
      },
      {at: '/category', word: 'f_category', kind: 'text', half: true},
      {at: '/hs_code', word: 'f_hs_code', kind: 'text', half: true, hint: 'hint_hs_code'},
      {at: '/origin_country', word: 'f_origin', kind: 'text', half: true, hint: 'hint_country'},
      {at: '/hazmat', word: 'f_hazmat', kind: 'text', half: true, hint: 'hint_hazmat'},
      {at: '/backorderable', word: 'f_backorderable', kind: 'flag', half: true},
      {at: '/fragile', word: 'f_fragile', kind: 'flag', half: true},
      {at: '/upright', word: 'f_upright', kind: 'flag', half: true},
    ],
  },
});

const edges = (mm: readonly number[]) => <bdi dir="ltr">{`${mm.join(' × ')} mm`}</bdi>;

export const BOXES = page<BoxRow>({
  path: 'boxes',
  word: 'page_boxes',
  about: 'about_boxes',
  list: 'listBoxes',
  address: () => '/v1/boxes',
  id: ({id}) => id,
  columns: [
    {word: 'f_box', show: ({id}) => <bdi>{id}</bdi>},
    {word: 'f_inner', show: ({inner_mm}) => edges(inner_mm)},
    {word: 'f_outer', show: ({outer_mm}) => edges(outer_mm)},
    {word: 'f_max_weight', show: ({max_weight_g}) => <bdi dir="ltr">{`${max_weight_g} g`}</bdi>, end: true},
    {word: 'f_cost', show: ({cost}) => <Money of={cost} />, end: true},
  ],
  form: {
    call: 'putBox',
    address: (id) => `/v1/boxes/${encodeURIComponent(id)}`,
    fields: [
      {at: ID, word: 'f_box', kind: 'text', required: true},
      edge('/inner_mm/0', 'f_inner_length'),
      edge('/inner_mm/1', 'f_inner_width'),
      edge('/inner_mm/2', 'f_inner_height'),
      edge('/outer_mm/0', 'f_outer_length'),
      edge('/outer_mm/1', 'f_outer_width'),
      edge('/outer_mm/2', 'f_outer_height'),
      {at: '/weight_g', word: 'f_weight', kind: 'int', unit: 'g', required: true, half: true},
      {at: '/max_weight_g', word: 'f_max_weight', kind: 'int', unit: 'g', required: true, half: true},
      {at: '/cost/amount', word: 'f_cost', kind: 'amount', currency: '/cost/currency', required: true, half: true},
      {at: '/cost/currency', word: 'f_currency', kind: 'text', required: true, half: true, hint: 'hint_currency'},
    ],
  },
});
