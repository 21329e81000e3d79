import {type ComponentProps, type ReactNode, useId} from 'react';
import {useUiWords} from './look.tsx';

interface Around {
  label: string;
  hint?: ReactNode;
  /** what is wrong with it, said below it */
  error?: string | null | undefined;
}

interface Wires {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** Label above, help and complaint below, tied to the control for those who listen. */
function Labelled({
  label,
  hint,
  error,
  required,
  children,
}: Around & {required?: boolean | undefined; children: (wires: Wires) => ReactNode}) {
  const say = useUiWords();
  const id = useId();
  const about = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="ui-field">
      <label htmlFor={id}>
        {label}
        {required && <span className="soft"> ({say('required')})</span>}
      </label>
      {children({id, 'aria-describedby': about || undefined, 'aria-invalid': error ? true : undefined})}
      {hint && (
        <p className="soft" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

type Own<E extends 'input' | 'textarea' | 'select'> = Around &
  Omit<ComponentProps<E>, keyof Around | 'className' | 'id'>;

export function Field({label, hint, error, ...input}: Own<'input'>) {
  return (
    <Labelled {...{label, hint, error}} required={input.required}>
      {(wires) => <input {...input} {...wires} dir={input.dir ?? 'auto'} />}
    </Labelled>
  );
}

export function Area({label, hint, error, ...area}: Own<'textarea'>) {
  return (
    <Labelled {...{label, hint, error}} required={area.required}>
      {(wires) => <textarea rows={3} {...area} {...wires} dir="auto" />}
    </Labelled>
  );
}

export interface Option {
  value: string;
  label: string;
}

export function Select({label, hint, error, options, ...select}: Own<'select'> & {options: readonly Option[]}) {
  return (
    <Labelled {...{label, hint, error}} required={select.required}>
      {(wires) => (
        <select {...select} {...wires}>
          {options.map(({value, label: name}) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** A yes or no. */
export function Check({label, hint, error, ...input}: Own<'input'>) {
  const id = useId();
  return (
    <div className="ui-check">
      <input {...input} type="checkbox" id={id} aria-describedby={hint || error ? `${id}-about` : undefined} />
      <label htmlFor={id}>{label}</label>
      {(hint || error) && (
        <p className={error ? 'error' : 'soft'} id={`${id}-about`}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

/** A search box: `/` puts the cursor into it (see keys.ts). */
export function Search({label, ...input}: Omit<ComponentProps<'input'>, 'type' | 'className'> & {label?: string}) {
  const say = useUiWords();
  const name = label ?? say('search');
  return (
    <div className="ui-search">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="6.5" cy="6.5" r="4.5" />
        <path d="m10 10 4.5 4.5" />
      </svg>
      <input
        {...input}
        type="search"
        aria-label={name}
        placeholder={name}
        dir="auto"
        data-search
        autoComplete="off"
        spellCheck={false}
      />
      <span className="key" aria-hidden="true">
        /
      </span>
    </div>
  );
}
