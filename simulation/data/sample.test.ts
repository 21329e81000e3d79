import type {RealOrder} from './real-orders.ts';
import {quotasFor, stratifiedSample} from './sample.ts';

const item = (seller: string) => ({
  product: 'p',
  seller,
  price: 1,
  category: '',
  weight_g: 0,
  length_cm: 0,
  height_cm: 0,
  width_cm: 0,
});
const orders = Array.from({length: 1_000}, (_, i): RealOrder => {
  const status = i % 100 === 0 ? 'canceled' : i % 10 === 0 ? 'shipped' : 'delivered';
  const items = i % 250 === 1 ? [item('a'), item('b')] : [item('a')];
  return {id: String(i), status, purchased: i, approved: i, customer: 'c', zip: '', city: '', state: '', items};
});

describe('stratifiedSample', () => {
  it('takes exactly as many as asked for, in their order, the same for the same seed', () => {
    const sample = stratifiedSample(orders, 100, 7);
    expect(sample).toHaveLength(100);
    expect(sample.map((o) => o.purchased)).toEqual([...sample.map((o) => o.purchased)].sort((a, b) => a - b));
    expect(stratifiedSample(orders, 100, 7)).toEqual(sample);
    expect(stratifiedSample(orders, 100, 8)).not.toEqual(sample);
  });

  it('keeps every status in proportion and the rare ones at least twice', () => {
    const sample = stratifiedSample(orders, 100, 1);
    const count = (test: (o: RealOrder) => boolean) => sample.filter(test).length;
    expect(count((o) => o.status === 'shipped')).toBe(9);
    expect(count((o) => o.status === 'canceled')).toBe(2);
    expect(count((o) => o.items.length > 1)).toBe(2);
  });

  it('takes all when all are asked for', () => {
    expect(stratifiedSample(orders, 5_000, 1)).toHaveLength(1_000);
  });
});

describe('quotasFor', () => {
  it('never asks a group for more than it has', () => {
    const quotas = quotasFor(
      new Map([
        ['a', 3],
        ['b', 1],
      ]),
      4,
    );
    expect([...quotas.values()]).toEqual([3, 1]);
  });

  it('leaves rare kinds to chance in a tiny sample', () => {
    const quotas = quotasFor(
      new Map([
        ['a', 990],
        ['b', 10],
      ]),
      10,
    );
    expect(quotas.get('a')).toBe(10);
  });
});
