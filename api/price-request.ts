import type {OrderPrice, TaxRule} from '../domain/pricing/price-order.ts';
import {priceOrder} from '../domain/pricing/price-order.ts';
import {discountsOf, USED_UP} from '../domain/pricing/promo.ts';
import type {AcceptedLine} from '../store/accept-order.ts';
import type {StoreContext} from '../store/context.ts';
import type {quotes} from '../store/generated/client.ts';
import type {QuotedPrice} from '../store/make-quote.ts';
import {QuoteGoneError} from '../store/redeem-quote.ts';
import {PromoUsedUpError} from '../store/use-promo-codes.ts';
import {type CatalogueFacts, readShippingPrice, readTaxRule} from '../store/views/intake-facts.ts';
import type {Problem} from './errors.ts';
import type {Judged} from './judge-order.ts';
import type {QuoteBody} from './read-order.ts';
import {invalidRequest} from './validate.ts';

export interface PricedRequest {
  lines: AcceptedLine[];
  currency: string;
  price: OrderPrice;
  tax: TaxRule;
  promos: {code: string; amount: number}[];
}

/** The price of a request that nothing speaks against, from the catalogue and the codes it names. */
export async function priceRequest(store: StoreContext, body: QuoteBody, judged: Judged): Promise<PricedRequest> {
  const lines = linesOf(judged.catalogue, body);
  const currency = lines[0]?.product.currency ?? '';
  const [shipping, tax] = await Promise.all([
    readShippingPrice(store, body.delivery_sla, currency),
    readTaxRule(store, body.ship_to.country, body.ship_to.region ?? ''),
  ]);
  const priced = lines.map(({product, qty}) => ({
    product: {...product, unit_amount: Number(product.price_amount)},
    qty,
  }));
  const items = priced.reduce((sum, {product, qty}) => sum + product.unit_amount * qty, 0);
  const codes = (body.promo_codes ?? []).flatMap((code) => judged.promos.get(code) ?? []);
  const promos = discountsOf(codes, items);
  const discount = promos.reduce((sum, {amount}) => sum + amount, 0);
  return {lines, currency, price: priceOrder(priced, shipping, tax, discount), tax, promos};
}

/** The same request at the price of its quote, whatever the catalogue says today. */
export function quotedRequest(catalogue: CatalogueFacts, body: QuoteBody, quote: quotes): PricedRequest {
  const {unit_amounts, price, tax, promos} = quote.price as unknown as QuotedPrice;
  const lines = linesOf(catalogue, body).map(({product, qty}, i) => {
    const price_amount = BigInt(unit_amounts[i] ?? 0);
    return {product: {...product, price_amount, currency: quote.currency}, qty};
  });
  return {lines, currency: quote.currency, price, tax, promos};
}

function linesOf(catalogue: CatalogueFacts, body: QuoteBody): AcceptedLine[] {
  return body.lines.map(({sku, qty}) => {
    const product = catalogue.products.get(sku);
    if (!product) throw new Error(`${sku} was there a moment ago`);
    return {product, qty};
  });
}

/** Somebody else was faster between the judgement of a request and its writing; null for another error. */
export function refusalOfLostOffer(error: unknown, body: QuoteBody): Problem | null {
  if (error instanceof QuoteGoneError) {
    const detail = 'the quote was used or ended just now; ask for a new one with POST /v1/quotes';
    return invalidRequest([{pointer: '/quote_id', code: 'quote_used', detail}]);
  }
  if (!(error instanceof PromoUsedUpError)) return null;
  const [code, detail] = USED_UP[error.whose];
  const index = (body.promo_codes ?? []).indexOf(error.code);
  // a code that came with the quote
  const pointer = index < 0 ? '/quote_id' : `/promo_codes/${index}`;
  return invalidRequest([{pointer, code, detail}]);
}
