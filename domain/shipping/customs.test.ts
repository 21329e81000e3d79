import {type ContentLine, crossesBorder, declare, INSURANCE, insuredValue} from './customs.ts';

const tea: ContentLine = {
  ...{sku: 'TEA', description: 'Tea set', qty: 2, value: 36_000, weight_g: 1_800},
  ...{hs_code: '6911.10', origin_country: 'JP', replaces: false},
};
const mug: ContentLine = {...tea, sku: 'MUG', qty: 1, value: 1_200, hs_code: null};
const usd = (...lines: ContentLine[]) => ({currency: 'USD', lines});

describe('customs', () => {
  it('is asked for at borders, of which there are none inside the EU', () => {
    expect(crossesBorder('US', 'US')).toBe(false);
    expect(crossesBorder('DE', 'FR')).toBe(false);
    expect(crossesBorder('DE', 'CH')).toBe(true);
    expect(crossesBorder('GB', 'DE')).toBe(true);
    expect(declare('US', 'US', usd(mug))).toEqual({kind: 'none'});
  });
  it('hears code, origin and value of everything in the parcel', () => {
    const all = declare('US', 'DE', usd(tea, {...mug, hs_code: '6912.00'}));
    expect(all).toMatchObject({kind: 'declared', currency: 'USD', value: 37_200});
    expect(
      all.kind === 'declared' && all.lines.map(({sku, hs_code, origin_country}) => [sku, hs_code, origin_country]),
    ).toEqual([
      ['TEA', '6911.10', 'JP'],
      ['MUG', '6912.00', 'JP'],
    ]);
  });
  it('hears of a replacement where nothing in the parcel was sold', () => {
    const other = {...tea, replaces: true};
    expect(declare('US', 'DE', usd(other))).toMatchObject({reason: 'replacement'});
    expect(declare('US', 'DE', usd(other, tea))).toMatchObject({reason: 'sale'});
  });
  it('is never told half: what is missing is named', () => {
    const lost = {...tea, sku: 'A', origin_country: null};
    expect(declare('US', 'DE', usd(tea, mug, lost, mug))).toEqual({kind: 'missing', skus: ['A', 'MUG']});
  });
});

describe('insurance', () => {
  it('is taken from a value on, for all of it', () => {
    expect(insuredValue(usd(tea), INSURANCE)).toBe(36_000);
    expect(insuredValue(usd({...tea, value: INSURANCE.from}), INSURANCE)).toBe(INSURANCE.from);
    expect(insuredValue(usd({...tea, value: INSURANCE.from - 1}), INSURANCE)).toBeNull();
  });
  it('speaks one currency', () => {
    expect(insuredValue({currency: 'EUR', lines: [tea]}, INSURANCE)).toBeNull();
  });
});
