import {useUiWords} from './look.tsx';

/** How far something has come; without `of` nobody knows how much it is. */
export function Progress({label, n, of}: {label: string; n: number; of?: number}) {
  const say = useUiWords();
  return (
    <div className="ui-progress">
      <p>
        <span>{label}</span>
        {of !== undefined && <span className="soft">{say('progress_of', {n, of})}</span>}
      </p>
      <progress aria-label={label} value={of === undefined ? undefined : n} max={of ?? 1} />
    </div>
  );
}
