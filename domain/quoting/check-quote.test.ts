import {checkQuote, type QuotedRequest, type QuoteFacts} from './check-quote.ts';

const asked: QuotedRequest = {
  lines: [
    {sku: 'TEA', qty: 2},
    {sku: 'CUP', qty: 1},
  ],
  delivery_sla: 'TWO_DAY',
  promo_codes: ['A', 'B'],
  allow_backorder: true,
};
const quote = (change: Partial<QuoteFacts> = {}): QuoteFacts => ({
  state: 'open',
  expires_at: 2_000,
  asked,
  holds_stock: true,
  same_customer: true,
  same_address: true,
  ...change,
});
const against = (facts: QuoteFacts | null, order: QuotedRequest | null = asked) => checkQuote(facts, order, 1_999);

describe('an order by a quote', () => {
  it.each<[string, QuotedRequest]>([
    ['as it was asked', asked],
    ['with the codes in another order', {...asked, promo_codes: ['B', 'A']}],
    ['without a word about codes and backorders', {...asked, promo_codes: [], allow_backorder: null}],
  ])('is taken %s', (_name, order) => {
    expect(against(quote(), order)).toBeNull();
  });

  it.each<[string, QuoteFacts | null, string]>([
    ['of nobody, or of another client', null, 'unknown_quote'],
    ['that was used', quote({state: 'redeemed'}), 'quote_used'],
    ['that has been swept', quote({state: 'expired'}), 'quote_expired'],
    ['whose time is over, swept or not', quote({expires_at: 1_999}), 'quote_expired'],
  ])('is refused by one %s', (_name, facts, code) => {
    expect(against(facts)).toMatchObject({
      pointer: '/quote_id',
      code,
      detail: expect.stringContaining('POST /v1/quotes'),
    });
  });

  it('says all that is different', () => {
    const fault = against(quote({same_address: false}), {...asked, lines: [{sku: 'TEA', qty: 3}], promo_codes: ['C']});
    expect(fault).toMatchObject({code: 'quote_mismatch'});
    expect(fault?.detail).toMatch(/^the quote is for other lines, another address and other promo codes;/);
    expect(against(quote({same_customer: false}), null)).toBeNull();
  });
});
