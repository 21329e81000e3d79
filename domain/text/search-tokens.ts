export interface SearchToken {
  kind: 'name' | 'email' | 'phone';
  value: string;
}

export interface Searchable {
  name?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
}

/** Digits at the end of a phone number that people give without country and area code. */
const LOCAL_PHONE_DIGITS = 7;

/**
 * The normalised tokens under which a person can be found; the same function serves storing and searching.
 * Name: every word. E-mail: the whole address. Phone: all digits, and the last seven. Each token once.
 */
export function searchTokens({name = '', email = '', phone = ''}: Searchable): SearchToken[] {
  const tokens: SearchToken[] = [];
  for (const value of new Set(words(name))) tokens.push({kind: 'name', value});
  const address = plain(email).trim();
  if (address !== '') tokens.push({kind: 'email', value: address});
  for (const value of phoneForms(phone)) tokens.push({kind: 'phone', value});
  return tokens;
}

/** Lower case, compatibility forms unified, accents gone. Decomposes again because lower-casing can compose ("İ"). */
function plain(text: string): string {
  return text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
}

function words(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function phoneForms(text: string): string[] {
  const digits = plain(text).replace(/[^0-9]/g, '');
  if (digits === '') return [];
  return [...new Set([digits, digits.slice(-LOCAL_PHONE_DIGITS)])];
}
