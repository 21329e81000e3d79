import {useEffect, useRef} from 'react';
import {useWords} from '../../ui/look.tsx';
import {Link} from '../../ui/router.tsx';
import {Empty} from '../../ui/states.tsx';
import {setUpWords} from '../../words/set-up/index.ts';
import {useMay} from '../me.ts';
import type {RoomProps} from '../rooms.ts';
import {ImportPage} from './import-page.tsx';
import {SetUpList} from './list.tsx';
import {PAGES} from './pages.tsx';
import type {SetUpPage} from './page.ts';
import './setup.css';

function Content({page, importing}: {page: SetUpPage | undefined; importing: boolean}) {
  const say = useWords(setUpWords);
  if (!page) return <Empty title={say('nowhere')} />;
  return importing && page.csv ? <ImportPage kind={page.csv} page={page} /> : <SetUpList page={page} />;
}

/** What orders are fulfilled with: people, goods, places, prices and partners. Each page is told as data. */
export default function SetUp({rest}: RoomProps) {
  const say = useWords(setUpWords);
  const may = useMay();
  const groups = PAGES.map(({group, pages}) => ({group, pages: pages.filter(({list}) => may(list))}));
  const open = groups.flatMap(({pages}) => pages);
  const [first = '', file] = rest.split('/');
  const kind = first === 'import' ? file : undefined;
  const page = first === '' ? open[0] : open.find(({path, csv}) => (kind ? csv === kind : path === rest));
  const nav = useRef<HTMLElement>(null);
  const at = page?.path;
  // on a phone the pages are a strip: the one that is open is not to be looked for in it
  useEffect(() => {
    if (at) nav.current?.querySelector('[aria-current]')?.scrollIntoView({block: 'nearest', inline: 'center'});
  }, [at]);
  return (
    <div className="setup">
      <nav ref={nav} className="setup-nav" aria-label={say('pages')}>
        {groups
          .filter(({pages}) => pages.length > 0)
          .map(({group, pages}) => (
            <div key={group}>
              <p>{say(group)}</p>
              {pages.map(({path, word}) => (
                <Link key={path} href={`/desk/setup/${path}`} aria-current={path === page?.path ? 'page' : undefined}>
                  {say(word)}
                </Link>
              ))}
            </div>
          ))}
      </nav>
      <div className="setup-page stack">
        <Content key={rest} page={page} importing={kind !== undefined} />
      </div>
    </div>
  );
}
