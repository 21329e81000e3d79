import {codeInRegion} from './region-codes.ts';

describe('codeInRegion', () => {
  it.each([
    ['US', 'NY', '10001'],
    ['US', 'ny', '06390'],
    ['US', 'CA', '94105-1234'],
    ['US', 'PR', '00901'],
    ['US', 'TX', '73301'],
    ['CA', 'QC', 'H2Y 1C6'],
    ['CA', 'ON', 'M5V 3L9'],
    ['CA', 'NU', 'X0A 0H0'],
    ['AU', 'NSW', '2000'],
    ['AU', 'ACT', '2601'],
    ['AU', 'SA', '0872'],
    ['BR', 'SP', '01310-100'],
    ['BR', 'AM', '69400-000'],
    ['BR', 'RR', '69301000'],
  ])('%s %s has %s', (country, region, code) => expect(codeInRegion(country, region, code)).toBe(true));
  it.each([
    ['US', 'NY', '94105'],
    ['US', 'CA', '10001'],
    ['CA', 'BC', 'M5V 3L9'],
    ['AU', 'VIC', '2000'],
    ['BR', 'RJ', '01310-100'],
  ])('%s %s has not %s', (country, region, code) => expect(codeInRegion(country, region, code)).toBe(false));
  it('does not judge regions it does not know', () => {
    expect(codeInRegion('US', 'New York', '94105')).toBeNull();
    expect(codeInRegion('DE', 'BY', '10115')).toBeNull();
    expect(codeInRegion('US', 'constructor', '10001')).toBeNull();
  });
});
