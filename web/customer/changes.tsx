import {useState} from 'react';
import type {Tracking} from '../../api/contract/track.ts';
import {Button} from '../ui/button.tsx';
import {Card} from '../ui/card.tsx';
import {useWords} from '../ui/look.tsx';
import {customerWords} from '../words/customer/index.ts';
import {Address} from './address.tsx';
import {Cancel} from './cancel.tsx';
import type {Clock} from './days.ts';
import {SendBack} from './send-back.tsx';
import {hasEnded, whyNot} from './story.ts';

/** Only what can be done now, and why the rest cannot. */
export function Changes({view, clock}: {view: Tracking; clock: Clock}) {
  const say = useWords(customerWords);
  const [open, setOpen] = useState<'cancel' | 'address' | 'return' | null>(null);
  const {cancel, address} = view.actions;
  const back = view.lines.some((line) => line.return.qty > 0);
  const close = () => setOpen(null);
  const late = address.refused && !hasEnded(view) ? whyNot(say, address.refused.code) : null;
  if (!(cancel.possible || address.possible || back || open)) {
    return hasEnded(view) ? null : (
      <Card title={say('change')}>
        <p className="soft">{late ? say('address_late', {why: late}) : say('change_none')}</p>
      </Card>
    );
  }
  return (
    <Card title={say('change')}>
      <div className="row acts">
        {back && <Button onClick={() => setOpen('return')}>{say('return_items')}</Button>}
        {cancel.possible && (
          <Button onClick={() => setOpen('cancel')}>{say(cancel.whole ? 'cancel_order' : 'cancel_items')}</Button>
        )}
        {address.possible && <Button onClick={() => setOpen('address')}>{say('address')}</Button>}
      </div>
      {late && <p className="soft small">{say('address_late', {why: late})}</p>}
      <Cancel view={view} open={open === 'cancel'} onClose={close} />
      <Address view={view} open={open === 'address'} onClose={close} />
      <SendBack view={view} clock={clock} open={open === 'return'} onClose={close} />
    </Card>
  );
}
