import {differences, layOutJson, withoutSecrets} from './play.ts';

const printed = {
  order_id: 'ord_1',
  status: 'delivered',
  waiting_on: {name: 'pick'},
  total: {amount: 500},
  lines: [{qty: 1}, {qty: 2}],
};

describe('an answer that is printed', () => {
  it('may have other ids and times, and what is or is not awaited', () => {
    expect(differences(printed, {...printed, order_id: 'ord_2', waiting_on: null})).toEqual([]);
  });

  it.each([
    ['another amount', {...printed, total: {amount: 501}}],
    ['another word', {...printed, status: 'cancelled'}],
    ['a field more', {...printed, note: 'x'}],
    ['a field less', {...printed, lines: undefined}],
    ['a line less', {...printed, lines: [{qty: 1}]}],
    ['another line', {...printed, lines: [{qty: 1}, {qty: 3}]}],
  ])('is not the same as one with %s', (_what, seen) => {
    expect(differences(printed, JSON.parse(JSON.stringify(seen)))).toHaveLength(1);
  });

  it('is JSON however it is laid out, without what is shown once', () => {
    const value = {key: 'wb_1234567', list: Array.from({length: 40}, (_, i) => ({i, text: 'a "quoted" text'}))};
    expect(JSON.parse(layOutJson(value))).toEqual(value);
    expect(withoutSecrets({answer: value, client_secret: 'pi_123_secret'})).toMatchObject({
      answer: {key: 'wb_123…'},
      client_secret: 'pi_123…',
    });
  });
});
