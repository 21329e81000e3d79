import type {IntakeFault} from '../intake/check-order.ts';

/** What an order must have in common with the quote it is placed by. */
export interface QuotedRequest {
  lines: readonly {sku: string; qty: number}[];
  delivery_sla: string;
  promo_codes: readonly string[];
  /** null in an order that does not say: as in its quote */
  allow_backorder: boolean | null;
}

export interface QuoteFacts {
  state: 'open' | 'redeemed' | 'expired';
  /** epoch milliseconds */
  expires_at: number;
  asked: QuotedRequest;
  holds_stock: boolean;
  /** of the order: the same person, the same door */
  same_customer: boolean;
  same_address: boolean;
}

const AGAIN = 'ask for a new one with POST /v1/quotes';

/**
 * Why an order cannot be placed by this quote; null when it can. `quote` null: the client has no such quote; `order` null:
 * it cannot be compared.
 */
export function checkQuote(quote: QuoteFacts | null, order: QuotedRequest | null, now: number): IntakeFault | null {
  const fault = (code: string, detail: string) => ({pointer: '/quote_id', code, detail});
  if (quote === null) return fault('unknown_quote', `there is no such quote; ${AGAIN}`);
  if (quote.state === 'redeemed') return fault('quote_used', `an order was placed by this quote already; ${AGAIN}`);
  if (quote.state === 'expired' || now >= quote.expires_at)
    return fault('quote_expired', `the quote ended at ${new Date(quote.expires_at).toISOString()}; ${AGAIN}`);
  const other = order === null ? [] : differences(quote, order);
  if (other.length === 0) return null;
  return fault('quote_mismatch', `the quote is for ${listed(other)}; send what it was made for, or ${AGAIN}`);
}

function differences({asked, same_customer, same_address}: QuoteFacts, order: QuotedRequest): string[] {
  const sameLines =
    asked.lines.length === order.lines.length &&
    asked.lines.every(({sku, qty}, i) => sku === order.lines[i]?.sku && qty === order.lines[i]?.qty);
  return [
    ...(sameLines ? [] : ['other lines']),
    ...(same_address ? [] : ['another address']),
    ...(same_customer ? [] : ['another customer']),
    ...(asked.delivery_sla === order.delivery_sla ? [] : ['another delivery promise']),
    ...(sameCodes(asked.promo_codes, order.promo_codes) ? [] : ['other promo codes']),
    ...([asked.allow_backorder, null].includes(order.allow_backorder) ? [] : ['another wish about backorders']),
  ];
}

/** An order that names no codes takes those of its quote. */
const sameCodes = (quoted: readonly string[], given: readonly string[]) =>
  given.length === 0 || JSON.stringify([...quoted].sort()) === JSON.stringify([...given].sort());

const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
