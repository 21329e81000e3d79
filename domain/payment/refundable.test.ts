import {type CaptureLeft, spreadLines, takeFrom, worthOfUnits} from './refundable.ts';

const paid = {line_id: 'l', units: 3, amount: 1_000, refunded_units: 0, refunded_amount: 0};
const capture = (capture_id: string, left: number): CaptureLeft => ({
  capture_id,
  payment_id: 'p',
  sub_order_id: 's',
  left,
});

describe('the worth of units that are given back', () => {
  it('adds up to what was paid, unit by unit', () => {
    let line = paid;
    const worths = [1, 1, 1].map((units) => {
      const worth = worthOfUnits(line, units) ?? 0;
      line = {...line, refunded_units: line.refunded_units + units, refunded_amount: line.refunded_amount + worth};
      return worth;
    });
    expect(worths).toEqual([333, 333, 334]);
  });

  it('makes good for units that were paid for in the meantime', () => {
    const later = {...paid, units: 4, amount: 1_334, refunded_units: 1, refunded_amount: 333};
    expect(worthOfUnits(later, 3)).toBe(1_334 - 333);
  });

  it('is none for more units than were paid for', () => {
    expect(worthOfUnits({...paid, refunded_units: 2, refunded_amount: 666}, 2)).toBeNull();
    expect(worthOfUnits(paid, 0)).toBeNull();
  });
});

describe('captures', () => {
  it('are used up one after the other', () => {
    const takes = takeFrom([capture('new', 100), capture('empty', 0), capture('old', 50)], 120);
    expect(takes?.map((t) => [t.capture.capture_id, t.amount])).toEqual([
      ['new', 100],
      ['old', 20],
    ]);
  });

  it('give nothing when they do not have enough', () => {
    expect(takeFrom([capture('new', 100)], 101)).toBeNull();
  });

  it('share the lines exactly, each unit once', () => {
    const lines = [
      {line_id: 'a', qty: 2, amount: 90},
      {line_id: 'b', qty: 1, amount: 30},
    ];
    expect(spreadLines(lines, [100, 20])).toEqual([
      [
        {line_id: 'a', qty: 2, amount: 90},
        {line_id: 'b', qty: 1, amount: 10},
      ],
      [{line_id: 'b', qty: 0, amount: 20}],
    ]);
    expect(spreadLines([], [100, 20])).toEqual([[], []]);
  });
});
