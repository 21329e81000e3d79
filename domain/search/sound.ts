const LETTERS = /^[a-z]+$/;

/**
 * How a name sounds, as digits: the Cologne phonetics (H. J. Postel, "Die Kölner Phonetik", 1969), which hears German as
 * well as most names in Latin letters. Empty for other scripts, and for words of one letter.
 */
export function soundOf(word: string): string {
  if (!LETTERS.test(word) || word.length < 2) return '';
  const heard = word.replace(/ph/g, 'f');
  let digits = '';
  for (let i = 0; i < heard.length; i += 1) digits += digitOf(heard, i);
  const once = digits.replace(/(\d)\1+/g, '$1');
  return once.charAt(0) + once.slice(1).replaceAll('0', '');
}

const PLAIN: Readonly<Record<string, string>> = {
  b: '1',
  p: '1',
  f: '3',
  v: '3',
  w: '3',
  g: '4',
  k: '4',
  q: '4',
  l: '5',
  m: '6',
  n: '6',
  r: '7',
  s: '8',
  z: '8',
};

function digitOf(word: string, at: number): string {
  const letter = word.charAt(at);
  const [before, after] = [word.charAt(at - 1), word.charAt(at + 1)];
  switch (letter) {
    case 'h':
      return '';
    case 'd':
    case 't':
      return 'csz'.includes(after || '-') ? '8' : '2';
    case 'x':
      return 'ckq'.includes(before || '-') ? '8' : '48';
    case 'c':
      return soundsAsK(at === 0, before, after) ? '4' : '8';
    default:
      return PLAIN[letter] ?? '0';
  }
}

function soundsAsK(first: boolean, before: string, after: string): boolean {
  if (first) return 'ahkloqrux'.includes(after || '-');
  return !'sz'.includes(before) && 'ahkoqux'.includes(after || '-');
}
