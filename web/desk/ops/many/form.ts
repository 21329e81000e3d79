import {namesOf} from './faults.ts';
import type {Kind, Wanted} from './types.ts';

/** What somebody has filled in so far; texts as the fields have them. */
export interface Form {
  kind: Kind;
  by: 'filter' | 'list';
  status: string;
  warehouse: string;
  carrier: string;
  sku: string;
  country: string;
  sla: string;
  risk: string;
  on_hold: '' | 'yes';
  placed_after: string;
  placed_before: string;
  list: string;
  away_from: string;
  until: string;
  unpick: boolean;
  reason: string;
}

export const NOTHING: Form = {
  kind: 'hold',
  by: 'filter',
  status: '',
  warehouse: '',
  carrier: '',
  sku: '',
  country: '',
  sla: '',
  risk: '',
  on_hold: '',
  placed_after: '',
  placed_before: '',
  list: '',
  away_from: '',
  until: '',
  unpick: false,
  reason: '',
};

const RISKS: Readonly<Record<string, ('late' | 'high' | 'medium')[]>> = {
  late: ['late'],
  high: ['late', 'high'],
  medium: ['late', 'high', 'medium'],
};

type Filter = NonNullable<Wanted['filter']>;

const moment = (text: string) => new Date(text).toISOString();

function filterOf(form: Form): Filter {
  const text = (name: 'warehouse' | 'carrier' | 'sku' | 'country') => form[name].trim();
  return {
    ...(form.status !== '' && {status: [form.status] as NonNullable<Filter['status']>}),
    ...(text('warehouse') !== '' && {warehouse: text('warehouse')}),
    ...(text('carrier') !== '' && {carrier: text('carrier')}),
    ...(text('sku') !== '' && {sku: text('sku')}),
    ...(text('country') !== '' && {country: text('country').toUpperCase()}),
    ...(form.sla !== '' && {sla: form.sla as NonNullable<Filter['sla']>}),
    ...(form.risk !== '' && {risk: RISKS[form.risk] ?? []}),
    ...(form.on_hold !== '' && {on_hold: true}),
    ...(form.placed_after !== '' && {placed_after: moment(form.placed_after)}),
    ...(form.placed_before !== '' && {placed_before: moment(form.placed_before)}),
  };
}

/** What is sent; null while something is missing. */
export function wantedOf(form: Form): Wanted | null {
  const {kind, reason, by, until, unpick, away_from} = form;
  const filter = filterOf(form);
  const names = namesOf(form.list);
  const isChosen = by === 'filter' ? Object.keys(filter).length > 0 : names.length > 0;
  if (!isChosen || reason.trim() === '' || (kind === 'reallocate' && away_from === '')) return null;
  return {
    kind,
    reason: reason.trim(),
    ...(by === 'filter' ? {filter} : {orders: names}),
    ...(kind === 'hold' && until !== '' && {until: moment(until)}),
    ...(kind === 'cancel' && unpick && {unpick: true}),
    ...(kind === 'reallocate' && {away_from}),
  };
}
