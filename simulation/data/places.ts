import {codeInRegion} from '../../domain/address/region-codes.ts';
import type {RealData} from './real-orders.ts';

export interface Place {
  lat: number;
  lng: number;
  timezone: string;
}

export interface Atlas {
  /** The recorded position, else the municipality's centre, else the state's. */
  locate(given: {lat?: number; lng?: number; city: string; state: string}): Place;
}

export function createAtlas(municipalities: RealData['municipalities']): Atlas {
  const byName = new Map(municipalities.map((m) => [`${plain(m.city)}/${m.state}`, m]));
  const states = new Map<string, RealData['municipalities']>();
  for (const m of municipalities) states.set(m.state, [...(states.get(m.state) ?? []), m]);
  return {
    locate: ({lat, lng, city, state}) => {
      const town = byName.get(`${plain(city)}/${state}`);
      const timezone = town?.timezone ?? states.get(state)?.[0]?.timezone ?? 'America/Sao_Paulo';
      if (lat !== undefined && lng !== undefined) return {lat, lng, timezone};
      if (town) return {lat: town.lat, lng: town.lng, timezone};
      return {...centre(states.get(state) ?? municipalities), timezone};
    },
  };
}

function centre(places: readonly {lat: number; lng: number}[]): {lat: number; lng: number} {
  const mean = (value: (place: {lat: number; lng: number}) => number) =>
    Math.round((places.reduce((sum, place) => sum + value(place), 0) / Math.max(1, places.length)) * 1e5) / 1e5;
  return {lat: mean(({lat}) => lat), lng: mean(({lng}) => lng)};
}

/** Without accents and in small letters: "São Paulo" and "sao paulo" are one town. */
function plain(city: string): string {
  return city.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

const STATES = 'AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO'.split(' ');

/** A Brazilian code and state that belong together: where the record's do not, the code decides. */
export function postalPlace(prefix: string, state: string): {postal_code: string; region: string} {
  const postal_code = `${prefix.padStart(5, '0')}-000`;
  if (codeInRegion('BR', state, postal_code) !== false) return {postal_code, region: state};
  return {postal_code, region: STATES.find((other) => codeInRegion('BR', other, postal_code) === true) ?? state};
}
