import {type ExpectedHold, mismatchOf, type ToldHold} from './shop-hold.ts';

const expected: ExpectedHold = {order_id: 'ord_1', reference: 'basket-7', amount: 5_000, currency: 'USD'};
const told: ToldHold = {amount: 5_000, currency: 'usd', captured: 0, order_id: null, reference: 'basket-7'};

describe("a shop's own hold", () => {
  it('fits by the shop’s reference or by our id', () => {
    expect(mismatchOf(expected, told)).toBeNull();
    expect(mismatchOf(expected, {...told, order_id: 'ord_1', reference: null})).toBeNull();
    expect(mismatchOf(expected, {...told, order_id: 'ord_1', reference: 'another'})).toBeNull();
  });

  it.each<[string, Partial<ToldHold>]>([
    ['order', {reference: 'basket-8'}],
    ['order', {reference: null}],
    ['order', {order_id: 'ord_2'}],
    ['amount', {amount: 4_999}],
    ['amount', {amount: 5_001}],
    ['currency', {currency: 'eur'}],
    ['captured', {captured: 5_000}],
  ])('is refused for its %s', (wrong, change) => {
    expect(mismatchOf(expected, {...told, ...change})).toMatchObject({wrong});
  });
});
