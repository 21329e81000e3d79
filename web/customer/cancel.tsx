import {useState} from 'react';
import type {Tracking} from '../../api/contract/track.ts';
import {runningShare} from '../../domain/money/share.ts';
import {Button} from '../ui/button.tsx';
import {useWrite} from '../ui/data.ts';
import {Dialog} from '../ui/dialog.tsx';
import {useLook, useWords} from '../ui/look.tsx';
import {moneyIn} from '../ui/money.tsx';
import {customerWords} from '../words/customer/index.ts';
import {ChooseLines, chosenOf} from './choose-lines.tsx';
import {usePath} from './path.tsx';
import {Refused} from './refused.tsx';
import {type Line, whyNot, type Words} from './story.ts';

interface Answer {
  cancelled: {line_id: string; qty: number}[];
  refused: {line_id: string; qty: number; code: string}[];
}

interface Props {
  view: Tracking;
  open: boolean;
  onClose: () => void;
}

/** Cancels units; before anything is placed, the order as one. What it costs less is said first. */
export function Cancel({view, open, onClose}: Props) {
  const say = useWords(customerWords);
  const {locale} = useLook();
  const path = usePath('/cancel');
  const [chosen, choose] = useState<Record<string, number>>({});
  const [done, setDone] = useState<Answer | null>(null);
  const write = useWrite<Answer>({onDone: setDone});
  const {whole} = view.actions.cancel;
  const lines = view.lines.filter(({cancel}) => cancel.qty > 0);
  const wanted = whole ? lines.map(({line_id, cancel}) => ({line_id, qty: cancel.qty})) : chosenOf(chosen);
  const less = moneyIn(locale, {amount: worthOf(lines, wanted), currency: view.total.currency});
  const close = () => {
    choose({});
    setDone(null);
    write.reset();
    onClose();
  };
  if (done) return <Done {...{open, done, view, say}} onClose={close} />;
  // "Cancel" would be the name of both buttons
  const actions = (
    <>
      <Button onClick={close}>{say('back')}</Button>
      <Button
        kind="danger"
        busy={write.isPending}
        disabled={wanted.length === 0}
        onClick={() => write.mutate({path, body: whole ? {} : {lines: wanted}})}
      >
        {whole ? say('cancel_order') : say('cancel_items')}
      </Button>
    </>
  );
  return (
    <Dialog open={open} title={whole ? say('cancel_order') : say('cancel_q')} onClose={close} actions={actions}>
      {whole ? (
        <p>{say('cancel_whole')}</p>
      ) : (
        <ChooseLines
          {...{lines, chosen}}
          of={({cancel}) => cancel.qty}
          onChange={choose}
          hint={({cancel, cancelled, qty}) =>
            cancel.refused && cancel.qty < qty - cancelled
              ? `${say('cancel_of', {n: cancel.qty})}. ${whyNot(say, cancel.refused.code)}`
              : say('cancel_of', {n: cancel.qty})
          }
        />
      )}
      <p aria-live="polite">{wanted.length === 0 ? say('cancel_none') : say('cancel_then', {amount: less})}</p>
      {write.error && <Refused error={write.error} />}
    </Dialog>
  );
}

/** What these units are worth of their lines, by the share they are charged by. */
function worthOf(lines: readonly Line[], wanted: readonly {line_id: string; qty: number}[]): number {
  return wanted.reduce((sum, {line_id, qty}) => {
    const line = lines.find((one) => one.line_id === line_id);
    if (!line) return sum;
    const left = line.qty - line.cancelled;
    const share = (units: number) => runningShare(line.amount.amount, units, line.qty);
    return sum + share(left) - share(left - qty);
  }, 0);
}

function Done({open, done, view, say, onClose}: Props & {done: Answer; say: Words}) {
  const n = done.cancelled.reduce((sum, {qty}) => sum + qty, 0);
  const nameOf = (id: string) => view.lines.find(({line_id}) => line_id === id)?.name ?? '';
  return (
    <Dialog open={open} title={say('cancel_items')} onClose={onClose}>
      <p role="status">{view.status === 'cancelled' ? say('cancel_all_done') : say('cancel_done', {n})}</p>
      {done.refused.map(({line_id, qty, code}) => (
        <p key={line_id}>{say('cancel_refused', {name: nameOf(line_id), n: qty, why: whyNot(say, code)})}</p>
      ))}
    </Dialog>
  );
}
