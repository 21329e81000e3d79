import {type ComponentProps, type MouseEvent, useEffect, useSyncExternalStore} from 'react';

/** Where the reader is, as the address bar has it. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

const MOVED = 'waybill:moved';

/** Words to ask with before unsaved changes are left; null when there are none. */
let unsaved: string | null = null;

function listen(heard: () => void): () => void {
  for (const name of ['popstate', MOVED]) addEventListener(name, heard);
  return () => {
    for (const name of ['popstate', MOVED]) removeEventListener(name, heard);
  };
}

/** Goes to an address of these pages without loading anew; `replace` leaves no step back. */
export function goTo(address: string, {replace = false} = {}): void {
  if (address === location.pathname + location.search) return;
  if (!replace && unsaved !== null && !confirm(unsaved)) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  dispatchEvent(new Event(MOVED));
  if (!replace) scrollTo(0, 0);
}

export function usePlace(): Place {
  const address = useSyncExternalStore(
    listen,
    () => location.pathname + location.search,
    () => '/',
  );
  const [path = '/', query] = address.split('?');
  return {path, query: new URLSearchParams(query)};
}

/** One value of the address's query, kept there so that a link shows the same: `''` takes it out. */
export function useQueryValue(name: string): [string, (value: string) => void] {
  const {query} = usePlace();
  const keep = (value: string) => {
    const next = new URLSearchParams(location.search);
    if (value === '') next.delete(name);
    else next.set(name, value);
    goTo(location.pathname + (next.size > 0 ? `?${next}` : ''), {replace: true});
  };
  return [query.get(name) ?? '', keep];
}

/** The values of `:name` in a pattern such as `/desk/support/:id`, or null; `*` at the end takes what is left. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern, path].map((text) => text.split('/').filter(Boolean)) as [string[], string[]];
  const open = wanted.at(-1) === '*';
  if (open ? given.length < wanted.length - 1 : given.length !== wanted.length) return null;
  const found: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? '';
    if (part === '*') found['*'] = given.slice(i).map(readable).join('/');
    else if (part.startsWith(':')) found[part.slice(1)] = readable(value);
    else if (part !== value) return null;
  }
  return found;
}

function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Asks before anything is left while `words` are given. */
export function useUnsaved(words: string | null): void {
  useEffect(() => {
    if (words === null) return undefined;
    unsaved = words;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', hold);
    return () => {
      unsaved = null;
      removeEventListener('beforeunload', hold);
    };
  }, [words]);
}

/** A link within these pages; with a modifier, or a target, the browser has its way. */
export function Link({href = '', onClick, ...rest}: ComponentProps<'a'>) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const own = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!own || event.defaultPrevented || rest.target) return;
    event.preventDefault();
    goTo(href);
  };
  return <a {...rest} href={href} onClick={follow} />;
}
