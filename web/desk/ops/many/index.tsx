import {useWords} from '../../../ui/look.tsx';
import {manyWords} from '../../../words/many/index.ts';
import {useMay} from '../../me.ts';
import type {RoomProps} from '../../rooms.ts';
import {ActPage} from './act-page.tsx';
import {Choose} from './choose.tsx';
import {Latest} from './latest.tsx';
import './many.css';

/** Acts on many orders: a new one is prepared here, each has a page of its own. */
export function ManyPage({rest}: RoomProps) {
  const say = useWords(manyWords);
  const may = useMay();
  if (rest !== '') return <ActPage key={rest} id={rest} />;
  return (
    <>
      <h1>{say('title')}</h1>
      <p className="soft ops-how">{say('how')}</p>
      {may('prepareBulk') && <Choose />}
      <Latest />
    </>
  );
}
