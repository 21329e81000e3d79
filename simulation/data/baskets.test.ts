import {placesFor} from './basket-layout.ts';
import {basketsOf} from './baskets.ts';

const rows = [
  ['invoice', 'sku', 'qty', 'at', 'unit_price', 'country'],
  ['1', '85123A', '6', '', '2.55', 'UK'],
  ['1', '71053', '60', '', '3.39', 'UK'],
  ['1', '71053', '2', '', '3.10', 'UK'],
  ['1', 'POST', '1', '', '18.00', 'UK'],
  ['C2', '85123A', '-6', '', '2.55', 'UK'],
  ['3', '85123a', '1', '', '2.55', 'UK'],
  ['4', '22113', '1', '', '0', 'UK'],
  ['4', '71053', '1', '', '3.39', 'UK'],
];

describe('basketsOf', () => {
  const goods = basketsOf(rows);

  it('keeps invoices of several products, one line each, quantities capped', () => {
    expect(goods.baskets).toEqual([
      {
        invoice: '1',
        lines: [
          {sku: '85123A', qty: 6},
          {sku: '71053', qty: 10},
        ],
      },
    ]);
  });

  it('prices a product as it was sold first, in pence', () => {
    expect(goods.prices.get('71053')).toBe(339);
    expect(goods.prices.has('POST')).toBe(false);
  });
});

describe('placesFor', () => {
  const hubs = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

  it('chooses four to six places by name and seed alone', () => {
    const counts = Array.from({length: 50}, (_, i) => placesFor(`sku${i}`, hubs, 1).length);
    expect(Math.min(...counts)).toBe(4);
    expect(Math.max(...counts)).toBe(6);
    expect(placesFor('sku1', hubs, 1)).toEqual(placesFor('sku1', [...hubs].reverse(), 1));
  });
});
