import {instead, whereUnitsAre} from './change-limits.ts';

const line = {qty: 6, cancelled: 0, picked: 0, in_transit: 0, lost: 0, delivered: 0, returned: 0};

describe('where the units of a line are', () => {
  it('is told place by place, nearest first', () => {
    expect(whereUnitsAre({...line, cancelled: 1, picked: 1, in_transit: 1, delivered: 2, returned: 1})).toBe(
      'of 6 ordered 1 open, 1 picked, 1 on the way, 1 with the customer, 1 sent back, 1 cancelled',
    );
  });
  it('leaves out where none are', () => {
    expect([whereUnitsAre(line), whereUnitsAre({...line, lost: 6})]).toEqual([
      'of 6 ordered 6 open',
      'of 6 ordered 6 lost',
    ]);
  });
});

it('knows what to do about every end of an order', () => {
  for (const code of ['delivered', 'cancelled', 'refunded']) expect(instead(code)).not.toMatch('look at the order');
});
