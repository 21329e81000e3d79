/** The parts of an address that say where to go; `line1` and `line2` may be divided otherwise. */
export interface Place {
  line1: string;
  line2?: string | null | undefined;
  city: string;
  region?: string | null | undefined;
  postal_code?: string | null | undefined;
  country: string;
}

/**
 * Is it the same place, only written otherwise: capitals, accents, punctuation, a line more or less, the last four digits
 * that some post offices add to a US code.
 */
export function samePlace(a: Place, b: Place): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({line1, line2, city, region, postal_code, country}: Place): string {
  const code = country === 'US' ? (postal_code ?? '').slice(0, 5) : (postal_code ?? '');
  return [`${line1} ${line2 ?? ''}`, city, region ?? '', code, country].map(plain).join('|');
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
