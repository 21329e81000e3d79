/** Countries with one clock, or one by which nearly everybody lives. */
const OF_COUNTRY: Readonly<Record<string, string>> = {
  AE: 'Asia/Dubai',
  AR: 'America/Argentina/Buenos_Aires',
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  CH: 'Europe/Zurich',
  CN: 'Asia/Shanghai',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EG: 'Africa/Cairo',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GB: 'Europe/London',
  GR: 'Europe/Athens',
  IE: 'Europe/Dublin',
  IL: 'Asia/Jerusalem',
  IN: 'Asia/Kolkata',
  IT: 'Europe/Rome',
  JP: 'Asia/Tokyo',
  KR: 'Asia/Seoul',
  LU: 'Europe/Luxembourg',
  MA: 'Africa/Casablanca',
  NL: 'Europe/Amsterdam',
  NO: 'Europe/Oslo',
  NZ: 'Pacific/Auckland',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  SA: 'Asia/Riyadh',
  SE: 'Europe/Stockholm',
  SG: 'Asia/Singapore',
  TR: 'Europe/Istanbul',
  ZA: 'Africa/Johannesburg',
};

/** North America from east to west: the zone and the longitude at which it ends. */
const NORTH_AMERICA: readonly [string, number][] = [
  ['America/New_York', -85.5],
  ['America/Chicago', -102],
  ['America/Denver', -115],
  ['America/Los_Angeles', -180],
];

/** The clock at a door, near enough to name days and hours by; where nothing better is known, that of the sun. */
export function zoneAt({country, lng}: {country: string; lng: number}): string {
  const known = OF_COUNTRY[country];
  if (known) return known;
  if (country === 'US' || country === 'CA') {
    return NORTH_AMERICA.find(([, west]) => lng > west)?.[0] ?? 'America/Los_Angeles';
  }
  const ahead = Math.round(lng / 15);
  // the sign of these names is the other way round (IANA time zone database, file etcetera)
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
