import {validateAddress} from '../address/validate.ts';
import type {Sla} from '../policy/policy.ts';
import {judgePromos, type PromoCode} from '../pricing/promo.ts';
import {checkQuote, type QuotedRequest, type QuoteFacts} from '../quoting/check-quote.ts';
import {slaReachable} from '../routing/sla.ts';

export interface IntakeFault {
  /** JSON pointer into the order's body */
  pointer: string;
  code: string;
  detail: string;
}

export interface IntakeProduct {
  currency: string;
  /** minor units */
  unit_amount: number;
  backorderable: boolean;
}

/** What of a request could be read; parts that could not are left out and their faults are known already. */
export interface IntakeRequest {
  /** `index`: its place in the body; `qty` null when it is no valid quantity */
  lines: readonly {index: number; sku: string; qty: number | null}[];
  address: Parameters<typeof validateAddress>[0] | null;
  sla: Sla | null;
  deadline: number | null;
  promo_codes: readonly string[];
  quote_id: string | null;
  allow_backorder: boolean;
  /** what is compared with the quote; null while not all of the request can be read */
  asked: QuotedRequest | null;
}

export interface IntakeFacts {
  products: ReadonlyMap<string, IntakeProduct>;
  /** units that may still be promised, over all places */
  available: ReadonlyMap<string, number>;
  /** from each place that could ship to the door */
  distances_km: readonly number[];
  reach: Record<Sla, number | null>;
  /** the codes of the request that exist */
  promos: ReadonlyMap<string, PromoCode>;
  /** the client's quote of the request, if there is one */
  quote: QuoteFacts | null;
  now: number;
}

export interface IntakeFaults {
  faults: IntakeFault[];
  /** lack of stock, which alone is no mistake of the request */
  shortages: IntakeFault[];
}

/** So that every sum over an order stays far below 2^53 minor units. */
const MOST_EXPENSIVE = 1_000_000_000_000n;

/** Everything that speaks against an order before any money moves, all at once. */
export function checkOrder(request: IntakeRequest, facts: IntakeFacts): IntakeFaults {
  const {quote_id, asked} = request;
  const againstQuote = quote_id === null ? null : checkQuote(facts.quote, asked, facts.now);
  // a quote that stands has settled the price, and the stock that it holds
  const stands = quote_id !== null && againstQuote === null ? facts.quote : null;
  const faults = [
    ...checkAddress(request),
    ...checkLines(request, facts),
    ...checkPromise(request, facts),
    ...(stands ? [] : checkPromos(request, facts)),
    ...(againstQuote ? [againstQuote] : []),
  ];
  return {faults, shortages: stands?.holds_stock ? [] : findShortages(request, facts)};
}

function checkPromos({promo_codes, lines}: IntakeRequest, {promos, products, now}: IntakeFacts): IntakeFault[] {
  const whole = lines.length > 0 && lines.every(({sku, qty}) => products.has(sku) && qty !== null);
  const items = lines.reduce((sum, {sku, qty}) => sum + (products.get(sku)?.unit_amount ?? 0) * (qty ?? 0), 0);
  const currency = lines.map(({sku}) => products.get(sku)?.currency).find((known) => known !== undefined) ?? null;
  const found = judgePromos(promo_codes, promos, {items: whole ? items : null, currency, now});
  return found.map(({index, code, detail}) => fault(`/promo_codes/${index}`, code, detail));
}

function checkAddress({address}: IntakeRequest): IntakeFault[] {
  if (address === null) return [];
  return validateAddress(address).map((f) => fault(`/ship_to${f.pointer}`, f.code, f.detail));
}

function checkLines({lines}: IntakeRequest, {products}: IntakeFacts): IntakeFault[] {
  const known = lines.flatMap((line) => {
    const product = products.get(line.sku);
    return product ? [{line, product}] : [];
  });
  const currency = known[0]?.product.currency;
  const total = known.reduce((sum, {line, product}) => sum + BigInt(product.unit_amount) * BigInt(line.qty ?? 0), 0n);
  return [
    ...lines
      .filter((line) => !products.has(line.sku))
      .map((line) => fault(`/lines/${line.index}/sku`, 'unknown_sku', 'there is no such product')),
    ...known
      .filter(({product}) => product.currency !== currency)
      .map(({line, product}) =>
        fault(
          `/lines/${line.index}/sku`,
          'mixed_currency',
          `is priced in ${product.currency}, the first line in ${currency}`,
        ),
      ),
    ...(total > MOST_EXPENSIVE
      ? [fault('/lines', 'amount_too_large', 'the order is worth too much to be taken at once')]
      : []),
  ];
}

function checkPromise({sla, deadline}: IntakeRequest, facts: IntakeFacts): IntakeFault[] {
  const unreachable =
    sla !== null && facts.reach[sla] !== null && !slaReachable(sla, facts.distances_km, facts.reach)
      ? [fault('/delivery_sla', 'sla_unreachable', `${sla} cannot be kept to this address`)]
      : [];
  const past = deadline !== null && deadline <= facts.now ? [fault('/deadline', 'in_the_past', 'is over already')] : [];
  return [...unreachable, ...past];
}

function findShortages(request: IntakeRequest, {products, available}: IntakeFacts): IntakeFault[] {
  const wanted = new Map<string, number>();
  for (const {sku, qty} of request.lines) wanted.set(sku, (wanted.get(sku) ?? 0) + (qty ?? 0));
  return request.lines.flatMap(({index, sku, qty}) => {
    const product = products.get(sku);
    const left = available.get(sku) ?? 0;
    if (!product || qty === null || (product.backorderable && request.allow_backorder)) return [];
    if ((wanted.get(sku) ?? 0) <= left) return [];
    return [fault(`/lines/${index}/qty`, 'out_of_stock', left > 0 ? `only ${left} left` : 'none left')];
  });
}

function fault(pointer: string, code: string, detail: string): IntakeFault {
  return {pointer, code, detail};
}
