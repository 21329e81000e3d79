import {luhnLooksLikeCard, type TextFault, textFault} from '../../domain/text/plain-text.ts';
import {SLAS} from '../../domain/policy/policy.ts';
import {z} from './z.ts';

interface TextOptions {
  min?: number;
  /** codes printed by machines are long digit strings, and one in ten of them passes the card checksum */
  code?: boolean;
}

/**
 * One line of text, kept byte for byte: any script, up to `max` characters (code points), no control characters, no
 * broken surrogates, nothing that looks like a card number.
 */
export function text(max: number, {min = 1, code = false}: TextOptions = {}) {
  return z
    .string()
    .superRefine((value, context) => {
      const faults = textFaults(value, {min, max, code});
      for (const [fault, message] of faults) context.addIssue({code: 'custom', message, params: {code: fault}});
    })
    .openapi({minLength: min, maxLength: max});
}

const TEXT_DETAILS: Record<TextFault, string> = {
  blank: 'must not be empty',
  too_long: 'is too long',
  control_character: 'holds a control character',
  line_break: 'must be one line',
  malformed_unicode: 'holds half of a surrogate pair',
};

function textFaults(value: string, {min, max, code}: Required<TextOptions> & {max: number}): [string, string][] {
  if (value === '' && min === 0) return [];
  // characters are counted as people and JSON Schema do, by code points
  if (value.length > max && [...value].length > max) return [['too_long', `must have ${max} characters or fewer`]];
  const fault = textFault(value, {max: Number.MAX_SAFE_INTEGER});
  if (fault !== null) return [[fault, TEXT_DETAILS[fault]]];
  if (!code && luhnLooksLikeCard(value))
    return [['card_number', 'looks like a card number, which is never taken here']];
  return [];
}

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be a currency code of three capital letters')
  .openapi({example: 'USD'});

const AMOUNT_LIMIT = 1_000_000_000_000;

/** What a price may be: 0 to 10^12 minor units, so that sums over an order stay exact. */
export const money = z
  .strictObject({amount: z.int().min(0).max(AMOUNT_LIMIT), currency})
  .openapi('Money', {description: 'minor units of the currency', example: {amount: 5000, currency: 'USD'}});

export const time = z.string().openapi({format: 'date-time', example: '2026-05-06T10:00:00.000Z'});

/** A moment a client names: RFC 3339 with a zone. */
export const givenTime = z.iso
  .datetime({offset: true, message: 'must be a time like 2026-05-06T10:00:00Z'})
  .openapi({format: 'date-time'});

export const code = text(100, {code: true});
export const sku = code.openapi({example: 'WATER-5L'});
export const sla = z.enum(SLAS);
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be a country code of two capital letters (ISO 3166-1)')
  .openapi({example: 'US'});
export const latitude = z.number().min(-90).max(90);
export const longitude = z.number().min(-180).max(180);
export const lengthMm = z.int().min(1).max(100_000);
export const weightG = z.int().min(1).max(10_000_000);
export const units = z.int().min(1).max(10_000);

export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
};

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({pointer: z.string(), code: z.string(), detail: z.string()})),
    request_id: z.string(),
  })
  .openapi('Problem', {description: 'RFC 9457 problem details; `errors` lists every fault with a JSON pointer'});

export const idParam = z.object({id: code});
