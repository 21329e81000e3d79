import {isDearer, type PurchaseUnits, readAnswer} from './purchase.ts';

const line = (line_id: string, change: Partial<PurchaseUnits> = {}): PurchaseUnits => ({
  line_id,
  sku: `sku-${line_id}`,
  qty: 3,
  unit_cost: 1_000,
  cancelled: 0,
  missing: 0,
  shipped: 0,
  ...change,
});

describe("a supplier's answer", () => {
  const lines = [line('a'), line('b', {cancelled: 2})];

  it('names lines by id or by product', () => {
    const {units, faults} = readAnswer(lines, [
      {line_id: 'a', qty: 2},
      {sku: 'sku-b', qty: 1},
    ]);
    expect([...units]).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(faults).toEqual([]);
  });

  it('is told every fault, with what is possible', () => {
    const {faults} = readAnswer(lines, [
      {line_id: 'b', qty: 2},
      {sku: 'other', qty: 1},
      {line_id: 'a', qty: 1},
      {sku: 'sku-a', qty: 1},
    ]);
    expect(faults).toEqual([
      {pointer: '/lines/0', code: 'more_than_wanted', detail: '1 of sku-b at most'},
      {pointer: '/lines/1', code: 'unknown_line', detail: 'this purchase order has no such line'},
      {pointer: '/lines/3', code: 'named_twice', detail: 'this line is named twice'},
    ]);
  });
});

describe('a price', () => {
  it.each([
    [1_030, false],
    [1_031, true],
    [900, false],
  ])('of %i instead of 1000 is for a person to accept: %s', (told, dearer) => {
    expect(isDearer([line('a')], new Map([['a', told]]), 300)).toBe(dearer);
  });
});
