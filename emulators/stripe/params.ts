import {invalidParameter, StripeError} from './errors.ts';
import type {Form, FormValue} from './form.ts';

/** What a parameter may be; a list of texts is a choice, an object a group of parameters. */
export type Kind = 'text' | 'integer' | 'boolean' | 'map' | 'texts' | 'range' | 'any' | readonly string[] | Spec;
export interface Spec {
  readonly [name: string]: Kind;
}

/** Bounds on a time in seconds, inclusive. */
export interface Range {
  from: number;
  to: number;
}

type ValueOf<K extends Kind> = K extends 'text'
  ? string
  : K extends 'integer'
    ? number
    : K extends 'boolean'
      ? boolean
      : K extends 'map'
        ? Record<string, string>
        : K extends 'texts'
          ? string[]
          : K extends 'range'
            ? Range
            : K extends 'any'
              ? unknown
              : K extends readonly (infer Choice)[]
                ? Choice
                : K extends Spec
                  ? Values<K>
                  : never;
export type Values<S extends Spec> = {[Name in keyof S]?: ValueOf<S[Name]>};

/** Checks and converts parameters; throws StripeError 400 for unknown names and values of the wrong kind. */
export function readParams<const S extends Spec>(form: Form, spec: S, prefix = ''): Values<S> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(form)) {
    const param = prefix ? `${prefix}[${name}]` : name;
    const kind = Object.hasOwn(spec, name) ? spec[name] : undefined;
    if (kind === undefined) throw invalidParameter('parameter_unknown', param, `Received unknown parameter: ${param}`);
    values[name] = convert(value, kind, param);
  }
  return values as Values<S>;
}

export function required<T>(value: T | undefined, param: string): T {
  if (value === undefined || value === '') {
    throw invalidParameter('parameter_missing', param, `Missing required param: ${param}.`);
  }
  return value;
}

function convert(value: FormValue, kind: Kind, param: string): unknown {
  if (kind === 'any') return value;
  if (kind === 'map') return asMap(value, param);
  if (kind === 'texts') return asTexts(value, param);
  if (kind === 'range') return asRange(value, param);
  if (typeof kind === 'object' && !Array.isArray(kind)) return readParams(asGroup(value, param), kind as Spec, param);
  if (typeof value !== 'string') {
    throw new StripeError(400, {type: 'invalid_request_error', param, message: `Invalid string: ${param}`});
  }
  if (kind === 'text') return value;
  if (kind === 'integer') return asInteger(value, param);
  if (kind === 'boolean') return asBoolean(value, param);
  if ((kind as readonly string[]).includes(value)) return value;
  const choices = (kind as readonly string[]).join(', ');
  const message = `Invalid ${param}: must be one of ${choices}`;
  throw new StripeError(400, {type: 'invalid_request_error', param, message});
}

function asInteger(value: string, param: string): number {
  const number = Number(value);
  if (/^-?\d+$/.test(value) && Number.isSafeInteger(number)) return number;
  throw invalidParameter('parameter_invalid_integer', param, `Invalid integer: ${value}`);
}

function asBoolean(value: string, param: string): boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  throw new StripeError(400, {type: 'invalid_request_error', param, message: `Invalid boolean: ${value}`});
}

function asGroup(value: FormValue, param: string): Form {
  if (typeof value === 'object' && !Array.isArray(value)) return value;
  throw new StripeError(400, {type: 'invalid_request_error', param, message: `Invalid object: ${param}`});
}

function asTexts(value: FormValue, param: string): string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new StripeError(400, {type: 'invalid_request_error', param, message: `Invalid array: ${param}`});
}

/** An empty text instead of a map empties it, as on Stripe. */
function asMap(value: FormValue, param: string): Record<string, string> {
  if (value === '') return {};
  // Keys "0", "1" … arrive as a list.
  const entries = Object.entries(Array.isArray(value) ? value : asGroup(value, param));
  for (const [key, item] of entries) {
    if (typeof item === 'string' && item.length <= 500 && key.length <= 40) continue;
    const message = `Metadata keys have up to 40 characters, values up to 500: ${key}`;
    throw new StripeError(400, {type: 'invalid_request_error', param: `${param}[${key}]`, message});
  }
  if (entries.length > 50) throw invalidParameter('parameter_invalid', param, 'Metadata has at most 50 keys.');
  return Object.fromEntries(entries) as Record<string, string>;
}

function asRange(value: FormValue, param: string): Range {
  if (typeof value === 'string') {
    const exact = asInteger(value, param);
    return {from: exact, to: exact};
  }
  const {gt, gte, lt, lte} = readParams(
    asGroup(value, param),
    {gt: 'integer', gte: 'integer', lt: 'integer', lte: 'integer'},
    param,
  );
  return {
    from: Math.max(gte ?? Number.NEGATIVE_INFINITY, gt === undefined ? Number.NEGATIVE_INFINITY : gt + 1),
    to: Math.min(lte ?? Number.POSITIVE_INFINITY, lt === undefined ? Number.POSITIVE_INFINITY : lt - 1),
  };
}
