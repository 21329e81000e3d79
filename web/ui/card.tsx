import {type KeyboardEvent, type ReactNode, useId} from 'react';
import {Link} from './router.tsx';
import type {Tone} from './status.tsx';

/** A part of a page with a name; `aside` stands at the end of its head. */
export function Card({title, aside, children}: {title?: ReactNode; aside?: ReactNode; children: ReactNode}) {
  const id = useId();
  return (
    <section className="ui-card" aria-labelledby={title ? id : undefined}>
      {(title || aside) && (
        <div className="ui-card-head">
          {title && <h2 id={id}>{title}</h2>}
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** Names and values. */
export function Facts({facts}: {facts: readonly (readonly [name: string, value: ReactNode])[]}) {
  return (
    <dl className="ui-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface StatProps {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
  tone?: Tone;
  href?: string;
  /** its course, as a Sparkline */
  trend?: ReactNode;
}

/** One figure that is looked at from afar. */
export function Stat({label, value, hint, tone, href, trend}: StatProps) {
  return (
    <div className={`ui-stat ${tone ?? ''}`}>
      <p className="label">{href ? <Link href={href}>{label}</Link> : label}</p>
      <p className="value">{value}</p>
      {hint && <p className="soft">{hint}</p>}
      {trend}
    </div>
  );
}

const [WIDTH, HEIGHT] = [120, 32];

/** The course of a figure without axes; `about` says it in words. A single value is a line. */
export function Sparkline({values, about}: {values: readonly number[]; about: string}) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (i: number) => (values.length < 2 ? 0 : (i / (values.length - 1)) * WIDTH);
  const y = (value: number) => (high === low ? HEIGHT / 2 : HEIGHT - 2 - ((value - low) / (high - low)) * (HEIGHT - 4));
  const points = (values.length === 1 ? [...values, ...values] : values).map(
    (value, i) => `${i === 1 && values.length === 1 ? WIDTH : x(i)},${y(value)}`,
  );
  return (
    <svg
      className="ui-sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={about}
      preserveAspectRatio="none"
    >
      {values.length > 0 && <polyline points={points.join(' ')} />}
    </svg>
  );
}

export interface Tab<Key extends string> {
  key: Key;
  label: string;
  count?: number;
}

/** One of several views; the arrows go along them. The caller shows what belongs to `value`. */
export function Tabs<Key extends string>({
  tabs,
  value,
  label,
  onChange,
}: {
  tabs: readonly Tab<Key>[];
  value: Key;
  label: string;
  onChange: (key: Key) => void;
}) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const by = {ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1}[event.key];
    const at = tabs.findIndex(({key}) => key === value);
    const next = by === undefined ? undefined : tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChange(next.key);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[tabs.indexOf(next)]?.focus();
  };
  return (
    <div className="ui-tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({key, label: name, count}) => (
        <button
          key={key}
          type="button"
          role="tab"
          aria-selected={key === value}
          tabIndex={key === value ? 0 : -1}
          onClick={() => onChange(key)}
        >
          {name}
          {count !== undefined && <span className="count">{count}</span>}
        </button>
      ))}
    </div>
  );
}
