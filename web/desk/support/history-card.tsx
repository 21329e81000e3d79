import type {UseQueryResult} from '@tanstack/react-query';
import {type CSSProperties, Fragment, useState} from 'react';
import {Button} from '../../ui/button.tsx';
import {Card} from '../../ui/card.tsx';
import {useKeys} from '../../ui/keys.tsx';
import {useLook, useWords} from '../../ui/look.tsx';
import {Shown} from '../../ui/states.tsx';
import {nameOfActor} from '../../ui/step-name.ts';
import {dayIn, TimeOfDay} from '../../ui/when.tsx';
import {supportWords} from '../../words/support/index.ts';
import {useStepWords} from './step-words.ts';
import type {Dossier, History} from './types.ts';

interface Props {
  query: UseQueryResult<History, Error>;
  /** the step that is looked at; null: now */
  seq: number | null;
  onSeq: (seq: number | null) => void;
  order: Dossier;
}

/** Everything that happened, newest first; slider, keys and clicks go back to any moment of it. */
export function HistoryCard({query, ...rest}: Props) {
  const say = useWords(supportWords);
  return (
    <Card title={say('history')}>
      <Shown query={query} lines={8}>
        {({steps}) => <Steps steps={steps} {...rest} />}
      </Shown>
    </Card>
  );
}

const FIRST = 30;

function Steps({steps, seq, onSeq, order}: Omit<Props, 'query'> & {steps: History['steps']}) {
  const say = useWords(supportWords);
  const [all, showAll] = useState(false);
  const last = steps.at(-1)?.seq ?? 1;
  const at = seq ?? last;
  const go = (to: number) => onSeq(to >= last ? null : Math.max(1, to));
  useKeys([
    {key: '[', about: say('key_earlier'), run: () => go(at - 1)},
    {key: ']', about: say('key_later'), run: () => go(at + 1)},
  ]);
  const {locale} = useLook();
  const dayOf = (step: History['steps'][number] | undefined) => step && dayIn(locale, step.at);
  const newest = steps.toReversed();
  const shown = all ? newest : newest.slice(0, FIRST);
  return (
    <>
      <div className="support-scrub">
        <input
          type="range"
          min={1}
          max={last}
          value={at}
          aria-label={say('scrub')}
          aria-valuetext={say('moment', {n: at, of: last})}
          style={{'--at': `${last > 1 ? ((at - 1) / (last - 1)) * 100 : 100}%`} as CSSProperties}
          onChange={(event) => go(Number(event.target.value))}
        />
        <div className="row apart">
          <span className="soft">
            {say('moment', {n: at, of: last})} · <kbd>[</kbd> <kbd>]</kbd>
          </span>
          {seq !== null && <Button onClick={() => onSeq(null)}>{say('now')}</Button>}
        </div>
      </div>
      <ol className="support-steps">
        {shown.map((step, i) => (
          <Fragment key={step.seq}>
            {dayOf(step) !== dayOf(shown[i - 1]) && <li className="day">{dayOf(step)}</li>}
            <Step step={step} current={step.seq === at} later={step.seq > at} onGo={go} order={order} />
          </Fragment>
        ))}
      </ol>
      {!all && newest.length > FIRST && (
        <Button onClick={() => showAll(true)}>{say('all_steps', {n: newest.length})}</Button>
      )}
    </>
  );
}

interface StepProps {
  step: History['steps'][number];
  current: boolean;
  later: boolean;
  onGo: (seq: number) => void;
  order: Dossier;
}

function Step({step, current, later, onGo, order}: StepProps) {
  const say = useWords(supportWords);
  const {titleOf, changesOf} = useStepWords(order);
  const {seq, at, actor, role, note} = step;
  const person = role !== 'system';
  return (
    <li className={later ? 'later' : undefined}>
      <button type="button" aria-current={current ? 'step' : undefined} onClick={() => onGo(seq)}>
        <span className={person ? 'title person' : 'title'}>{titleOf(step)}</span>
        <span className="soft">
          <TimeOfDay at={at} />
          {person && <> · {nameOfActor(actor) === role ? role : say('by', {who: nameOfActor(actor), role})}</>}
        </span>
        {note && <q>{note}</q>}
        {changesOf(step).length > 0 && <span className="soft">{changesOf(step).join(' · ')}</span>}
      </button>
    </li>
  );
}
