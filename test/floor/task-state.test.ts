import fc from 'fast-check';
import {
  type FloorStop,
  type FloorTask,
  isDone,
  judge,
  kindOf,
  left,
  nextStop,
  type PickScan,
  withWaiting,
} from '../../web/floor/task-state.ts';
import {wordsOf} from '../../web/floor/words.ts';

const stop = (bin: string, sku: string, qty: number): FloorStop => {
  const [aisle = '', rack = '', shelf = ''] = bin.split('-');
  return {bin, aisle, rack, shelf, sku, barcode: `ean-${sku}`, name: sku, qty, picked: 0, short: 0, opened: false};
};
const taskOf = (...stops: FloorStop[]): FloorTask => ({
  task_id: 'tsk',
  number: 'ORD-1',
  sub_order_id: 'sub',
  kind: 'pick',
  state: 'open',
  claimed_by: 'staff:1',
  lease_until: null,
  stops,
  parcels: [],
});
const walk = (task: FloorTask, ...codes: string[]) =>
  codes.reduce((view, code) => judge(view, {kind: kindOf(view, code), code}).task, task);

describe('a task in hand', () => {
  const task = taskOf(stop('1-A-1', 'MUG', 1), stop('2-B-2', 'TEA', 2), stop('2-B-2', 'POT', 1));

  it('leads from stop to stop, what lies in the open bin before the rest of the walk', () => {
    expect(nextStop(task)?.sku).toBe('MUG');
    const second = walk(task, '2-B-2');
    expect(nextStop(second)?.sku).toBe('TEA');
    const rest = walk(second, 'ean-TEA', 'ean-TEA');
    expect(nextStop(rest)?.sku).toBe('POT');
    expect(nextStop(walk(rest, 'POT'))?.sku).toBe('MUG');
    const done = walk(rest, 'POT', '1-A-1', 'ean-MUG');
    expect([nextStop(done), isDone(done)]).toEqual([null, true]);
  });

  it('takes a code for a bin or an item as the picker means it', () => {
    expect(kindOf(task, 'ean-TEA')).toBe('item');
    expect(kindOf(task, 'nobody-knows')).toBe('bin');
    expect(kindOf(walk(task, '1-A-1'), 'nobody-knows')).toBe('item');
    expect(judge(task, {kind: 'item', code: 'ean-MUG'}).verdict.code).toBe('wrong_bin');
    expect(judge(walk(task, '1-A-1'), {kind: 'item', code: 'ean-TEA'}).verdict.code).toBe('wrong_item');
    expect(judge(walk(task, '1-A-1'), {kind: 'item', code: 'ean-MUG', qty: 2}).verdict.code).toBe('too_many');
  });

  it('puts back what is to be put back', () => {
    const back = {...task, kind: 'unpick' as const};
    expect(isDone(walk(back, '1-A-1', 'MUG', '2-B-2', 'TEA', 'TEA', 'POT'))).toBe(true);
  });

  it('never counts more than there is, and a fold of what waits is what was shown scan by scan', () => {
    const codes = ['1-A-1', '2-B-2', '9-Z-9', 'ean-MUG', 'TEA', 'POT', 'stranger'];
    const scan = fc.record({
      kind: fc.constantFrom('bin', 'item', 'short') as fc.Arbitrary<PickScan['kind']>,
      code: fc.constantFrom(...codes),
      qty: fc.integer({min: 1, max: 3}),
    });
    fc.assert(
      fc.property(fc.array(scan, {maxLength: 25}), (scans) => {
        let shown = task;
        for (const one of scans) shown = judge(shown, one).task;
        expect(withWaiting(task, scans)).toEqual(shown);
        for (const each of shown.stops) expect(left(each)).toBe(each.qty - each.picked - each.short);
      }),
    );
  });
});

describe('the words', () => {
  it('are there in three languages, with the same blanks to fill in', () => {
    const [en, de, fr] = ['en', 'de-CH', 'fr'].map(wordsOf);
    expect([en?.('units', {n: 1}), de?.('units', {n: 2}), fr?.('units', {n: 1})]).toEqual([
      '1 unit',
      '2 Stück',
      '1 unité',
    ]);
    expect(wordsOf('xx')('scan_bin')).toBe('Scan the bin');
  });
});
