import {decimalText, parseAmount} from '../../../domain/money/decimal.ts';
import type {Me} from '../me.ts';
import type {SetUpWord} from '../../words/set-up/index.ts';

/** What is typed into a form: text as it stands there, a yes or no, or several of a list. */
export type Value = string | boolean | readonly string[];
/** By pointer. */
export type Values = Readonly<Record<string, Value>>;

export type Kind = 'text' | 'int' | 'decimal' | 'amount' | 'percent' | 'flag' | 'choice' | 'many' | 'time' | 'area';

export interface FieldSpec {
  /** JSON pointer into the body; `id` is the name in the address */
  at: string;
  word: SetUpWord;
  kind: Kind;
  required?: boolean;
  /** said behind the name: `g`, `mm` */
  unit?: string;
  hint?: SetUpWord;
  /** shares a line with its neighbour */
  half?: boolean;
  /** of an amount: where its currency stands */
  currency?: string;
  /** of something new */
  start?: Value;
  options?: readonly string[] | OptionsFrom | ((me: Me) => readonly string[]);
  /** said for each of the options, behind this */
  wordOf?: string;
  /** empty is an answer, and not nothing said */
  nullable?: boolean;
  /** said when it is made, and not changed afterwards */
  fixed?: boolean;
}

/** Options are what a list of the interface holds. */
export interface OptionsFrom {
  path: string;
  value: string;
  label: string;
}

export const ID = 'id';

const parts = (pointer: string) => pointer.split('/').slice(1);

export function valueAt(row: unknown, pointer: string): unknown {
  return parts(pointer).reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], row);
}

/** What a row looks like in the form; of something new, what it begins with. */
export function valuesOf(fields: readonly FieldSpec[], row: object | null): Values {
  return Object.fromEntries(
    fields.map((field) => [field.at, row ? shown(field, row) : (field.start ?? empty(field.kind))]),
  );
}

const empty = (kind: Kind): Value => (kind === 'flag' ? false : kind === 'many' ? [] : '');

function shown({at, kind, currency = ''}: FieldSpec, row: object): Value {
  if (at === ID) return '';
  const value = valueAt(row, at);
  if (kind === 'flag') return value === true;
  if (kind === 'many') return Array.isArray(value) ? value.map(String) : [];
  if (value === null || value === undefined) return '';
  if (kind === 'amount') return decimalText(Number(value), String(valueAt(row, currency) ?? ''));
  if (kind === 'percent') return String(Number(value) / 100);
  if (kind === 'time') return localTime(String(value));
  return String(value);
}

/** For an input of the browser, by its own clock: `2026-05-06T10:00`. */
function localTime(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/**
 * What is sent. A field that is empty is left out: what is missing, or no number, is for the service to refuse, by its
 * pointer.
 */
export function bodyOf(fields: readonly FieldSpec[], values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields.filter(({at}) => at !== ID)) {
    const value = sent(field, values);
    if (value === undefined) continue;
    put(body, parts(field.at), value);
    // no amount without its currency, wherever that is chosen
    if (field.kind === 'amount') put(body, [...parts(field.at).slice(0, -1), 'currency'], values[field.currency ?? '']);
  }
  return body;
}

function sent({at, kind, nullable, currency = ''}: FieldSpec, values: Values): unknown {
  const value = values[at] ?? '';
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return nullable ? null : undefined;
  if (kind === 'amount') return parseAmount(text.replace(',', '.'), String(values[currency] ?? '')) ?? text;
  if (kind === 'percent') return numberIn(text, 100);
  if (kind === 'int' || kind === 'decimal') return numberIn(text, 1);
  return kind === 'time' ? new Date(text).toISOString() : text;
}

/** 19 % are 1900 basis points, and not 1899.9999. */
function numberIn(text: string, times: number): number | string {
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? Math.round(number * times * 1e6) / 1e6 : text;
}

function put(into: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  into[key] ??= /^\d+$/.test(rest[0] ?? '') ? [] : {};
  put(into[key] as Record<string, unknown>, rest, value);
}

/** The fault that belongs to a field: at it, below it, or, of the first field of a group, at the group. */
export function faultOf<F extends {pointer: string}>(faults: readonly F[], fields: readonly FieldSpec[], at: string) {
  const groups = parts(at).map((_, i, all) => `/${all.slice(0, i + 1).join('/')}`);
  const first = (group: string) => fields.find((one) => one.at === group || one.at.startsWith(`${group}/`))?.at === at;
  return faults.find(
    ({pointer}) => pointer === at || pointer.startsWith(`${at}/`) || (groups.includes(pointer) && first(pointer)),
  );
}

/** Faults that no field of the form is to blame for. */
export const strayFaults = <F extends {pointer: string}>(faults: readonly F[], fields: readonly FieldSpec[]): F[] =>
  faults.filter((fault) => !fields.some(({at}) => faultOf([fault], fields, at)));
