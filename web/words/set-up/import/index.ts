import {AR} from './ar.ts';
import {DE} from './de.ts';
import {EN} from './en.ts';

export const importWords = {en: EN, de: DE, ar: AR};
