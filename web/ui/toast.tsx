import {createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState} from 'react';
import {Button} from './button.tsx';
import {useUiWords} from './look.tsx';

export interface Told {
  text: string;
  /** takes back what was just done */
  undo?: () => void;
}

const STAYS_MS = 8_000;

const Tell = createContext<(told: Told) => void>(() => undefined);

/** Says for a while what was done, with a way back where there is one. */
export const useToast = () => useContext(Tell);

export function Toasts({children}: {children: ReactNode}) {
  const [list, setList] = useState<readonly (Told & {id: number})[]>([]);
  const last = useRef(0);
  const tell = useCallback((told: Told) => {
    last.current += 1;
    const id = last.current;
    setList((before) => [...before.slice(-2), {...told, id}]);
  }, []);
  const gone = useCallback((id: number) => setList((before) => before.filter((one) => one.id !== id)), []);
  const shown = useMemo(
    () => list.map(({id, ...told}) => <Toast key={id} id={id} {...told} onGone={gone} />),
    [list, gone],
  );
  return (
    <Tell value={tell}>
      {children}
      <div className="ui-toasts" role="status">
        {shown}
      </div>
    </Tell>
  );
}

/** Stays while somebody points at it or is in it. */
function Toast({id, text, undo, onGone}: Told & {id: number; onGone: (id: number) => void}) {
  const say = useUiWords();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => onGone(id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [held, id, onGone]);
  const takeBack = () => {
    undo?.();
    onGone(id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it there
    <div
      className="ui-toast"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{text}</p>
      {undo && <Button onClick={takeBack}>{say('undo')}</Button>}
      <button type="button" className="ui-x" aria-label={say('close')} onClick={() => onGone(id)}>
        ×
      </button>
    </div>
  );
}
