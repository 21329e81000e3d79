import {lazy, Suspense, useMemo} from 'react';
import {PageKeys} from '../ui/keys.tsx';
import {useWords} from '../ui/look.tsx';
import {Link, usePlace} from '../ui/router.tsx';
import {Empty, Skeleton} from '../ui/states.tsx';
import {deskWords} from '../words/desk/index.ts';
import type {Look} from '../words/look.ts';
import {Account} from './account.tsx';
import {Guard} from './guard.tsx';
import {useMe} from './me.ts';
import {OffBanner} from './off-banner.tsx';
import {type Room, ROOMS} from './rooms.ts';

interface FrameProps {
  onLook: (part: Partial<Look>) => void;
  onLeave: () => void;
}

/** Navigation beside the room somebody is in. */
export function Frame({onLook, onLeave}: FrameProps) {
  const say = useWords(deskWords);
  const {path} = usePlace();
  const [, , name = '', ...rest] = path.split('/');
  const {roles: own} = useMe();
  const open = ROOMS.filter(({roles}) => roles.length === 0 || roles.some((role) => own.includes(role)));
  const rooms = open.filter(({roles, path: at}) => roles.length > 0 || at === name);
  const room = open.find((one) => one.path === name) ?? (name === '' ? rooms[0] : undefined);
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
        <Account onLook={onLook} onLeave={onLeave} />
      </header>
      <main id="content" tabIndex={-1}>
        <OffBanner />
        {room ? <Inside key={room.path} room={room} rest={rest.join('/')} /> : <Nowhere door={name === ''} />}
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

/** At the door of the office, where no room is for this person; else at an address that is none of theirs. */
function Nowhere({door}: {door: boolean}) {
  const say = useWords(deskWords);
  return (
    <Empty title={say(door ? 'no_rooms' : 'nowhere')}>
      <p>{say(door ? 'no_rooms_how' : 'nowhere_how')}</p>
    </Empty>
  );
}
