import {useEffect, useState} from 'react';
import {Dialog} from './dialog.tsx';
import {useUiWords} from './look.tsx';

export interface Shortcut {
  /** as `event.key` has it: `j`, `?`, `Escape` */
  key: string;
  /** what it does, for the list behind `?` */
  about: string;
  run: (event: KeyboardEvent) => void;
}

const listening = new Set<readonly Shortcut[]>();

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys of a part of the page while it is there; not while somebody types or a dialog is open. */
export function useKeys(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    listening.add(shortcuts);
    const heard = (event: KeyboardEvent) => {
      const modified = event.metaKey || event.ctrlKey || event.altKey;
      if (modified || event.defaultPrevented || typing(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      const found = shortcuts.find(({key}) => key === event.key);
      if (!found) return;
      event.preventDefault();
      found.run(event);
    };
    addEventListener('keydown', heard);
    return () => {
      listening.delete(shortcuts);
      removeEventListener('keydown', heard);
    };
  });
}

const rows = () => Array.from(document.querySelectorAll<HTMLElement>('[data-row]'));

function step(by: number): void {
  const all = rows();
  const at = all.findIndex(
    (row) => row === document.activeElement || row.closest('tr')?.contains(document.activeElement),
  );
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({block: 'nearest'});
}

/** What every page has: `/` search, `j` and `k` along the rows, `?` this list. Esc closes what is open. */
export function PageKeys() {
  const say = useUiWords();
  const [open, setOpen] = useState(false);
  const shortcuts: Shortcut[] = [
    {key: '/', about: say('keys_search'), run: () => document.querySelector<HTMLElement>('[data-search]')?.focus()},
    {key: 'j', about: say('keys_down'), run: () => step(1)},
    {key: 'k', about: say('keys_up'), run: () => step(-1)},
    {key: '?', about: say('keys_help'), run: () => setOpen(true)},
  ];
  useKeys(shortcuts);
  return (
    <Dialog open={open} title={say('keys')} onClose={() => setOpen(false)}>
      <dl className="ui-facts">
        {[...listening].flat().map(({key, about}) => (
          <div key={key + about}>
            <dt>{about}</dt>
            <dd>
              <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
