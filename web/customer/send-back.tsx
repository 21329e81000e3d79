import {useState} from 'react';
import type {Tracking} from '../../api/contract/track.ts';
import {Button} from '../ui/button.tsx';
import {useWrite} from '../ui/data.ts';
import {Dialog} from '../ui/dialog.tsx';
import {Select} from '../ui/field.tsx';
import {useLook, useUiWords, useWords} from '../ui/look.tsx';
import {moneyIn} from '../ui/money.tsx';
import {customerWords} from '../words/customer/index.ts';
import {ChooseLines, chosenOf} from './choose-lines.tsx';
import {type Clock, dayOf} from './days.ts';
import {usePath} from './path.tsx';
import {Refused} from './refused.tsx';

const REASONS = [
  'changed_mind',
  'wrong_size',
  'not_as_described',
  'wrong_item',
  'damaged',
  'defective',
  'late',
] as const;

interface Preview {
  value: {amount: number; currency: string};
  fee: {amount: number; currency: string};
  decided_by: 'rules' | 'person';
  refund_on: 'scan' | 'inspection';
  send_within_days: number;
}

interface Props {
  view: Tracking;
  clock: Clock;
  open: boolean;
  onClose: () => void;
}

/** In two steps: what and why; then what comes of it, before it is asked for. The label is on the page afterwards. */
export function SendBack({view, clock, open, onClose}: Props) {
  const say = useWords(customerWords);
  const ui = useUiWords();
  const path = usePath('/returns');
  const [chosen, choose] = useState<Record<string, number>>({});
  const [reasons, give] = useState<Record<string, string>>({});
  const [preview, show] = useState<Preview | null>(null);
  const close = () => {
    choose({});
    show(null);
    onClose();
  };
  const look = useWrite<Preview>({onDone: show});
  const ask = useWrite({onDone: close});
  const reasonOf = (id: string) => reasons[id] ?? REASONS[0];
  const body = {lines: chosenOf(chosen).map((line) => ({...line, reason: reasonOf(line.line_id)}))};
  const lines = view.lines.filter((line) => line.return.qty > 0);
  const actions = preview ? (
    <>
      <Button onClick={() => show(null)}>{say('back')}</Button>
      <Button kind="go" busy={ask.isPending} onClick={() => ask.mutate({path, body})}>
        {say(preview.decided_by === 'rules' ? 'return_go' : 'return_ask')}
      </Button>
    </>
  ) : (
    <>
      <Button onClick={close}>{ui('cancel')}</Button>
      <Button
        kind="go"
        busy={look.isPending}
        disabled={body.lines.length === 0}
        onClick={() => look.mutate({path: `${path}/preview`, body})}
      >
        {say('next')}
      </Button>
    </>
  );
  return (
    <Dialog open={open} title={say(preview ? 'return_next' : 'return_q')} onClose={close} actions={actions}>
      {preview ? (
        <WhatComes preview={preview} />
      ) : (
        <ChooseLines
          {...{lines, chosen}}
          of={(line) => line.return.qty}
          onChange={choose}
          hint={(line) =>
            [
              say('return_of', {n: line.return.qty}),
              line.return.until && say('return_until', {day: dayOf(clock, line.return.until)}),
            ]
              .filter(Boolean)
              .join(', ')
          }
          more={({line_id}) => (
            <Select
              label={say('return_why')}
              value={reasonOf(line_id)}
              options={REASONS.map((value) => ({value, label: say(`r_${value}`)}))}
              onChange={(event) => give({...reasons, [line_id]: event.currentTarget.value})}
            />
          )}
        />
      )}
      {(look.error ?? ask.error) && <Refused error={(look.error ?? ask.error) as Error} />}
    </Dialog>
  );
}

function WhatComes({preview: {value, fee, decided_by, refund_on, send_within_days}}: {preview: Preview}) {
  const say = useWords(customerWords);
  const {locale} = useLook();
  return (
    <div className="stack" aria-live="polite">
      <p>
        {say('return_value')} <strong>{moneyIn(locale, value)}</strong> {say(`return_when_${refund_on}`)},{' '}
        {say('return_value_hint')}
        {fee.amount > 0 && `, ${say('return_fee', {amount: moneyIn(locale, fee)})}`}.
      </p>
      <p>{say(decided_by === 'rules' ? 'return_rules' : 'return_person')}</p>
      <p>{say('return_how', {days: say('return_days', {n: send_within_days})})}</p>
    </div>
  );
}
