import {QueryClientProvider, useQueryClient} from '@tanstack/react-query';
import {useEffect, useState} from 'react';
import {call, ProblemError} from '../ui/api.ts';
import {createQueryClient, useRead} from '../ui/data.ts';
import {LookProvider} from '../ui/look.tsx';
import {Failure, Skeleton} from '../ui/states.tsx';
import {Toasts} from '../ui/toast.tsx';
import {setClock} from '../ui/when.tsx';
import {directionOf, pickLanguage} from '../words/catalogue.ts';
import {type Look, type Theme, writeLook} from '../words/look.ts';
import {Frame} from './frame.tsx';
import {type Me, MeContext} from './me.ts';
import {SignIn} from './sign-in.tsx';

/** The server has read what was chosen here before: see api/desk-pages.ts. */
const chosen = (): Look => {
  const {lang, dataset} = document.documentElement;
  return {language: pickLanguage([lang]), theme: (dataset['theme'] as Theme | undefined) ?? 'system'};
};

/** The server saw that nobody is signed in here: there is nobody to ask after. */
const isEmpty = () => 'nobody' in document.documentElement.dataset;

function wear({language, theme}: Look): void {
  const {documentElement: page} = document;
  page.lang = language;
  page.dir = directionOf(language);
  if (theme === 'system') delete page.dataset['theme'];
  else page.dataset['theme'] = theme;
}

/** The office's pages: look, data and messages around who is signed in, or the door. */
export function Desk() {
  const [look, setLook] = useState(chosen);
  const [ended, setEnded] = useState(false);
  const [client] = useState(() => createQueryClient(() => setEnded(true)));
  const choose = (part: Partial<Look>) => {
    const next = {...look, ...part};
    wear(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it
    document.cookie = writeLook(next);
    setLook(next);
  };
  return (
    <QueryClientProvider client={client}>
      <LookProvider look={look}>
        <Toasts>
          <Door look={look} onLook={choose} ended={ended} onEnter={() => setEnded(false)} />
        </Toasts>
      </LookProvider>
    </QueryClientProvider>
  );
}

interface DoorProps {
  look: Look;
  onLook: (part: Partial<Look>) => void;
  /** a call was refused because nobody is signed in any more */
  ended: boolean;
  onEnter: () => void;
}

/** Lets in who is signed in; else asks who it is, at whatever address they came to, and goes on there. */
function Door({look, onLook, ended, onEnter}: DoorProps) {
  const client = useQueryClient();
  const [left, setLeft] = useState(isEmpty);
  const {data: me, error, refetch} = useRead<Me>('/v1/desk/me', {every: 60_000, enabled: !left});
  useEffect(() => {
    if (me) setClock(me.now, me.speed);
  }, [me]);
  const enter = (entered: Me) => {
    client.clear();
    client.setQueryData(['read', '/v1/desk/me'], entered);
    if (entered.look) onLook(entered.look);
    setLeft(false);
    onEnter();
  };
  const leave = async () => {
    await call('POST', '/v1/desk/sign-out').catch(() => undefined);
    setLeft(true);
    client.clear();
  };
  const keepLook = (part: Partial<Look>) => {
    onLook(part);
    const wanted = {...look, ...part};
    if (me?.staff_id) void call('PUT', '/v1/desk/look', {body: wanted}).catch(() => undefined);
  };
  const nobody = ended || left || (error instanceof ProblemError && [401, 403].includes(error.status));
  if (nobody) return <SignIn ended={me !== undefined && !left} onEnter={enter} onLook={onLook} />;
  if (me) {
    return (
      <MeContext value={me}>
        <Frame onLook={keepLook} onLeave={() => void leave()} />
      </MeContext>
    );
  }
  return (
    <main className="desk-door">{error ? <Failure error={error} retry={() => void refetch()} /> : <Skeleton />}</main>
  );
}
