/** The alphabet of texts (3GPP TS 23.038, 6.2.1): one septet a letter, two for those behind the escape. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const ESCAPED = '^{}\\[~]|€';

const SEPTETS = new Map([
  ...[...BASIC].map((letter): [string, number] => [letter, 1]),
  ...[...ESCAPED].map((letter): [string, number] => [letter, 2]),
]);

/** Signs of print that a phone of thirty years ago has under another shape. */
const PLAIN: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
};

export interface Counted {
  encoding: 'gsm7' | 'ucs2';
  /** what the network sends and charges */
  segments: number;
}

/** How a text goes over the network: 160 letters of the alphabet in one piece, 153 in each of several; of others 70 and 67. */
export function countSegments(text: string): Counted {
  const letters = [...text];
  const gsm = letters.every((letter) => SEPTETS.has(letter));
  const sizes = letters.map((letter) => (gsm ? (SEPTETS.get(letter) ?? 1) : letter.length));
  const [alone, each] = gsm ? [160, 153] : [70, 67];
  const encoding = gsm ? 'gsm7' : 'ucs2';
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return {encoding, segments: 1};
  let [segments, used] = [1, 0];
  for (const size of sizes) {
    // no letter is cut in two
    if (used + size > each) [segments, used] = [segments + 1, 0];
    used += size;
  }
  return {encoding, segments};
}

/**
 * The text in letters of the alphabet, where accents are all that is in the way: one `ê` would halve what fits in. A text
 * in another script stays as it is.
 */
export function inAlphabet(text: string): string {
  const plain = [...text.normalize('NFC')].map((letter) => {
    if (SEPTETS.has(letter)) return letter;
    const other = PLAIN[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
    return other !== '' && [...other].every((part) => SEPTETS.has(part)) ? other : null;
  });
  return plain.includes(null) ? text : plain.join('');
}
