import type {Address} from './types.ts';

const CONTINENTS: Readonly<Record<string, string>> = {
  europe: 'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV MT NL NO PL PT RO SE SI SK',
  americas: 'AR BO BR CA CL CO CR DO EC GT MX PA PE PR PY US UY VE',
  asia: 'AE BD CN HK ID IL IN JP KR MY PH SA SG TH TR TW VN',
};
const CONTINENT = new Map(
  Object.entries(CONTINENTS).flatMap(([name, countries]) => countries.split(' ').map((code) => [code, name] as const)),
);
/** Largest difference of the three-figure postal prefixes that still counts as zone 1, 2, ... 7. */
const ZONE_LIMITS = [2, 20, 60, 150, 300, 500, 750];

/**
 * Zone between two addresses: 1 the same town, up to 8 the far end of the country, 9 another country of the continent,
 * 12 another continent. Without postal codes a domestic parcel is zone 4.
 */
export function zoneBetween(from: Address, to: Address): number {
  if (from.country !== to.country) {
    const home = CONTINENT.get(from.country);
    return home !== undefined && home === CONTINENT.get(to.country) ? 9 : 12;
  }
  if (sameTown(from, to)) return 1;
  const a = postalPrefix(from.zip);
  const b = postalPrefix(to.zip);
  if (a === null || b === null) return 4;
  const zone = ZONE_LIMITS.findIndex((limit) => Math.abs(a - b) <= limit);
  return zone === -1 ? 8 : zone + 1;
}

function sameTown(from: Address, to: Address): boolean {
  const town = plain(from.city);
  return town !== '' && town === plain(to.city) && plain(from.state) === plain(to.state);
}

function plain(text: string | null): string {
  return (text ?? '')
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** 0 to 999. Codes that begin with letters (GB, CA, NL's tail) are spread over the range by their first two letters. */
function postalPrefix(zip: string | null): number | null {
  const code = plain(zip);
  if (code === '') return null;
  const figures = /^\d{1,3}/.exec(code)?.[0];
  if (figures !== undefined) return Number(figures.padEnd(3, '0'));
  const letters = /^\p{L}{1,2}/u.exec(code)?.[0] ?? '';
  const first = (letters.charCodeAt(0) - 97) * 38;
  const second = letters.length > 1 ? letters.charCodeAt(1) - 97 : 0;
  return Math.min(999, Math.abs(first + second));
}
