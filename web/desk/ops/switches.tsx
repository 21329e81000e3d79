import {useState} from 'react';
import {Button} from '../../ui/button.tsx';
import {Card} from '../../ui/card.tsx';
import {LIVE, useRead} from '../../ui/data.ts';
import {useLook, useWords} from '../../ui/look.tsx';
import {Shown} from '../../ui/states.tsx';
import {Status} from '../../ui/status.tsx';
import {momentIn, When} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {useMay} from '../me.ts';
import {SwitchDialog} from './switch-dialog.tsx';
import {SwitchLog} from './switch-log.tsx';
import {useOffWords, useSwitchName, whoOf} from './switch-words.ts';
import type {Switch, Switches} from './types.ts';
import './switches.css';

const GROUPS = ['intake', 'messages', 'policy', 'site', 'carrier'] as const;

/** Everything that can be switched off, what that does, and who switched what. */
export function SwitchesPage() {
  const say = useWords(opsWords);
  const may = useMay();
  const [chosen, choose] = useState<Switch | null>(null);
  const list = useRead<Switches>('/v1/ops/switches', {every: LIVE});
  const flip = may('flipSwitch') ? choose : null;
  return (
    <>
      <div>
        <h1>{say('page_switches')}</h1>
        <p className="soft">
          {say('switches_how')} {!flip && say('only_ops')}
        </p>
      </div>
      <Shown query={list} lines={10}>
        {({switches, changes}) => (
          <div className="ops-switches">
            <div className="stack">
              {GROUPS.map((kind) => (
                <Group key={kind} kind={kind} rows={switches.filter((one) => one.kind === kind)} onFlip={flip} />
              ))}
            </div>
            <SwitchLog changes={changes} switches={switches} onFlip={flip} />
          </div>
        )}
      </Shown>
      {chosen && <SwitchDialog key={chosen.subject} of={chosen} onClose={() => choose(null)} />}
    </>
  );
}

interface GroupProps {
  kind: (typeof GROUPS)[number];
  rows: readonly Switch[];
  /** null: the person may look only */
  onFlip: ((of: Switch) => void) | null;
}

function Group({kind, rows, onFlip}: GroupProps) {
  const say = useWords(opsWords);
  if (rows.length === 0) return null;
  return (
    <Card title={say(`group_${kind}`)}>
      <ul className="ops-switch-list">
        {rows.map((of) => (
          <Row key={of.subject} of={of} onFlip={onFlip} />
        ))}
      </ul>
    </Card>
  );
}

function Row({of, onFlip}: {of: Switch; onFlip: GroupProps['onFlip']}) {
  const say = useWords(opsWords);
  const {locale} = useLook();
  const name = useSwitchName()(of);
  const offWords = useOffWords()(of);
  const {active, reason, until, actor, changed_at} = of;
  const state = until === null ? say('off') : say('off_until', {time: momentIn(locale, until)});
  return (
    <li className={active ? undefined : 'off'}>
      <div>
        <p className="row">
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <Status tone={active ? 'good' : 'ended'}>{active ? say('on') : state}</Status>
        </p>
        {active ? (
          <p className="soft">{say('when_off', {what: offWords})}</p>
        ) : (
          <>
            <p>{offWords}</p>
            <p className="soft">
              <q>{reason}</q> {actor && say('by', {who: whoOf(actor)})} {changed_at && <When at={changed_at} />}
            </p>
          </>
        )}
      </div>
      {onFlip && (
        <Button
          kind={active ? 'plain' : 'go'}
          aria-label={say(active ? 'name_off' : 'name_on', {name})}
          onClick={() => onFlip(of)}
        >
          {say(active ? 'switch_off' : 'switch_on')}
        </Button>
      )}
    </li>
  );
}
