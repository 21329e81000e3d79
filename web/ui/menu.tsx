import {type ReactNode, useEffect, useRef} from 'react';

/** What is behind a word; Esc and a click elsewhere close it. */
export function Menu({label, children}: {label: ReactNode; children: ReactNode}) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = ref.current;
      if (!menu?.open) return;
      if (event instanceof KeyboardEvent ? event.key !== 'Escape' : menu.contains(event.target as Node)) return;
      menu.open = false;
      if (event instanceof KeyboardEvent) menu.querySelector('summary')?.focus();
    };
    for (const name of ['click', 'keydown']) addEventListener(name, close);
    return () => {
      for (const name of ['click', 'keydown']) removeEventListener(name, close);
    };
  }, []);
  return (
    <details className="ui-menu" ref={ref}>
      <summary>{label}</summary>
      <div className="stack">{children}</div>
    </details>
  );
}
