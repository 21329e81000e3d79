import fc from 'fast-check';
import {judgeScan} from './scan.ts';
import type {ScanInput, ScanVerdict, StopView, TaskView} from './scan.ts';

const now = 1_000_000;
const ana = {actor: 'ana', now};

function stop(position: number, bin: string, sku: string, qty: number, more: Partial<StopView> = {}): StopView {
  return {
    stop_id: `s${position}`,
    position,
    bin,
    sku,
    barcode: `40${sku}`,
    name: `Item ${sku}`,
    qty,
    picked: 0,
    short: 0,
    opened: false,
    ...more,
  };
}
function task(stops: StopView[], more: Partial<TaskView> = {}): TaskView {
  return {state: 'open', kind: 'pick', claimed_by: null, lease_until: null, stops, ...more};
}
/** What the store does with an accepted verdict. */
function apply(view: TaskView, verdict: ScanVerdict): TaskView {
  if (!verdict.accepted) return view;
  const {stop_id, kind, qty} = verdict.effect;
  const stops = view.stops.map((s) => {
    if (kind === 'open') return {...s, opened: s.stop_id === stop_id};
    if (s.stop_id !== stop_id) return s;
    return kind === 'pick' ? {...s, picked: s.picked + qty} : {...s, short: s.short + qty};
  });
  return {...view, stops, state: verdict.closes_task ? 'done' : view.state};
}
const judge = (view: TaskView, kind: ScanInput['kind'], code: string, qty?: number) =>
  judgeScan(view, qty === undefined ? {kind, code} : {kind, code, qty}, ana);

const two = task([stop(1, 'A-1', 'WATER', 2), stop(2, 'B-7', 'PHONE', 1)]);
const atFirst = task([stop(1, 'A-1', 'WATER', 2, {opened: true}), stop(2, 'B-7', 'PHONE', 1)]);
const shared = task([
  stop(1, 'A-1', 'WATER', 2, {opened: true}),
  stop(2, 'A-1', 'PHONE', 1),
  stop(3, 'B-7', 'CASE', 1),
]);

describe('a task from the first bin to the last item', () => {
  it('tells where to go after every scan and closes with the last unit', () => {
    let view = two;
    const told = ['bin A-1', 'item 40WATER', 'item WATER', 'bin B-7', 'item 40PHONE'].map((line) => {
      const [kind, code = ''] = line.split(' ');
      const verdict = judge(view, kind as ScanInput['kind'], code);
      view = apply(view, verdict);
      return verdict.message;
    });
    expect(told).toEqual([
      'Pick 2 × Item WATER.',
      'Here: pick 1 × Item WATER.',
      'Go to bin B-7: pick 1 × Item PHONE.',
      'Pick 1 × Item PHONE.',
      'All picked. Take the tote to packing.',
    ]);
    expect(view.state).toBe('done');
  });
});

describe('a bin', () => {
  it('opens its stop, in whatever order the picker walks', () => {
    expect(judge(two, 'bin', ' B-7 ')).toMatchObject({
      accepted: true,
      effect: {stop_id: 's2', kind: 'open', qty: 0},
      closes_stop: false,
      next: {bin: 'B-7', sku: 'PHONE', remaining: 1},
    });
    expect(judge(atFirst, 'bin', 'A-1')).toMatchObject({accepted: true, effect: {stop_id: 's1', kind: 'open'}});
  });
  it('that is not in the task, or finished, is wrong and the right one named', () => {
    expect(judge(two, 'bin', 'C-3')).toEqual({
      accepted: false,
      code: 'wrong_bin',
      message: 'Bin C-3 is not in this task. Go to bin A-1.',
    });
    const half = task([stop(1, 'A-1', 'WATER', 2, {picked: 2}), stop(2, 'B-7', 'PHONE', 1)]);
    expect(judge(half, 'bin', 'A-1')).toMatchObject({
      code: 'wrong_bin',
      message: 'Nothing is left to pick from bin A-1. Go to bin B-7.',
    });
  });
});

