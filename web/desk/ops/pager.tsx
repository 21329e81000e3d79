import {Button} from '../../ui/button.tsx';
import {useWords} from '../../ui/look.tsx';
import {opsWords} from '../../words/ops/index.ts';

export const PAGE = 50;

interface Props {
  from: number;
  shown: number;
  of: number;
  next: number | null;
  onFrom: (from: number) => void;
}

/** Through a list that is longer than a page; nothing where one page holds it. */
export function Pager({from, shown, of, next, onFrom}: Props) {
  const say = useWords(opsWords);
  if (from === 0 && next === null) return null;
  return (
    <div className="row">
      <Button disabled={from === 0} onClick={() => onFrom(Math.max(0, from - PAGE))}>
        {say('earlier')}
      </Button>
      <span className="soft">{say('shown', {from: Math.min(from + 1, of), to: from + shown, of})}</span>
      <Button disabled={next === null} onClick={() => next !== null && onFrom(next)}>
        {say('further')}
      </Button>
    </div>
  );
}
