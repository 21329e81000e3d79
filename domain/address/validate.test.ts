import {isCountryCode} from './countries.ts';
import {postalRule} from './postal-rules.ts';
import {validateAddress} from './validate.ts';
import type {Address} from './validate.ts';

const berlin: Address = {
  name: 'Ana Beispiel',
  line1: 'Unter den Linden 1',
  city: 'Berlin',
  postal_code: '10117',
  country: 'DE',
  lat: 52.5,
  lng: 13.4,
};
const newYork: Address = {
  ...berlin,
  line1: '1 Main St',
  city: 'New York',
  region: 'NY',
  postal_code: '10001',
  country: 'US',
  lat: 40.7,
  lng: -74,
};
const codesOf = (address: Address) => validateAddress(address).map((f) => `${f.pointer} ${f.code}`);
const withCode = (country: string, postal_code: string | null) =>
  codesOf({...berlin, region: 'Any', country, postal_code});

describe('postal codes', () => {
  it.each([
    ['DE', '10117'],
    ['AT', '1010'],
    ['CH', '8001'],
    ['FR', '75008'],
    ['FR', '75 008'],
    ['IT', '00144'],
    ['ES', '28013'],
    ['PT', '1250-096'],
    ['NL', '1012 AB'],
    ['NL', '1012ab'],
    ['BE', '1000'],
    ['LU', '2998'],
    ['DK', '1050'],
    ['SE', '114 55'],
    ['NO', '0107'],
    ['FI', '00100'],
    ['IS', '101'],
    ['IE', 'D02 AF30'],
    ['GB', 'SW1A 1AA'],
    ['GB', 'M2 5BQ'],
    ['GB', 'GIR 0AA'],
    ['GB', 'BFPO 57'],
    ['JE', 'JE2 4WJ'],
    ['PL', '00-950'],
    ['CZ', '110 00'],
    ['GR', '10563'],
    ['LV', 'LV-1050'],
    ['LT', '01100'],
    ['EE', '10111'],
    ['US', '10001'],
    ['US', '10001-2345'],
    ['CA', 'K1A 0B1'],
    ['MX', '06000'],
    ['BR', '01310-100'],
    ['AR', 'C1070AAM'],
    ['AR', '1070'],
    ['CL', '8340457'],
    ['AU', '2000'],
    ['NZ', '6011'],
    ['JP', '100-0001'],
    ['JP', '1000001'],
    ['KR', '03051'],
    ['CN', '100000'],
    ['TW', '106'],
    ['IN', '110001'],
    ['IN', '110 001'],
    ['SG', '238801'],
    ['IL', '9614303'],
    ['ZA', '0001'],
    ['PR', '00901'],
    ['AD', 'AD500'],
    ['GI', 'GX11 1AA'],
    ['MT', 'VLT 1117'],
    ['SZ', 'H100'],
  ])('%s takes %s', (country, code) => expect(withCode(country, code)).toEqual([]));
  it.each([
    ['DE', '1011'],
    ['DE', 'D-10117'],
    ['AT', '10100'],
    ['FR', '7500'],
    ['PT', '1250096'],
    ['NL', '0012 AB'],
    ['NL', '1012 SS'],
    ['GB', '10117'],
    ['GB', 'SW1A 1CA'],
    ['GB', 'GY1 1AA'],
    ['JE', 'GY1 1AA'],
    ['PL', '00950'],
    ['US', '1000'],
    ['US', 'ABCDE'],
    ['CA', 'D1A 0B1'],
    ['CA', 'K1A 0O1'],
    ['JP', '10-00001'],
    ['IN', '010001'],
    ['AU', '20000'],
    ['BR', '1310-100'],
    ['MC', '75008'],
    ['DE', '１０１１７'],
  ])('%s refuses %s', (country, code) => expect(withCode(country, code)).toEqual(['/postal_code invalid_postal_code']));
  it.each(['DE', 'US', 'GB', 'JP', 'BR'])('%s needs one', (country) => {
    for (const none of [null, '', '  ']) expect(withCode(country, none)).toEqual(['/postal_code required']);
  });
  it.each(['HK', 'AO', 'IE', 'AE', 'PA'])('%s does without', (country) => expect(withCode(country, null)).toEqual([]));
  it('must lie in the state where the post assigns them so', () => {
    expect(codesOf({...newYork, postal_code: '94105'})).toEqual(['/postal_code postal_code_not_in_region']);
  });
  it('have rules only for countries there are, and for sixty at least', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const ruled = letters
      .flatMap((a) => letters.map((b) => a + b))
      .filter((country) => postalRule(country).code !== null);
    expect(ruled.length).toBeGreaterThanOrEqual(60);
    expect(ruled.filter((country) => !isCountryCode(country))).toEqual([]);
  });
});

describe('the rest of an address', () => {
  it('is accepted as people write it', () => {
    expect(codesOf({...newYork, name: 'Łukasz O’Neill 🏠', line2: null})).toEqual([]);
    expect(
      codesOf({
        ...berlin,
        country: 'JP',
        region: '東京都',
        city: '千代田区',
        line1: '千代田1-1',
        postal_code: '100-0001',
      }),
    ).toEqual([]);
  });
  it.each(['US', 'CA', 'AU', 'BR'])('%s needs a region', (country) => {
    expect(codesOf({...newYork, country, region: undefined as unknown as null})).toContain('/region required');
  });
  it('needs a city, but not where the city is the country', () => {
    expect(codesOf({...berlin, city: ''})).toEqual(['/city required']);
    expect(codesOf({...berlin, city: '', country: 'SG', postal_code: '238801'})).toEqual([]);
  });
  it.each(['UK', 'us', 'XX', '', 'Germany', 'DE\n'])('%j is no country', (country) => {
    expect(codesOf({...berlin, country})).toEqual(['/country unknown_country']);
  });
  it('lies on the globe', () => {
    expect(codesOf({...berlin, lat: 90.01, lng: NaN})).toEqual(['/lat out_of_range', '/lng out_of_range']);
    expect(codesOf({...berlin, lat: -90, lng: 180})).toEqual([]);
  });
  it('holds no control characters, line breaks or card numbers', () => {
    expect(
      codesOf({...berlin, name: 'A\u0000', line1: 'a\nb', line2: '4242 4242 4242 4242', city: 'x'.repeat(201)}),
    ).toEqual(['/name control_character', '/line1 line_break', '/line2 card_number', '/city too_long']);
  });
  it('counts the characters of a name as people do', () => {
    expect(codesOf({...berlin, name: 'ب'.repeat(200) + '🧡'.repeat(100)})).toEqual([]);
    expect(codesOf({...berlin, name: '🧡'.repeat(301)})).toEqual(['/name too_long']);
  });
  it('has all its faults told at once', () => {
    expect(codesOf({...newYork, name: ' ', region: '', postal_code: '9', lat: 99})).toEqual([
      '/name required',
      '/region required',
      '/postal_code invalid_postal_code',
      '/lat out_of_range',
    ]);
  });
});
