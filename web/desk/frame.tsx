import {lazy, Suspense, useMemo} from 'react';
import {PageKeys} from '../ui/keys.tsx';
import {useLook, useWords} from '../ui/look.tsx';
import {Link, usePlace} from '../ui/router.tsx';
import {Select} from '../ui/field.tsx';
import {Empty, Skeleton} from '../ui/states.tsx';
import {type Language, OFFICE_LANGUAGES, OWN_NAMES} from '../words/catalogue.ts';
import {deskWords} from '../words/desk/index.ts';
import {type Look, THEMES, type Theme} from '../words/look.ts';
import {Guard} from './guard.tsx';
import {type Room, ROOMS} from './rooms.ts';

type Choose = (part: Partial<Look>) => void;

/** Navigation beside the room somebody is in. */
export function Frame({onLook}: {onLook: Choose}) {
  const say = useWords(deskWords);
  const {path} = usePlace();
  const [, , name = '', ...rest] = path.split('/');
  const rooms = ROOMS.filter(({path: own}) => own !== 'kit' || name === 'kit');
  const room = ROOMS.find((one) => one.path === name) ?? (name === '' ? rooms[0] : undefined);
  return (
    <div className="desk">
      <a className="desk-skip" href="#content">
        {say('skip')}
      </a>
      <header className="desk-bar">
        <Link href="/desk" className="desk-name">
          {say('title')}
        </Link>
        <nav aria-label={say('rooms')}>
          {rooms.map((one) => (
            <Link key={one.path} href={`/desk/${one.path}`} aria-current={one === room ? 'page' : undefined}>
              {say(one.word)}
            </Link>
          ))}
        </nav>
        <Looks onLook={onLook} />
      </header>
      <main id="content" tabIndex={-1}>
        {room ? <Inside key={room.path} room={room} rest={rest.join('/')} /> : <Nowhere />}
      </main>
      <PageKeys />
    </div>
  );
}

function Inside({room, rest}: {room: Room; rest: string}) {
  const Content = useMemo(() => lazy(room.load), [room]);
  return (
    <Guard>
      <Suspense fallback={<Skeleton lines={8} />}>
        <Content rest={rest} />
      </Suspense>
    </Guard>
  );
}

function Nowhere() {
  const say = useWords(deskWords);
  return (
    <Empty title={say('nowhere')}>
      <p>{say('nowhere_how')}</p>
    </Empty>
  );
}

function Looks({onLook}: {onLook: Choose}) {
  const say = useWords(deskWords);
  const {language, theme} = useLook();
  const languages = OFFICE_LANGUAGES.map((value) => ({value, label: OWN_NAMES[value]}));
  const themes = THEMES.map((value) => ({value, label: say(`theme_${value}`)}));
  return (
    <details className="desk-look">
      <summary>{say('look')}</summary>
      <div className="stack">
        <Select
          label={say('language')}
          options={languages}
          value={language}
          onChange={(event) => onLook({language: event.target.value as Language})}
        />
        <Select
          label={say('theme')}
          options={themes}
          value={theme}
          onChange={(event) => onLook({theme: event.target.value as Theme})}
        />
      </div>
    </details>
  );
}
