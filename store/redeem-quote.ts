import type {StoreContext, Tx} from './context.ts';

/** The quote ended, or another order took it, between the look at it and this order. */
export class QuoteGoneError extends Error {
  constructor() {
    super('the quote was redeemed or ended');
  }
}

/** Ties a quote to the order that is being written, or throws QuoteGoneError: its price and its stock belong to it from now on. */
export async function redeemQuote(context: StoreContext, tx: Tx, quoteId: string, orderId: string): Promise<void> {
  const now = context.now();
  const redeemed = await tx.quotes.updateMany({
    where: {id: quoteId, state: 'open', expires_at: {gt: now}},
    data: {state: 'redeemed', order_id: orderId, closed_at: now},
  });
  if (redeemed.count !== 1) throw new QuoteGoneError();
}
