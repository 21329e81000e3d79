import type {offer, supplier} from '../../../api/contract/suppliers.ts';
import type {z} from '../../../api/contract/z.ts';
import {CODE_STATUSES} from '../../../domain/shipping/carrier-codes.ts';
import {Money} from '../../ui/money.tsx';
import {When} from '../../ui/when.tsx';
import {ID} from './fields.ts';
import {Active} from './marks.tsx';
import {page, type Scope} from './page.ts';
import {SupplierMore} from './supplier-more.tsx';

export type SupplierRow = z.output<typeof supplier> & {version: number};
type OfferRow = z.output<typeof offer> & {version: number};

interface CodeRow {
  carrier: string;
  code: string;
  statuses: readonly string[];
  reasons: readonly string[];
  told_by: string;
  updated_at: string;
}

export const SUPPLIERS = page<SupplierRow>({
  path: 'suppliers',
  word: 'page_suppliers',
  about: 'about_suppliers',
  list: 'listSuppliers',
  address: () => '/v1/suppliers',
  id: ({id}) => id,
  columns: [
    {word: 'f_supplier', show: ({id}) => <bdi>{id}</bdi>},
    {word: 'f_name', show: ({name}) => <bdi>{name}</bdi>},
    {word: 'f_country', show: ({country}) => country},
    {word: 'f_currency', show: ({currency}) => currency},
    {word: 'f_rating', show: ({rating}) => `${rating} %`, end: true},
    {word: 'f_state', show: ({active}) => <Active is={active} yes="active" no="inactive" />},
  ],
  form: {
    call: 'putSupplier',
    address: (id) => `/v1/suppliers/${encodeURIComponent(id)}`,
    fields: [
      {at: ID, word: 'f_supplier', kind: 'text', required: true, half: true},
      {at: '/name', word: 'f_name', kind: 'text', required: true, half: true},
      {at: '/currency', word: 'f_currency', kind: 'text', required: true, half: true, hint: 'hint_currency'},
      {at: '/country', word: 'f_country', kind: 'text', required: true, half: true, hint: 'hint_country'},
      {at: '/email', word: 'f_email', kind: 'text', half: true},
      {at: '/webhook_url', word: 'f_webhook', kind: 'text', half: true, hint: 'hint_webhook'},
      {
        at: '/rating',
        word: 'f_rating',
        kind: 'int',
        unit: '%',
        required: true,
        half: true,
        hint: 'hint_rating',
        start: '90',
      },
      {
        ...{at: '/acknowledge_seconds', word: 'f_acknowledge', kind: 'int', unit: 's', required: true, half: true},
        ...{hint: 'hint_acknowledge', start: '86400'},
      },
      {at: '/lat', word: 'f_lat', kind: 'decimal', half: true},
      {at: '/lng', word: 'f_lng', kind: 'decimal', half: true},
      {at: '/active', word: 'f_active', kind: 'flag', start: true, hint: 'hint_supplier_active'},
    ],
  },
  More: SupplierMore,
});

const OF_SUPPLIER: Scope = {name: 'supplier', word: 'f_supplier', path: '/v1/suppliers?limit=200'};

export const OFFERS = page<OfferRow>({
  path: 'offers',
  word: 'page_offers',
  about: 'about_offers',
  list: 'listOffers',
  scope: OF_SUPPLIER,
  address: (supplierId) => `/v1/suppliers/${encodeURIComponent(supplierId)}/offers`,
  id: ({sku}) => sku,
  csv: 'offers',
  columns: [
    {word: 'f_sku', show: ({sku}) => <bdi>{sku}</bdi>},
    {word: 'f_cost', show: ({cost}) => <Money of={cost} />, end: true},
    {word: 'f_lead_time', show: ({lead_time_days}) => lead_time_days, end: true},
    {word: 'f_available', show: ({available}) => available ?? '∞', end: true},
    {word: 'f_promised', show: ({promised}) => promised, end: true},
    {word: 'f_valid_until', show: ({valid_until}) => (valid_until ? <When at={valid_until} exact /> : '–')},
  ],
  form: {
    call: 'putOffer',
    address: (sku, id) => `/v1/suppliers/${encodeURIComponent(id)}/offers/${encodeURIComponent(sku)}`,
    fields: [
      {at: ID, word: 'f_sku', kind: 'text', required: true},
      {at: '/cost/amount', word: 'f_cost', kind: 'amount', currency: '/cost/currency', required: true, half: true},
      {at: '/cost/currency', word: 'f_currency', kind: 'text', required: true, half: true, hint: 'hint_currency'},
      {at: '/lead_time_days', word: 'f_lead_time', kind: 'decimal', required: true, half: true},
      {at: '/available', word: 'f_available', kind: 'int', half: true, nullable: true, hint: 'hint_available'},
      {at: '/min_qty', word: 'f_min_qty', kind: 'int', required: true, half: true, start: '1'},
      {at: '/valid_until', word: 'f_valid_until', kind: 'time', half: true},
    ],
  },
});

export const CARRIER_CODES = page<CodeRow>({
  path: 'carrier-codes',
  word: 'page_codes',
  about: 'about_codes',
  list: 'listCarrierCodes',
  address: () => '/v1/carrier-codes',
  within: 'codes',
  id: ({carrier, code}) => `${carrier} ${code}`,
  columns: [
    {word: 'f_carrier', show: ({carrier}) => <bdi>{carrier}</bdi>},
    {word: 'f_carrier_code', show: ({code}) => <bdi>{code}</bdi>},
    {word: 'f_means', show: ({statuses, reasons}) => <bdi>{[...statuses, ...reasons].join(', ')}</bdi>},
    {word: 'f_actor', show: ({told_by}) => <bdi>{told_by}</bdi>},
  ],
  form: {
    call: 'putCarrierCodes',
    onlyNew: true,
    address: () => '/v1/carrier-codes',
    fields: [
      {at: '/codes/0/carrier', word: 'f_carrier', kind: 'text', required: true, half: true},
      {at: '/codes/0/code', word: 'f_carrier_code', kind: 'text', required: true, half: true},
      {at: '/codes/0/status', word: 'f_status', kind: 'choice', options: CODE_STATUSES, required: true},
    ],
  },
});
