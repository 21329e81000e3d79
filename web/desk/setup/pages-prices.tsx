import type {promoAnswer} from '../../../api/contract/promos.ts';
import type {z} from '../../../api/contract/z.ts';
import {SLAS} from '../../../domain/policy/policy.ts';
import {type Amount, Money} from '../../ui/money.tsx';
import {When} from '../../ui/when.tsx';
import {ID} from './fields.ts';
import {Named} from './marks.tsx';
import {page} from './page.ts';

type PromoRow = z.output<typeof promoAnswer> & {version: number};
type RateRow = {sla: string; price: Amount; version: number};
type TaxRow = {area: string; country: string; region: string; rate_bp: number; inclusive: boolean; version: number};

const percent = (bp: number) => <bdi dir="ltr">{`${bp / 100} %`}</bdi>;

export const SHIPPING_RATES = page<RateRow>({
  path: 'shipping-rates',
  word: 'page_shipping',
  about: 'about_shipping',
  list: 'listShippingRates',
  address: () => '/v1/shipping-rates',
  whole: true,
  // one for each promise and currency: both are its name
  id: ({sla, price}) => `${sla} ${price.currency}`,
  columns: [
    {word: 'f_sla', show: ({sla}) => <Named codes={[sla]} wordOf="sla_" />},
    {word: 'f_currency', show: ({price}) => price.currency},
    {word: 'f_price', show: ({price}) => <Money of={price} />, end: true},
  ],
  form: {
    call: 'putShippingRate',
    address: (id) => `/v1/shipping-rates/${id.split(' ')[0]}`,
    fields: [
      {at: ID, word: 'f_sla', kind: 'choice', options: SLAS, wordOf: 'sla_', required: true},
      {at: '/price/amount', word: 'f_price', kind: 'amount', currency: '/price/currency', required: true, half: true},
      {
        ...{at: '/price/currency', word: 'f_currency', kind: 'text', required: true, half: true},
        ...{hint: 'hint_currency', fixed: true},
      },
    ],
  },
});

export const TAX_RATES = page<TaxRow>({
  path: 'taxes',
  word: 'page_taxes',
  about: 'about_taxes',
  list: 'listTaxRates',
  address: () => '/v1/tax-rates',
  id: ({area}) => area,
  columns: [
    {word: 'f_area', show: ({area}) => <bdi>{area}</bdi>},
    {word: 'f_rate', show: ({rate_bp}) => percent(rate_bp), end: true},
    {word: 'f_inclusive', show: ({inclusive}) => (inclusive ? '✓' : '–')},
  ],
  form: {
    call: 'putTaxRate',
    address: (area) => `/v1/tax-rates/${encodeURIComponent(area)}`,
    fields: [
      {at: ID, word: 'f_area', kind: 'text', required: true, half: true, hint: 'hint_area'},
      {at: '/rate_bp', word: 'f_rate', kind: 'percent', unit: '%', required: true, half: true},
      {at: '/inclusive', word: 'f_inclusive', kind: 'flag', hint: 'hint_inclusive'},
    ],
  },
});

export const PROMO_CODES = page<PromoRow>({
  path: 'promo-codes',
  word: 'page_promos',
  about: 'about_promos',
  list: 'listPromoCodes',
  address: () => '/v1/promo-codes',
  id: ({code}) => code,
  columns: [
    {word: 'f_code', show: ({code}) => <bdi>{code}</bdi>},
    {
      word: 'f_discount',
      show: ({percent_bp, amount}) => (amount ? <Money of={amount} /> : percent(percent_bp ?? 0)),
      end: true,
    },
    {word: 'f_used', show: ({used, max_uses}) => (max_uses === null ? used : `${used} / ${max_uses}`), end: true},
    {word: 'f_valid_until', show: ({valid_until}) => (valid_until ? <When at={valid_until} exact /> : '–')},
  ],
  form: {
    call: 'putPromoCode',
    address: (code) => `/v1/promo-codes/${encodeURIComponent(code)}`,
    fields: [
      {at: ID, word: 'f_code', kind: 'text', required: true, half: true},
      {at: '/currency', word: 'f_currency', kind: 'text', half: true, hint: 'hint_promo_currency'},
      {at: '/percent_bp', word: 'f_percent', kind: 'percent', unit: '%', half: true, hint: 'hint_percent'},
      {at: '/amount/amount', word: 'f_amount', kind: 'amount', currency: '/currency', half: true},
      {at: '/minimum_spend/amount', word: 'f_minimum', kind: 'amount', currency: '/currency', half: true},
      {at: '/max_uses', word: 'f_max_uses', kind: 'int', half: true},
      {at: '/max_uses_per_customer', word: 'f_max_uses_each', kind: 'int', half: true},
      {at: '/valid_from', word: 'f_valid_from', kind: 'time', half: true},
      {at: '/valid_until', word: 'f_valid_until', kind: 'time', half: true},
      {at: '/combinable', word: 'f_combinable', kind: 'flag'},
    ],
  },
});
