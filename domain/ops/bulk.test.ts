import {addEffects, effectOf, NO_EFFECT} from './bulk.ts';

it('counts what an act makes of one order', () => {
  const effect = effectOf(
    [
      {kind: 'units_cancelled', sku: 'A', qty: 2},
      {kind: 'units_cancelled', sku: 'B', qty: 1},
      {kind: 'not_charged', amount: 500},
      {kind: 'money_back', amount: 70, second_person: false},
      {kind: 'part_ends', sub_order_id: 's', source: 'EAST'},
      {kind: 'task_ends', task: 'pick', warehouse: 'EAST', units: 3},
      {kind: 'message', template: 'cancelled'},
      {kind: 'status', from: 'awaiting_fulfillment', to: 'cancelled'},
    ],
    'EUR',
  );
  expect(effect).toEqual({
    ...NO_EFFECT,
    orders: 1,
    units: 3,
    money: [{currency: 'EUR', let_go: 500, back: 70}],
    parts_end: 1,
    tasks_end: 1,
    mails: {cancelled: 1},
  });
});

it('keeps currencies apart in a sum', () => {
  const one = (currency: string, amount: number) => effectOf([{kind: 'hold_let_go', amount}], currency);
  const sum = addEffects([one('USD', 100), one('EUR', 30), one('USD', 1)]);
  expect(sum.orders).toBe(3);
  expect(sum.money).toEqual([
    {currency: 'EUR', let_go: 30, back: 0},
    {currency: 'USD', let_go: 101, back: 0},
  ]);
});

it('says no money where none moves', () => {
  expect(effectOf([{kind: 'held_until', until: '2026-05-06T10:00:00.000Z'}], 'USD').money).toEqual([]);
});

it('leaves the empty sum as it is', () => {
  addEffects([effectOf([{kind: 'message', template: 'cancelled'}], 'USD')]);
  expect(NO_EFFECT.mails).toEqual({});
});
