import type {binBody, warehouseBody} from '../../../api/contract/catalogue.ts';
import type {z} from '../../../api/contract/z.ts';
import {When} from '../../ui/when.tsx';
import {type FieldSpec, ID} from './fields.ts';
import {Active} from './marks.tsx';
import {page, type Scope} from './page.ts';
import {WarehouseMore} from './warehouse-more.tsx';

export type WarehouseRow = z.output<typeof warehouseBody> & {id: string; active: boolean; version: number};
type BinRow = z.output<typeof binBody> & {bin: string; warehouse: string; version: number};

interface ReceiptRow {
  entry_id: string;
  warehouse: string;
  sku: string;
  bin: string;
  qty: number;
  reference: string;
  at: string;
  actor: string;
}

const OF_WAREHOUSE: Scope = {name: 'warehouse', word: 'f_warehouse', path: '/v1/warehouses?limit=200'};

const text = (at: string, word: FieldSpec['word'], required = true): FieldSpec => ({
  ...{at, word, kind: 'text', half: true, ...(required ? {required} : {})},
});

export const WAREHOUSES = page<WarehouseRow>({
  path: 'warehouses',
  word: 'page_warehouses',
  about: 'about_warehouses',
  list: 'listWarehouses',
  address: () => '/v1/warehouses',
  id: ({id}) => id,
  columns: [
    {word: 'f_warehouse', show: ({id}) => <bdi>{id}</bdi>},
    {word: 'f_name', show: ({name}) => <bdi>{name}</bdi>},
    {word: 'f_city', show: ({address}) => <bdi>{`${address.city}, ${address.country}`}</bdi>},
    {word: 'f_cut_off', show: ({cut_off}) => cut_off, end: true},
    {word: 'f_priority', show: ({priority}) => priority, end: true},
    {word: 'f_state', show: ({active}) => <Active is={active} yes="open" no="closed" />},
  ],
  form: {
    call: 'putWarehouse',
    address: (id) => `/v1/warehouses/${encodeURIComponent(id)}`,
    fields: [
      text(ID, 'f_warehouse'),
      text('/name', 'f_name'),
      text('/address/line1', 'f_line1'),
      text('/address/line2', 'f_line2', false),
      text('/address/postal_code', 'f_postal_code', false),
      text('/address/city', 'f_city'),
      text('/address/region', 'f_region', false),
      {...text('/address/country', 'f_country'), hint: 'hint_country'},
      {at: '/lat', word: 'f_lat', kind: 'decimal', required: true, half: true},
      {at: '/lng', word: 'f_lng', kind: 'decimal', required: true, half: true},
      {...text('/timezone', 'f_timezone'), hint: 'hint_timezone'},
      {...text('/cut_off', 'f_cut_off'), hint: 'hint_cut_off', start: '14:00'},
      {at: '/priority', word: 'f_priority', kind: 'int', required: true, start: '1', hint: 'hint_priority'},
    ],
  },
  More: WarehouseMore,
});

export const BINS = page<BinRow>({
  path: 'bins',
  word: 'page_bins',
  about: 'about_bins',
  list: 'listBins',
  scope: OF_WAREHOUSE,
  address: (warehouse) => `/v1/warehouses/${encodeURIComponent(warehouse)}/bins`,
  id: ({bin}) => bin,
  csv: 'bins',
  columns: [
    {word: 'f_bin', show: ({bin}) => <bdi>{bin}</bdi>},
    {word: 'f_aisle', show: ({aisle}) => <bdi>{aisle}</bdi>},
    {word: 'f_rack', show: ({rack}) => <bdi>{rack}</bdi>},
    {word: 'f_shelf', show: ({shelf}) => <bdi>{shelf}</bdi>},
    {word: 'f_spot', show: ({x_mm, y_mm}) => <bdi dir="ltr">{`${x_mm} / ${y_mm} mm`}</bdi>, end: true},
  ],
  form: {
    call: 'putBin',
    address: (bin, warehouse) => `/v1/warehouses/${encodeURIComponent(warehouse)}/bins/${encodeURIComponent(bin)}`,
    fields: [
      {at: ID, word: 'f_bin', kind: 'text', required: true},
      text('/aisle', 'f_aisle'),
      text('/rack', 'f_rack'),
      text('/shelf', 'f_shelf'),
      {at: '/x_mm', word: 'f_x', kind: 'int', unit: 'mm', required: true, half: true, hint: 'hint_x'},
      {at: '/y_mm', word: 'f_y', kind: 'int', unit: 'mm', required: true, half: true, hint: 'hint_y'},
    ],
  },
});

export const RECEIPTS = page<ReceiptRow>({
  path: 'receipts',
  word: 'page_receipts',
  about: 'about_receipts',
  list: 'listReceipts',
  scope: OF_WAREHOUSE,
  address: (warehouse) => `/v1/receipts?warehouse=${encodeURIComponent(warehouse)}`,
  id: ({entry_id}) => entry_id,
  csv: 'stock',
  columns: [
    {word: 'f_at', show: ({at}) => <When at={at} exact />},
    {word: 'f_sku', show: ({sku}) => <bdi>{sku}</bdi>},
    {word: 'f_qty', show: ({qty}) => qty, end: true},
    {word: 'f_bin', show: ({bin}) => <bdi>{bin}</bdi>},
    {word: 'f_reference', show: ({reference}) => <bdi>{reference}</bdi>},
    {word: 'f_actor', show: ({actor}) => <bdi>{actor}</bdi>},
  ],
  form: {
    call: 'receiveStock',
    method: 'POST',
    onlyNew: true,
    address: () => '/v1/inventory/receipts',
    fields: [
      {
        ...{at: '/warehouse', word: 'f_warehouse', kind: 'choice', required: true},
        options: {path: '/v1/warehouses?limit=200', value: 'id', label: 'name'},
      },
      {at: '/sku', word: 'f_sku', kind: 'text', required: true, half: true},
      {at: '/qty', word: 'f_qty', kind: 'int', required: true, half: true},
      {at: '/bin', word: 'f_bin', kind: 'text', half: true, hint: 'hint_receipt_bin'},
      {at: '/reference', word: 'f_reference', kind: 'text', required: true, half: true, hint: 'hint_reference'},
    ],
  },
});
