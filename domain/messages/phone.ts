/** How numbers of a country are written at home: its calling code, and what is put before them there and left out abroad. */
interface Plan {
  code: string;
  trunk: string;
}

const plan = (code: string, trunk = ''): Plan => ({code, trunk});

/** ITU-T E.164 country codes and the national prefixes of ITU's Operational Bulletin; where one is missing, only numbers with a + are understood. */
const PLANS: Readonly<Record<string, Plan>> = {
  US: plan('1', '1'),
  CA: plan('1', '1'),
  GB: plan('44', '0'),
  IE: plan('353', '0'),
  DE: plan('49', '0'),
  AT: plan('43', '0'),
  CH: plan('41', '0'),
  FR: plan('33', '0'),
  BE: plan('32', '0'),
  NL: plan('31', '0'),
  LU: plan('352'),
  IT: plan('39'),
  ES: plan('34'),
  PT: plan('351'),
  DK: plan('45'),
  NO: plan('47'),
  SE: plan('46', '0'),
  FI: plan('358', '0'),
  PL: plan('48'),
  CZ: plan('420'),
  BR: plan('55', '0'),
  AE: plan('971', '0'),
  SA: plan('966', '0'),
  EG: plan('20', '0'),
  MA: plan('212', '0'),
};

const E164 = /^\+[1-9]\d{7,14}$/;

/** A number as networks want it (`+4915112345678`), written in whatever way is usual in that country; null: nobody can tell. */
export function asE164(written: string, country: string): string | null {
  const digits = written.replace(/\(0\)/g, '').replace(/[^\d+]/g, '');
  if (digits.startsWith('+')) return checked(digits);
  if (digits.startsWith('00')) return checked(`+${digits.slice(2)}`);
  const home = PLANS[country.toUpperCase()];
  if (!home) return null;
  const {code, trunk} = home;
  const national = trunk !== '' && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits;
  // ten digits, never fewer: without its area code a number of North America could be anybody's
  if (code === '1' && national.length !== 10) return null;
  // the same of places that put a prefix before every number: without it the area is missing
  if (trunk === '0' && national === digits) return null;
  return checked(`+${code}${national}`);
}

const checked = (number: string): string | null => (E164.test(number) ? number : null);