describe('an item', () => {
  it('counts one, or as many as said, by barcode or SKU', () => {
    expect(judge(atFirst, 'item', 'WATER')).toMatchObject({
      effect: {stop_id: 's1', kind: 'pick', qty: 1},
      closes_stop: false,
    });
    expect(judge(atFirst, 'item', '40WATER', 2)).toMatchObject({
      effect: {qty: 2},
      closes_stop: true,
      closes_task: false,
    });
  });
  it('needs its bin opened first', () => {
    expect(judge(two, 'item', 'WATER')).toEqual({
      accepted: false,
      code: 'wrong_bin',
      message: 'Scan the bin first: go to bin A-1.',
    });
    expect(judge(atFirst, 'item', 'PHONE')).toMatchObject({
      code: 'wrong_item',
      message: 'Item PHONE is to be picked from bin B-7. Scan that bin first.',
    });
  });
  it('may be the other one of an opened bin', () => {
    expect(judge(shared, 'item', 'PHONE')).toMatchObject({accepted: true, effect: {stop_id: 's2', kind: 'pick'}});
  });
  it('is followed by what else lies in the bin', () => {
    expect(judge(shared, 'item', 'WATER', 2)).toMatchObject({next: {bin: 'A-1', sku: 'PHONE'}});
  });
  it('that nobody ordered is refused at once', () => {
    expect(judge(atFirst, 'item', 'SOAP')).toMatchObject({
      code: 'wrong_item',
      message: 'Wrong item. Put it back and pick Item WATER from bin A-1.',
    });
  });
  it('beyond the ordered number is too many', () => {
    expect(judge(atFirst, 'item', 'WATER', 3)).toMatchObject({
      code: 'too_many',
      message: 'Only 2 × Item WATER to pick here. Put back 1.',
    });
    const full = task([stop(1, 'A-1', 'WATER', 2, {opened: true, picked: 2}), stop(2, 'B-7', 'PHONE', 1)]);
    expect(judge(full, 'item', 'WATER')).toMatchObject({code: 'too_many'});
  });
  it('of which every unit was cancelled goes back, and says so', () => {
    const gone = task([stop(1, 'A-1', 'WATER', 0, {opened: true}), stop(2, 'B-7', 'PHONE', 1)]);
    expect(judge(gone, 'item', 'WATER')).toMatchObject({
      code: 'cancelled',
      message: 'Item WATER was cancelled. Put this one back.',
    });
  });
  it('without a barcode goes by its SKU', () => {
    expect(judge(task([stop(1, 'A-1', 'X', 1, {barcode: null, opened: true})]), 'item', 'X')).toMatchObject({
      closes_task: true,
    });
  });
});

describe('a short pick', () => {
  it('closes the open stop with all that remains, code or not', () => {
    for (const code of ['', 'A-1', 'WATER', '40WATER']) {
      expect(judge(atFirst, 'short', code)).toMatchObject({
        effect: {stop_id: 's1', kind: 'short', qty: 2},
        closes_stop: true,
        next: {bin: 'B-7'},
      });
    }
  });
  it('of fewer than remain keeps the stop open for the others', () => {
    expect(judge(atFirst, 'short', '', 1)).toMatchObject({
      effect: {qty: 1},
      closes_stop: false,
      next: {bin: 'A-1', remaining: 1},
    });
  });
  it('of more than remain is too many', () => {
    expect(judge(atFirst, 'short', '', 3)).toMatchObject({code: 'too_many'});
  });
  it('needs an opened bin and a code of the task', () => {
    expect(judge(two, 'short', '')).toMatchObject({code: 'wrong_bin'});
    expect(judge(atFirst, 'short', 'SOAP')).toMatchObject({code: 'unknown_code'});
    expect(judge(atFirst, 'short', 'PHONE')).toMatchObject({code: 'wrong_item'});
  });
  it('may be of the other item of the bin', () => {
    expect(judge(shared, 'short', 'PHONE')).toMatchObject({effect: {stop_id: 's2', qty: 1}});
  });
  it('of the last unit closes the task', () => {
    const last = task([stop(1, 'A-1', 'WATER', 2, {picked: 1, opened: true})]);
    expect(judge(last, 'short', '')).toMatchObject({closes_task: true, next: null});
  });
});

