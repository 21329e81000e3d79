import type {CSSProperties} from 'react';
import {Card} from '../../ui/card.tsx';
import {useLook, useWords} from '../../ui/look.tsx';
import {opsWords} from '../../words/ops/index.ts';
import type {Hour} from './types.ts';
import './rhythm.css';

const KINDS = ['placed', 'handed_over', 'delivered'] as const;
/** Hours between two that are named below the picture. */
const NAMED = 6;

/** What came, left and arrived in each of the last hours. */
export function Rhythm({hours}: {hours: readonly Hour[]}) {
  const say = useWords(opsWords);
  const {locale} = useLook();
  const sum = (kind: (typeof KINDS)[number]) => hours.reduce((all, hour) => all + hour[kind], 0);
  const most = Math.max(1, ...hours.flatMap((hour) => KINDS.map((kind) => hour[kind])));
  const told = {placed: sum('placed'), handed_over: sum('handed_over'), delivered: sum('delivered')};
  const clock = new Intl.DateTimeFormat(locale, {hour: 'numeric', minute: '2-digit'});
  return (
    <Card
      title={say('rhythm')}
      aside={
        <ul className="ops-key">
          {KINDS.map((kind) => (
            <li key={kind} className={kind}>
              {told[kind]} {say(kind)}
            </li>
          ))}
        </ul>
      }
    >
      <figure className="ops-hours">
        <div className="bars" aria-hidden="true">
          {hours.map((hour, i) => (
            <div
              key={hour.from}
              className="hour"
              title={say('hour_about', {...hour, hour: clock.format(new Date(hour.from))})}
            >
              <div className="columns">
                {KINDS.map((kind) => (
                  <i key={kind} className={kind} style={{'--height': hour[kind] / most} as CSSProperties} />
                ))}
              </div>
              <span>{i % NAMED === 0 && i < hours.length - 1 ? clock.format(new Date(hour.from)) : ''}</span>
            </div>
          ))}
        </div>
        <figcaption className="spoken">{say('rhythm_about', told)}</figcaption>
      </figure>
    </Card>
  );
}
