import {samePlace} from './compare.ts';

const place = {
  line1: '417 Montgomery St',
  line2: 'Floor 5',
  city: 'São José',
  region: 'CA',
  postal_code: '94104',
  country: 'US',
};

describe('two ways to write a place', () => {
  it('are the same but for capitals, accents, punctuation and lines', () => {
    expect(
      samePlace(place, {
        ...place,
        line1: '417 MONTGOMERY ST., FLOOR 5',
        line2: null,
        city: 'SAO JOSE',
        postal_code: '94104-1129',
      }),
    ).toBe(true);
    expect(samePlace(place, {...place, line2: ' floor  5 '})).toBe(true);
  });
  it('are two places where anything else differs', () => {
    for (const other of [
      {line1: '471 Montgomery St'},
      {line2: 'Floor 6'},
      {city: 'San Jose del Cabo'},
      {region: 'CO'},
      {postal_code: '94105'},
      {country: 'MX'},
    ])
      expect(samePlace(place, {...place, ...other})).toBe(false);
    const german = {...place, country: 'DE', postal_code: '10115'};
    expect(samePlace(german, {...german, postal_code: '10117'})).toBe(false);
  });
});
