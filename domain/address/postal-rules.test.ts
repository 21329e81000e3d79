import {postalRule} from './postal-rules.ts';

describe('postalRule', () => {
  it('matches whole codes only', () => {
    expect(postalRule('GB').code?.test('BFPO 57 SW1A 1AA')).toBe(false);
    expect(postalRule('PE').code?.test('LIMA 23')).toBe(true);
    expect(postalRule('PE').code?.test('15001 LIMA')).toBe(false);
  });
  it('tells what a country needs', () => {
    expect(postalRule('US')).toMatchObject({code_required: true, region_required: true, city_required: true});
    expect(postalRule('HK')).toEqual({code: null, code_required: false, region_required: false, city_required: false});
    expect(postalRule('IE')).toMatchObject({code_required: false});
  });
  it('asks only for the basics where it knows no rule', () => {
    expect(postalRule('AO')).toEqual({code: null, code_required: false, region_required: false, city_required: true});
  });
});
