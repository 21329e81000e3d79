import type {IntakeRequest} from '../domain/intake/check-order.ts';
import type {QuotedRequest} from '../domain/quoting/check-quote.ts';
import type {ShipTo} from '../store/personal-data.ts';
import {orderBody, orderLine} from './contract/orders.ts';
import {quoteBody} from './contract/quotes.ts';
import type {z} from './contract/z.ts';
import type {Fault} from './errors.ts';
import {faultsOf} from './validate.ts';

export type OrderBody = z.output<typeof orderBody>;

export type QuoteBody = z.output<typeof quoteBody>;

export interface ReadRequest {
  faults: Fault[];
  /** what can be judged nevertheless, so that all faults are reported at once */
  request: IntakeRequest;
  /** of the client */
  customer_id: string | null;
  /** null while not all of the body can be read */
  ship_to: ShipTo | null;
}

/** `body` is null when something in it is not of the right form. */
export interface ReadBody<B> extends ReadRequest {
  body: B | null;
}
export type ReadOrder = ReadBody<OrderBody>;

/** Reads the body of an order, and what is readable of a body that is not valid as a whole. */
export const readOrder = (raw: unknown): ReadOrder => read(orderBody, raw, paymentFaults);

/** The same of a body that asks for a quote. */
export const readQuote = (raw: unknown): ReadBody<QuoteBody> => read(quoteBody, raw, () => []);

function read<B extends QuoteBody>(
  schema: z.ZodType<B>,
  raw: unknown,
  more: (fields: Record<string, unknown>) => Fault[],
): ReadBody<B> {
  const result = schema.safeParse(raw);
  const fields = isObject(raw) ? raw : {};
  const customer = isObject(fields['customer']) ? fields['customer'] : {};
  const faults = [...(result.success ? [] : faultsOf(result.error.issues, raw)), ...more(fields)];
  const body = result.success && faults.length === 0 ? result.data : null;
  return {
    body,
    faults,
    customer_id: valid(orderBody.shape.customer.shape.id, customer['id']) ?? null,
    ship_to: body && shipToOf(body),
    request: {
      lines: readLines(fields['lines']),
      address: readAddress(fields['ship_to']),
      sla: valid(orderBody.shape.delivery_sla, fields['delivery_sla']) ?? null,
      deadline: readTime(valid(orderBody.shape.deadline, fields['deadline'])),
      promo_codes: valid(orderBody.shape.promo_codes, fields['promo_codes']) ?? [],
      quote_id: valid(orderBody.shape.quote_id, fields['quote_id']) ?? null,
      allow_backorder: valid(orderBody.shape.allow_backorder, fields['allow_backorder']) ?? true,
      asked: body && askedOf(body),
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

/** What a quote is compared by; a list or a wish that is left out says nothing. */
export function askedOf({lines, delivery_sla, promo_codes, allow_backorder}: QuoteBody): QuotedRequest {
  return {
    lines: lines.map(({sku, qty}) => ({sku, qty})),
    delivery_sla,
    promo_codes: promo_codes ?? [],
    allow_backorder: allow_backorder ?? null,
  };
}

export function shipToOf({ship_to: {line2, region, postal_code, ...rest}}: Pick<QuoteBody, 'ship_to'>): ShipTo {
  return {
    ...rest,
    ...(line2 ? {line2} : {}),
    ...(region ? {region} : {}),
    ...(postal_code ? {postal_code} : {}),
  };
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
