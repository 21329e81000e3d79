import {LANGUAGES, type Language} from './catalogue.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** How somebody wants to read the pages. */
export interface Look {
  language: Language;
  theme: Theme;
}

/** It is kept where the server reads it too: a page comes in it from its first byte. */
export const LOOK_COOKIE = 'waybill_look';

const YEAR_S = 365 * 86_400;

/** `de.dark`; null for anything else. */
export function readLook(value: string | null): Look | null {
  const [language, theme] = (value ?? '').split('.');
  const known = LANGUAGES.find((one) => one === language);
  const colours = THEMES.find((one) => one === theme);
  return known && colours ? {language: known, theme: colours} : null;
}

export const writeLook = ({language, theme}: Look): string =>
  `${LOOK_COOKIE}=${language}.${theme}; Path=/; SameSite=Lax; Max-Age=${YEAR_S}`;
