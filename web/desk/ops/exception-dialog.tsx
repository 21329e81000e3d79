import {useState} from 'react';
import {CODE_STATUSES} from '../../../domain/shipping/carrier-codes.ts';
import {useWrite} from '../../ui/data.ts';
import {Confirm} from '../../ui/dialog.tsx';
import {Field, Select} from '../../ui/field.tsx';
import {useWords} from '../../ui/look.tsx';
import {useToast} from '../../ui/toast.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {type Act, DRAFT, type Draft} from './exception-acts.ts';
import type {Exception} from './types.ts';

/** Asks for what the act needs, says what comes of it, and does it. */
export function ExceptionDialog({of, act, onClose}: {of: Exception; act: Act; onClose: () => void}) {
  const say = useWords(opsWords);
  const tell = useToast();
  const [draft, write] = useState(DRAFT);
  const change = (part: Partial<Draft>) => write((before) => ({...before, ...part}));
  const send = useWrite({
    onDone: () => {
      tell({text: say('done', {what: say(act.word)})});
      onClose();
    },
  });
  const missing = act.fields.includes('note') && draft.note.trim() === '';
  return (
    <Confirm
      open
      title={say(act.word)}
      deed={say(act.word)}
      busy={send.isPending}
      disabled={missing}
      error={send.error}
      onClose={onClose}
      onConfirm={() => send.mutate(act.write(of, {...draft, note: draft.note.trim()}))}
    >
      <p>
        {say.maybe(`kind_${of.kind}`)} · <bdi>{of.number ?? of.subject}</bdi> · <code>{of.code}</code>
      </p>
      <Fields {...{act, draft}} onChange={change} />
      <p>{say(act.comes)}</p>
    </Confirm>
  );
}

interface FieldsProps {
  act: Act;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

function Fields({act: {fields}, draft, onChange}: FieldsProps) {
  const say = useWords(opsWords);
  const decisions = (['accept', 'reject'] as const).map((value) => ({value, label: say(`${value}_price`)}));
  const meanings = CODE_STATUSES.map((value) => ({value, label: say(`meaning_${value}`)}));
  return (
    <>
      {fields.includes('meaning') && (
        <Select
          label={say('means')}
          options={meanings}
          value={draft.meaning}
          onChange={(event) => onChange({meaning: event.target.value})}
        />
      )}
      {fields.includes('decision') && (
        <Select
          label={say('decision')}
          options={decisions}
          value={draft.decision}
          onChange={(event) => onChange({decision: event.target.value as Draft['decision']})}
        />
      )}
      {fields.includes('note') && (
        <Field
          label={say('note')}
          hint={say('note_hint')}
          required
          maxLength={200}
          value={draft.note}
          onChange={(event) => onChange({note: event.target.value})}
        />
      )}
    </>
  );
}
