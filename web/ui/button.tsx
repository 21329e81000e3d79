import type {ComponentProps, MouseEvent} from 'react';
import {Link} from './router.tsx';

/** `go`: what most come for, once a page. `danger`: what cannot be taken back. */
export type ButtonKind = 'go' | 'plain' | 'quiet' | 'danger';

interface Props extends Omit<ComponentProps<'button'>, 'className' | 'disabled'> {
  kind?: ButtonKind;
  /** under way: it stays where it is and takes no second click */
  busy?: boolean;
  disabled?: boolean;
}

const still = (event: MouseEvent) => event.preventDefault();

export function Button({kind = 'plain', busy = false, disabled = false, type = 'button', onClick, ...rest}: Props) {
  const off = busy || disabled;
  // a button that is really disabled loses the focus, and the reader with it
  return (
    <button
      {...rest}
      type={type}
      className={`ui-button ${kind}`}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      onClick={off ? still : onClick}
    />
  );
}

/** Looks like a button and goes somewhere. */
export function ButtonLink({kind = 'plain', ...rest}: ComponentProps<typeof Link> & {kind?: ButtonKind}) {
  return <Link {...rest} className={`ui-button ${kind}`} />;
}
