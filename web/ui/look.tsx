import {createContext, type ReactNode, useContext, useMemo} from 'react';
import {type Catalogue, directionOf, localeOf, type Phrases, type Say, sayIn} from '../words/catalogue.ts';
import type {Look} from '../words/look.ts';
import {uiWords} from '../words/ui/index.ts';

/** Language and colours of a page and everything in it. */
const Looks = createContext<Look>({language: 'en', theme: 'system'});

export function LookProvider({look, children}: {look: Look; children: ReactNode}) {
  return <Looks value={look}>{children}</Looks>;
}

export interface Reader extends Look {
  /** for Intl */
  locale: string;
  direction: 'ltr' | 'rtl';
}

export function useLook(): Reader {
  const look = useContext(Looks);
  return {...look, locale: localeOf(look.language), direction: directionOf(look.language)};
}

/** Says words of a catalogue in the reader's language. */
export function useWords<W extends Phrases>(catalogue: Catalogue<W>): Say<W> {
  const {language} = useContext(Looks);
  return useMemo(() => sayIn(catalogue, language), [catalogue, language]);
}

export const useUiWords = () => useWords(uiWords);
