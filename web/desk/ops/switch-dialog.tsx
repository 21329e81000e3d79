import {useQuery} from '@tanstack/react-query';
import {useState} from 'react';
import {call, type ProblemError} from '../../ui/api.ts';
import {useWrite} from '../../ui/data.ts';
import {Confirm} from '../../ui/dialog.tsx';
import {Field, Select} from '../../ui/field.tsx';
import {useWords} from '../../ui/look.tsx';
import {useToast} from '../../ui/toast.tsx';
import {serviceNow} from '../../ui/when.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {useOffWords, useSwitchName} from './switch-words.ts';
import type {Switch} from './types.ts';

const MINUTE = 60_000;
const LASTS = {m30: 30 * MINUTE, h1: 60 * MINUTE, h4: 240 * MINUTE, h24: 1_440 * MINUTE, ever: null} as const;
type Lasts = keyof typeof LASTS;

const PATH = '/v1/ops/switches';

/** Says what comes of it, asks why and for how long, and flips the switch; what was done can be taken back. */
export function SwitchDialog({of, onClose}: {of: Switch; onClose: () => void}) {
  const say = useWords(opsWords);
  const name = useSwitchName()(of);
  const offWords = useOffWords();
  const tell = useToast();
  const [reason, setReason] = useState('');
  const [lasts, setLasts] = useState<Lasts>('h1');
  const undo = useWrite();
  const write = useWrite({
    onDone: () => {
      tell({
        text: say(of.active ? 'told_off' : 'told_on', {name}),
        undo: () => undo.mutate({path: PATH, body: asBefore(of, say('undone'))}),
      });
      onClose();
    },
  });
  const length = LASTS[lasts];
  const flip = () =>
    write.mutate({
      path: PATH,
      body: {
        ...{kind: of.kind, subject: of.subject, active: !of.active, reason: reason.trim()},
        ...(of.active && length !== null && {until: new Date(serviceNow() + length).toISOString()}),
      },
    });
  return (
    <Confirm
      open
      title={say(of.active ? 'name_off' : 'name_on', {name})}
      deed={say(of.active ? 'switch_off' : 'switch_on')}
      danger={of.active}
      busy={write.isPending}
      disabled={reason.trim() === ''}
      error={write.error}
      onClose={onClose}
      onConfirm={flip}
    >
      <p>{of.active ? offWords(of) : say('on_then')}</p>
      {of.kind === 'site' && of.active && <WhatMoves site={of.subject} />}
      <Field
        label={say('reason_field')}
        hint={say('note_hint')}
        required
        maxLength={200}
        value={reason}
        error={write.error?.errors.find(({pointer}) => pointer === '/reason')?.detail}
        onChange={(event) => setReason(event.target.value)}
      />
      {of.active && (
        <Select
          label={say('for_how_long')}
          options={(Object.keys(LASTS) as Lasts[]).map((value) => ({value, label: say(`for_${value}`)}))}
          value={lasts}
          error={write.error?.errors.find(({pointer}) => pointer === '/until')?.detail}
          onChange={(event) => setLasts(event.target.value as Lasts)}
        />
      )}
    </Confirm>
  );
}

/** What a site that is switched off leaves to others, as the service works it out without doing it. */
function WhatMoves({site}: {site: string}) {
  const say = useWords(opsWords);
  const path = `/v1/warehouses/${encodeURIComponent(site)}/switch`;
  const {data} = useQuery<{open_work: unknown[]}, ProblemError>({
    queryKey: ['preview', path],
    queryFn: ({signal}) => call('POST', path, {body: {active: false, reason: 'preview', preview: true}, signal}),
    retry: false,
  });
  return data ? <p>{say('site_moves', {n: data.open_work.length})}</p> : null;
}

/** Flips it back to how it was: off with its old reason and end, where that has not passed. */
function asBefore({kind, subject, active, reason, until}: Switch, undone: string): object {
  const later = until !== null && Date.parse(until) > serviceNow();
  return {...{kind, subject, active}, reason: active ? undone : (reason ?? undone), ...(!active && later && {until})};
}
