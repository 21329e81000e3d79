import {newestUnits} from './newest-units.ts';

const line = (id: string, qty: number, cancelled = 0, sku = 'MUG') => ({id, sku, qty, cancelled});

describe('units named by their product', () => {
  it('are those of the newest line first, without what is cancelled', () => {
    const lines = [line('third', 2, 1), line('second', 5, 0, 'LAMP'), line('first', 3)];
    expect(newestUnits(lines, [{sku: 'MUG', qty: 3}])).toEqual([
      {line_id: 'third', qty: 1},
      {line_id: 'first', qty: 2},
    ]);
  });

  it('stay with the newest line where they are more than there are', () => {
    expect(newestUnits([line('new', 1), line('old', 1)], [{sku: 'MUG', qty: 5}])).toEqual([
      {line_id: 'new', qty: 4},
      {line_id: 'old', qty: 1},
    ]);
    expect(newestUnits([line('gone', 2, 2)], [{sku: 'MUG', qty: 1}])).toEqual([{line_id: 'gone', qty: 1}]);
  });

  it('are named as they were when nobody ordered them', () => {
    expect(newestUnits([line('one', 1)], [{sku: 'VASE', qty: 1}])).toEqual([{line_id: 'VASE', qty: 1}]);
  });
});
