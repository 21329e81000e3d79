import type {OrderBody} from '../api-types.ts';
import type {Random} from '../random.ts';

/** city, region, postal code, lat, lng */
const CITIES: readonly [string, string, string, number, number][] = [
  ['New York', 'NY', '10007', 40.71, -74.0],
  ['Boston', 'MA', '02108', 42.36, -71.06],
  ['Philadelphia', 'PA', '19103', 39.95, -75.17],
  ['Washington', 'DC', '20005', 38.9, -77.03],
  ['Miami', 'FL', '33130', 25.77, -80.2],
  ['Atlanta', 'GA', '30303', 33.75, -84.39],
  ['Nashville', 'TN', '37203', 36.15, -86.79],
  ['Chicago', 'IL', '60601', 41.88, -87.62],
  ['Detroit', 'MI', '48226', 42.33, -83.05],
  ['Minneapolis', 'MN', '55401', 44.98, -93.27],
  ['Kansas City', 'MO', '64105', 39.1, -94.58],
  ['Dallas', 'TX', '75201', 32.79, -96.8],
  ['Houston', 'TX', '77002', 29.76, -95.37],
  ['Denver', 'CO', '80202', 39.75, -104.99],
  ['Phoenix', 'AZ', '85004', 33.45, -112.07],
  ['Salt Lake City', 'UT', '84101', 40.76, -111.9],
  ['Los Angeles', 'CA', '90012', 34.06, -118.24],
  ['San Francisco', 'CA', '94103', 37.77, -122.41],
  ['Portland', 'OR', '97205', 45.52, -122.69],
  ['Seattle', 'WA', '98101', 47.61, -122.33],
];
const FIRST = [
  'Alba',
  'Bruno',
  'Cleo',
  'Dario',
  'Esme',
  'Flint',
  'Greta',
  'Hugo',
  'Iris',
  'Jonas',
  'Kaia',
  'Linus',
] as const;
const LAST = ['Testberg', 'Mockley', 'Sampleton', 'Fixture', 'Seedman', 'Stubbs', 'Dummett', 'Inventham'] as const;
const STREETS = ['Example Street', 'Fiction Avenue', 'Nowhere Lane', 'Sample Road', 'Invented Way'] as const;

export function inventedName(random: Random): string {
  return `${random.pick(FIRST)} ${random.pick(LAST)}`;
}

export function inventedStreet(random: Random): string {
  return `${random.whole(1, 399)} ${random.pick(STREETS)}`;
}

/** Letters only: digits in a row could be taken for a card number. */
export function letters(value: number): string {
  let text = '';
  for (let rest = Math.floor(value); text === '' || rest > 0; rest = Math.floor(rest / 26)) {
    text = String.fromCharCode(97 + (rest % 26)) + text;
  }
  return text;
}

/** A made-up person somewhere in the country; `index` makes them one of a kind. */
export function inventedShopper(
  random: Random,
  index: number,
): Pick<OrderBody, 'customer' | 'ship_to' | 'device_fingerprint'> {
  const name = inventedName(random);
  const [city, region, postal_code, lat, lng] = random.pick(CITIES);
  const id = `sim-${letters(index)}`;
  return {
    customer: {
      id,
      name,
      email: `${id}@example.com`,
      phone: `+1 212 555 ${1000 + (index % 9000)}`,
      locale: 'en-US',
    },
    ship_to: {
      name,
      line1: inventedStreet(random),
      city,
      region,
      postal_code,
      country: 'US',
      lat: round(lat + 0.2 * (random.next() - 0.5)),
      lng: round(lng + 0.2 * (random.next() - 0.5)),
    },
    device_fingerprint: `device-${id}`,
  };
}

const round = (degrees: number) => Math.round(degrees * 10_000) / 10_000;
