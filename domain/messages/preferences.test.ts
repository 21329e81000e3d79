import {type Choice, choiceFault, preferencesOf, wants} from './preferences.ts';

const off = (channel: Choice['channel'], kind: Choice['kind']): Choice => ({channel, kind, wanted: false});

describe('what a customer wants to be told', () => {
  it('is everything, until they say otherwise; the last word counts', () => {
    expect(preferencesOf([]).every(({wanted}) => wanted)).toBe(true);
    const choices = [off('sms', 'arrival'), off('email', 'dispatch')];
    expect(wants(choices, 'sms', 'arrival')).toBe(false);
    expect(wants(choices, 'email', 'arrival')).toBe(true);
    expect(wants([...choices, {...off('sms', 'arrival'), wanted: true}], 'sms', 'arrival')).toBe(true);
  });

  it('never keeps back by mail what an order, its money or its returns come to', () => {
    for (const kind of ['order', 'payment', 'returns'] as const) {
      expect(choiceFault(off('email', kind))).toBe('mandatory');
      expect(wants([off('email', kind)], 'email', kind)).toBe(true);
    }
    expect(choiceFault(off('sms', 'payment'))).toBeNull();
    expect(wants([off('sms', 'payment')], 'sms', 'payment')).toBe(false);
  });

  it('offers texts only where there are any', () => {
    const texted = preferencesOf([]).filter(({channel}) => channel === 'sms');
    expect(texted.map(({kind}) => kind)).toEqual(['payment', 'arrival', 'delay']);
    expect(choiceFault(off('sms', 'order'))).toBe('never_sent');
  });
});
