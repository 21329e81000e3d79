/** A point on the map; degrees. */
export interface Point {
  lat: number;
  lng: number;
}

export interface Town extends Point {
  city: string;
  country: string;
}

const key = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** The same town, however it is written. */
export const isSameTown = (a: {city: string; country: string}, b: {city: string; country: string}): boolean =>
  a.country === b.country && key(a.city) === key(b.city);

/** Where a scan was, by the towns we know anyway: our own sites and the town it goes to. Null: a town we do not know. */
export function townOf(place: {city: string | null; country: string | null}, known: readonly Town[]): Point | null {
  if (place.city === null) return null;
  const city = key(place.city);
  const found = known.find(
    (town) => key(town.city) === city && (place.country === null || place.country.toUpperCase() === town.country),
  );
  return found ? {lat: found.lat, lng: found.lng} : null;
}

export interface Journey {
  from: Point;
  to: Point;
  /** epoch milliseconds: handed over, expected or arrived, now */
  left: number;
  due: number | null;
  now: number;
  arrived: boolean;
  /** of the last scan whose town is known */
  seen: Point | null;
}

/**
 * Where a parcel is, as well as anybody knows: at the town of its last scan, else as far along the straight line as its
 * time is over, and never quite there before it is. `exact`: it was seen there.
 */
export function whereabouts({from, to, left, due, now, arrived, seen}: Journey): Point & {exact: boolean} {
  if (arrived) return {...to, exact: true};
  if (seen) return {...seen, exact: true};
  const whole = (due ?? left) - left;
  const share = whole <= 0 ? 0.5 : Math.min(0.9, Math.max(0.05, (now - left) / whole));
  const turn = ((((to.lng - from.lng + 180) % 360) + 360) % 360) - 180;
  return {lat: from.lat + (to.lat - from.lat) * share, lng: wrap(from.lng + turn * share), exact: false};
}

const wrap = (lng: number): number => ((((lng + 180) % 360) + 360) % 360) - 180;
