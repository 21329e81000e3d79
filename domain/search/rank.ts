import {slips} from './distance.ts';
import {plainWords} from './plain-words.ts';
import {soundOf} from './sound.ts';

/** How well a name fits what was said of it. */
export interface NameFit {
  /** 0 to 1: the mean of its words */
  score: number;
  /** the weakest of the likenesses that made it */
  likeness: 'same' | 'similar' | 'sounds';
}

const ONE_SLIP = 0.8;
const TWO_SLIPS = 0.7;
const SOUNDS = 0.6;

/** Null where not one word is like any of the name's. */
export function fitOfName(said: readonly string[], name: string): NameFit | null {
  const words = plainWords(name);
  const fits = said.map((word) => Math.max(0, ...words.map((own) => fitOfWord(word, own))));
  const score = fits.reduce((sum, fit) => sum + fit, 0) / Math.max(1, fits.length);
  const found = fits.filter((fit) => fit > 0);
  if (found.length === 0) return null;
  const weakest = Math.min(...found);
  return {score, likeness: weakest === 1 ? 'same' : weakest > SOUNDS ? 'similar' : 'sounds'};
}

const LONG = 7;

function fitOfWord(said: string, own: string): number {
  if (said === own) return 1;
  const limit = [...said].length >= LONG ? 2 : [...said].length >= 3 ? 1 : 0;
  const distance = slips(said, own, limit);
  if (distance <= limit) return distance === 1 ? ONE_SLIP : TWO_SLIPS;
  const sound = soundOf(said);
  return sound.length > 1 && sound === soundOf(own) ? SOUNDS : 0;
}
