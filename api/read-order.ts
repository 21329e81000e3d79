import type {IntakeRequest} from '../domain/intake/check-order.ts';
import {orderBody, orderLine} from './contract/orders.ts';
import type {z} from './contract/z.ts';
import type {Fault} from './errors.ts';
import {faultsOf} from './validate.ts';

export type OrderBody = z.output<typeof orderBody>;

export interface ReadOrder {
  /** null when something in it is not of the right form */
  body: OrderBody | null;
  faults: Fault[];
  /** what can be judged nevertheless, so that all faults are reported at once */
  request: IntakeRequest;
}

/** Reads the body of an order, and what is readable of a body that is not valid as a whole. */
export function readOrder(raw: unknown): ReadOrder {
  const result = orderBody.safeParse(raw);
  const fields = isObject(raw) ? raw : {};
  const faults = [...(result.success ? [] : faultsOf(result.error.issues, raw)), ...paymentFaults(fields)];
  return {
    body: result.success && faults.length === 0 ? result.data : null,
    faults,
    request: {
      lines: readLines(fields['lines']),
      address: readAddress(fields['ship_to']),
      sla: valid(orderBody.shape.delivery_sla, fields['delivery_sla']) ?? null,
      deadline: readTime(valid(orderBody.shape.deadline, fields['deadline'])),
      promo_codes: valid(orderBody.shape.promo_codes, fields['promo_codes']) ?? [],
      quote_id: valid(orderBody.shape.quote_id, fields['quote_id']) ?? null,
      allow_backorder: valid(orderBody.shape.allow_backorder, fields['allow_backorder']) ?? true,
    },
  };
}

/** An order is paid by a method, or by what the shop authorises by itself. */
function paymentFaults({payment_method: method, payment_intent: intent}: Record<string, unknown>): Fault[] {
  if (method === undefined && intent === undefined) {
    return [{pointer: '/payment_method', code: 'missing', detail: 'this field is needed, or payment_intent'}];
  }
  if (method === undefined || intent === undefined) return [];
  return [{pointer: '/payment_intent', code: 'not_allowed', detail: 'there is a payment_method already'}];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valid<S extends z.ZodType>(schema: S, value: unknown): z.output<S> | undefined {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}

const MOST_LINES = 500;

function readLines(value: unknown): IntakeRequest['lines'] {
  if (!Array.isArray(value) || value.length > MOST_LINES) return [];
  return value.flatMap((line, index) => {
    const sku = valid(orderLine.shape.sku, isObject(line) ? line['sku'] : undefined);
    return sku === undefined
      ? []
      : [{index, sku, qty: valid(orderLine.shape.qty, isObject(line) ? line['qty'] : null) ?? null}];
  });
}

function readAddress(value: unknown): IntakeRequest['address'] {
  if (!isObject(value)) return null;
  const text = (field: string) => (typeof value[field] === 'string' ? value[field] : '');
  const degrees = (field: string) => (typeof value[field] === 'number' ? value[field] : 0);
  return {
    name: text('name'),
    line1: text('line1'),
    line2: text('line2'),
    city: text('city'),
    region: text('region'),
    postal_code: text('postal_code'),
    country: text('country'),
    lat: degrees('lat'),
    lng: degrees('lng'),
  };
}

function readTime(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text);
}