describe('whose task it is', () => {
  const bobs = {claimed_by: 'bob', lease_until: now + 1};
  it('another with a live lease keeps it', () => {
    expect(judge({...two, ...bobs}, 'bin', 'A-1')).toMatchObject({code: 'not_yours'});
  });
  it('nobody, oneself, or somebody whose lease has ended does not stand in the way', () => {
    expect(judge(two, 'bin', 'A-1').accepted).toBe(true);
    expect(judge({...two, ...bobs, claimed_by: 'ana'}, 'bin', 'A-1').accepted).toBe(true);
    expect(judge({...two, ...bobs, lease_until: now}, 'bin', 'A-1').accepted).toBe(true);
  });
  it('a task that is over takes no scan, and nor does one to pack', () => {
    expect(judge({...two, ...bobs, state: 'cancelled'}, 'bin', 'A-1')).toMatchObject({code: 'cancelled'});
    expect(judge({...two, ...bobs, state: 'done'}, 'bin', 'A-1')).toMatchObject({code: 'done'});
    expect(judge({...two, kind: 'pack'}, 'bin', 'A-1')).toMatchObject({code: 'unknown_code'});
  });
  it('unreadable codes and numbers are asked for again', () => {
    expect(judge(atFirst, 'item', '  ')).toMatchObject({code: 'unknown_code'});
    for (const qty of [0, -1, 1.5]) expect(judge(atFirst, 'item', 'WATER', qty)).toMatchObject({code: 'unknown_code'});
  });
});

describe('for any sequence of scans', () => {
  const bins = ['A-1', 'B-7'];
  const items = ['WATER', 'PHONE', 'CASE'];
  const stops = fc
    .array(fc.tuple(fc.constantFrom(...bins), fc.constantFrom(...items), fc.integer({min: 1, max: 3})), {
      minLength: 1,
      maxLength: 4,
    })
    .map((list) => list.map(([bin, sku, qty], i) => stop(i, bin, sku, qty)));
  const scans = fc.array(
    fc.record({
      kind: fc.constantFrom('bin', 'item', 'item', 'short' as const),
      code: fc.constantFrom(...bins, ...items, '40WATER', '', 'SOAP'),
      qty: fc.option(fc.integer({min: 1, max: 4})),
    }),
    {maxLength: 40},
  );
  it('no stop gets more than its units, and the task closes exactly when all are picked or short', () => {
    fc.assert(
      fc.property(stops, scans, (list, input) => {
        let view = task(list);
        for (const scan of input) {
          const before = view;
          const verdict = judgeScan(view, scan as ScanInput, ana);
          view = apply(view, verdict);
          if (before.state === 'done') expect(verdict).toMatchObject({accepted: false, code: 'done'});
          expect(view.stops.every((s) => s.picked + s.short <= s.qty)).toBe(true);
          expect(view.state === 'done').toBe(view.stops.every((s) => s.picked + s.short === s.qty));
          if (verdict.accepted) expect(verdict.next === null).toBe(verdict.closes_task);
        }
      }),
    );
  });
  it('following what the page says always ends the task', () => {
    fc.assert(
      fc.property(stops, (list) => {
        let view = task(list);
        const first = judge(view, 'bin', list[0]?.bin ?? '');
        view = apply(view, first);
        let next = first.accepted ? first.next : null;
        for (let steps = 0; next !== null && steps < 60; steps += 1) {
          const there: TaskView = view.stops.some((s) => s.opened && s.bin === next?.bin)
            ? view
            : apply(view, judge(view, 'bin', next.bin));
          const verdict = judge(there, 'item', next.sku);
          expect(verdict.accepted).toBe(true);
          view = apply(there, verdict);
          next = verdict.accepted ? verdict.next : null;
        }
        expect(view.state).toBe('done');
      }),
    );
  });
});
