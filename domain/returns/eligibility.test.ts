import {type ReturnableLine, refusals, returnable} from './eligibility.ts';
import {RETURNS, windowDays} from './policy.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;
const line = (more: Partial<ReturnableLine> = {}): ReturnableLine => ({
  line_id: 'L1',
  bought: 3,
  arrivals: [{at: NOW - 5 * DAY, qty: 3}],
  returned: 0,
  announced: 0,
  window_days: 30,
  ...more,
});
const code = (found: ReturnableLine, qty: number) => refusals([found], [{line_id: 'L1', qty}], NOW)[0]?.code;

describe('what may be sent back', () => {
  it('is what arrived, less what is back and what is announced', () => {
    expect(returnable(line({returned: 1, announced: 1}), NOW).qty).toBe(1);
    expect(refusals([line()], [{line_id: 'L1', qty: 3}], NOW)).toEqual([]);
  });

  it('is counted from the delivery of each unit, to the last day', () => {
    const late = line({arrivals: [{at: NOW - 30 * DAY, qty: 1}]});
    expect(returnable(late, NOW)).toEqual({qty: 1, until: NOW});
    expect(returnable(late, NOW + 1).qty).toBe(0);
    const [refused] = refusals([late], [{line_id: 'L1', qty: 1}], NOW + 1);
    expect(refused).toMatchObject({code: 'window_over', until: NOW, possible: 0});
  });

  it('leaves units that arrived later in their own window; the oldest are taken to have gone first', () => {
    const arrivals = [
      {at: NOW - 40 * DAY, qty: 2},
      {at: NOW - 10 * DAY, qty: 1},
    ];
    expect(returnable(line({arrivals}), NOW).qty).toBe(1);
    expect(returnable(line({arrivals, returned: 2}), NOW).qty).toBe(1);
    expect(returnable(line({arrivals, returned: 3}), NOW).qty).toBe(0);
  });

  it.each([
    ['not_delivered', line({arrivals: []}), 1],
    ['not_delivered', line({arrivals: [{at: NOW, qty: 1}]}), 2],
    ['more_than_delivered', line(), 4],
    ['already_returned', line({returned: 3}), 1],
    ['in_another_return', line({announced: 3}), 1],
    ['not_returnable', line({window_days: 0}), 1],
  ] as const)('is refused as %s', (expected, found, qty) => {
    expect(code(found, qty)).toBe(expected);
  });

  it('is refused as not bought where the order has no such line; asked for in two portions it counts as one', () => {
    expect(refusals([line()], [{line_id: 'L2', qty: 1}], NOW)).toEqual([
      {line_id: 'L2', qty: 1, code: 'not_bought', possible: 0, until: null},
    ]);
    const twice = [
      {line_id: 'L1', qty: 2},
      {line_id: 'L1', qty: 2},
    ];
    expect(refusals([line()], twice, NOW)).toMatchObject([{qty: 4, code: 'more_than_delivered', possible: 3}]);
  });
});

describe('the window', () => {
  const policy = {
    ...RETURNS,
    windows: [
      {country: 'DE', days: 14},
      {category: 'food', days: 0},
      {category: 'shoes', days: 60},
      {category: 'shoes', country: 'DE', days: 100},
    ],
  };
  it.each([
    ['things', 'US', 30],
    ['things', 'DE', 14],
    ['food', 'DE', 0],
    ['shoes', 'US', 60],
    ['shoes', 'DE', 100],
    [null, 'DE', 14],
  ])('of %s to %s is %d days: the rule that says most counts', (category, country, days) => {
    expect(windowDays(policy, category, country)).toBe(days);
  });
});
