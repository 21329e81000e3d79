import {AR} from './ar.ts';
import {DE} from './de.ts';
import {EN} from './en.ts';
import {FR} from './fr.ts';

export const customerWords = {en: EN, de: DE, ar: AR, fr: FR};
