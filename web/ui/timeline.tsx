import type {ReactNode} from 'react';
import type {Tone} from './status.tsx';
import {When} from './when.tsx';

export interface Moment {
  key: string;
  /** RFC 3339; null for what is still to come */
  at: string | null;
  title: ReactNode;
  /** who did it, what was said */
  detail?: ReactNode;
  tone?: Tone;
}

/** What happened, one below the other. */
export function Timeline({moments}: {moments: readonly Moment[]}) {
  return (
    <ol className="ui-timeline">
      {moments.map(({key, at, title, detail, tone = 'still'}) => (
        <li key={key} className={at === null ? 'later' : tone}>
          <p className="title">{title}</p>
          {at !== null && (
            <p className="soft">
              <When at={at} exact />
            </p>
          )}
          {detail && <div className="detail">{detail}</div>}
        </li>
      ))}
    </ol>
  );
}
