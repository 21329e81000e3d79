import zoneAt from '@photostructure/tz-lookup';

/** The time zone (IANA) of a place; UTC where there is none. */
export function timeZoneAt({lat, lng}: {lat: number; lng: number}): string {
  try {
    return zoneAt(lat, lng);
  } catch {
    return 'UTC';
  }
}
