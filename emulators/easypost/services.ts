/** The fictional carriers and what each service costs, before zone and weight. Prices are US cents. */

export interface Service {
  carrier: string;
  service: string;
  /** Days from hand-over to door inside one country. */
  days: number;
  base: number;
  perZone: number;
  perPound: number;
  /** Ounces: heavier parcels are not taken. */
  maxWeight: number;
  /** Inches, longest side plus girth: larger parcels are not taken. */
  maxSize: number;
  /** Zone 1 is the same town, 9 and above another country. */
  maxZone: number;
  guaranteed: boolean;
  /** Grams of CO2 for one pound over one zone. */
  carbonPerPoundZone: number;
}

const swiftPost = {carrier: 'SwiftPost', maxWeight: 1120, maxSize: 130, maxZone: 12};
const nordFreight = {carrier: 'NordFreight', maxWeight: 2400, maxSize: 165, maxZone: 12};
const cityDash = {carrier: 'CityDash', maxWeight: 800, maxSize: 108, maxZone: 1};

export const SERVICES: readonly Service[] = [
  {
    ...swiftPost,
    service: 'Ground',
    days: 5,
    base: 420,
    perZone: 55,
    perPound: 48,
    guaranteed: false,
    carbonPerPoundZone: 9,
  },
  {
    ...swiftPost,
    service: 'Priority',
    days: 2,
    base: 690,
    perZone: 110,
    perPound: 85,
    guaranteed: false,
    carbonPerPoundZone: 21,
  },
  {
    ...swiftPost,
    service: 'Express',
    days: 1,
    base: 1980,
    perZone: 240,
    perPound: 170,
    guaranteed: true,
    carbonPerPoundZone: 34,
  },
  {
    ...nordFreight,
    service: 'Economy',
    days: 8,
    base: 560,
    perZone: 38,
    perPound: 24,
    guaranteed: false,
    carbonPerPoundZone: 6,
  },
  {
    ...nordFreight,
    service: 'Standard',
    days: 4,
    base: 640,
    perZone: 60,
    perPound: 37,
    guaranteed: false,
    carbonPerPoundZone: 11,
  },
  {
    ...cityDash,
    service: 'SameDay',
    days: 0,
    base: 1250,
    perZone: 0,
    perPound: 60,
    guaranteed: true,
    carbonPerPoundZone: 5,
  },
  {
    ...cityDash,
    service: 'NextDay',
    days: 1,
    base: 720,
    perZone: 0,
    perPound: 42,
    guaranteed: false,
    carbonPerPoundZone: 4,
  },
];

export const CARRIER_NAMES: readonly string[] = [...new Set(SERVICES.map(({carrier}) => carrier))];

/** Currency a carrier bills in, by the country a parcel leaves from, and what 100 US cents are in it. */
export function billingCurrency(country: string): {currency: string; per100: number} {
  if (country === 'BR') return {currency: 'BRL', per100: 520};
  if (country === 'US') return {currency: 'USD', per100: 100};
  if (country === 'GB') return {currency: 'GBP', per100: 79};
  return {currency: 'EUR', per100: 92};
}

/** How a tracking code of each carrier begins. */
export const TRACKING_PREFIX: Readonly<Record<string, string>> = {
  SwiftPost: 'SWP',
  NordFreight: 'NFR',
  CityDash: 'CTD',
};
