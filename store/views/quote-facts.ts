import type {QuoteFacts, QuotedRequest} from '../../domain/quoting/check-quote.ts';
import type {StoreContext} from '../context.ts';
import type {quotes} from '../generated/client.ts';
import type {ShipTo} from '../personal-data.ts';
import {customerHash, doorHash} from '../quote-hashes.ts';

export interface ReadQuote {
  row: quotes;
  facts: QuoteFacts;
}

export interface QuoteWish {
  quote_id: string | null;
  client_id: string;
  /** of the order, as far as it can be read */
  customer_id: string | null;
  ship_to: ShipTo | null;
}

/** The client's own quote that an order names, compared with whom and where the order is for; null when it has no such quote. */
export async function readQuoteFacts(context: StoreContext, wish: QuoteWish): Promise<ReadQuote | null> {
  if (wish.quote_id === null) return null;
  const row = await context.prisma.quotes.findUnique({where: {id: wish.quote_id}});
  if (!row || row.client_id !== wish.client_id) return null;
  const {customer_id, ship_to} = wish;
  const anybody = row.customer_hash === '' || customer_id === null;
  const facts: QuoteFacts = {
    state: row.state as QuoteFacts['state'],
    expires_at: row.expires_at.getTime(),
    asked: row.asked as unknown as QuotedRequest,
    holds_stock: row.holds_stock,
    same_customer: anybody || row.customer_hash === customerHash(context, customer_id),
    same_address: ship_to === null || row.address_hash === doorHash(context, ship_to),
  };
  return {row, facts};
}
