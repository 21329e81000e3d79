import {QueryClientProvider} from '@tanstack/react-query';
import {useEffect, useState} from 'react';
import {createQueryClient} from '../ui/data.ts';
import {LookProvider} from '../ui/look.tsx';
import {Toasts} from '../ui/toast.tsx';
import {directionOf, pickLanguage} from '../words/catalogue.ts';
import {type Look, type Theme, writeLook} from '../words/look.ts';
import {Frame} from './frame.tsx';

/** The server has read what the person chose before: see api/desk-pages.ts. */
const chosen = (): Look => {
  const {lang, dataset} = document.documentElement;
  return {language: pickLanguage([lang]), theme: (dataset['theme'] as Theme | undefined) ?? 'system'};
};

/** The office's pages: look, data and messages around whatever room somebody is in. */
export function Desk() {
  const [look, setLook] = useState(chosen);
  const [client] = useState(() => createQueryClient(() => undefined));
  useEffect(() => {
    const {documentElement: page} = document;
    page.lang = look.language;
    page.dir = directionOf(look.language);
    if (look.theme === 'system') delete page.dataset['theme'];
    else page.dataset['theme'] = look.theme;
  }, [look]);
  const choose = (part: Partial<Look>) => {
    const next = {...look, ...part};
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it
    document.cookie = writeLook(next);
    setLook(next);
  };
  return (
    <QueryClientProvider client={client}>
      <LookProvider look={look}>
        <Toasts>
          <Frame onLook={choose} />
        </Toasts>
      </LookProvider>
    </QueryClientProvider>
  );
}
