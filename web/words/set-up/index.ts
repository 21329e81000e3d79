import {AR} from './ar.ts';
import {DE} from './de.ts';
import {EN} from './en.ts';

export const setUpWords = {en: EN, de: DE, ar: AR};

/** Words without anything to fill in, by name: what pages that are told as data say. */
export type SetUpWord = {
  [K in keyof typeof EN]: (typeof EN)[K] extends `${string}{${string}` | object ? never : K;
}[keyof typeof EN];
