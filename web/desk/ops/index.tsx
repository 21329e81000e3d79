import {useEffect, useRef} from 'react';
import {useWords} from '../../ui/look.tsx';
import {Link} from '../../ui/router.tsx';
import {Empty} from '../../ui/states.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {useMay} from '../me.ts';
import type {RoomProps} from '../rooms.ts';
import {PAGES} from './pages.ts';
import './ops.css';

/** The operations room: today's work, what is in its way, and the switches. */
export default function Ops({rest}: RoomProps) {
  const say = useWords(opsWords);
  const may = useMay();
  const [first = '', ...more] = rest.split('/');
  const open = PAGES.filter(({call}) => may(call));
  const listed = open.filter(({within}) => within === undefined);
  // somebody who may not see today begins with the first page there is for them
  const page = open.find(({path}) => path === first) ?? (first === '' ? listed[0] : undefined);
  const nav = useRef<HTMLElement>(null);
  // on a phone the list is longer than the window
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another page is shown
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({inline: 'center', block: 'nearest'});
  }, [page]);
  return (
    <>
      <nav ref={nav} className="ops-pages" aria-label={say('pages')}>
        {listed.map(({path, word}) => (
          <Link
            key={path}
            href={path === '' ? '/desk/ops' : `/desk/ops/${path}`}
            aria-current={path === (page?.within ?? page?.path) ? 'page' : undefined}
          >
            {say(word)}
          </Link>
        ))}
      </nav>
      {page ? <page.Content rest={more.join('/')} /> : <Empty title={say('nowhere')} />}
    </>
  );
}
