import {useLook, useWords} from '../../../ui/look.tsx';
import {manyWords} from '../../../words/many/index.ts';
import type {Act} from './types.ts';

type Word = 'can' | 'cannot' | 'count_done' | 'count_refused' | 'count_skipped' | 'count_waiting';

interface Piece {
  word: Word;
  look: 'good' | 'bad' | 'ended' | 'open';
  n: number;
}

/** What can be done of it, or what became of it. */
function piecesOf({state, counts}: Act): Piece[] {
  if (state === 'ready' || state === 'previewing') {
    return [
      {word: 'can', look: 'good', n: counts.waiting},
      {word: 'cannot', look: 'bad', n: counts.refused},
    ];
  }
  return [
    {word: 'count_done', look: 'good', n: counts.done},
    {word: 'count_refused', look: 'bad', n: counts.refused},
    {word: 'count_skipped', look: 'ended', n: counts.skipped},
    {word: 'count_waiting', look: 'open', n: counts.waiting},
  ];
}

/** All orders of an act as one bar; each part has its pattern and says its number. */
export function Bar({act, slim = false}: {act: Act; slim?: boolean}) {
  const say = useWords(manyWords);
  const {locale} = useLook();
  const numbers = new Intl.NumberFormat(locale);
  const pieces = piecesOf(act).filter(({n}) => n > 0);
  return (
    <div className={slim ? 'many-bar slim' : 'many-bar'}>
      <div className="many-bar-parts" aria-hidden="true">
        {pieces.map(({word, look, n}) => (
          <i key={word} className={look} style={{flexGrow: n}} />
        ))}
      </div>
      <ul>
        {pieces.map(({word, look, n}) => (
          <li key={word}>
            <i className={look} aria-hidden="true" />
            <strong>{numbers.format(n)}</strong> {say(word)}
          </li>
        ))}
      </ul>
    </div>
  );
}
