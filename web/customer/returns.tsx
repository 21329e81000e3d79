import {useState} from 'react';
import type {Tracking} from '../../api/contract/track.ts';
import {Button} from '../ui/button.tsx';
import {Card} from '../ui/card.tsx';
import {useWrite} from '../ui/data.ts';
import {Confirm} from '../ui/dialog.tsx';
import {useLook, useWords} from '../ui/look.tsx';
import {moneyIn} from '../ui/money.tsx';
import {Status, type Tone} from '../ui/status.tsx';
import {customerWords} from '../words/customer/index.ts';
import {type Clock, dayOf} from './days.ts';
import {usePath} from './path.tsx';
import {Refused} from './refused.tsx';
import {Items} from './shipment-card.tsx';

type Returned = NonNullable<Tracking['returns']>[number];

const TONES: Readonly<Record<string, Tone>> = {
  label_ready: 'wait',
  closed: 'good',
  refused: 'bad',
  expired: 'ended',
  cancelled: 'ended',
};
/** While it is not on its way it can be kept after all. */
const KEEPABLE = new Set(['in_review', 'approved', 'label_ready']);

export function Returns({returns, clock}: {returns: readonly Returned[]; clock: Clock}) {
  const say = useWords(customerWords);
  if (returns.length === 0) return null;
  return (
    <Card title={say('returns')}>
      {returns.map((one) => (
        <Return key={one.return_id} one={one} clock={clock} />
      ))}
    </Card>
  );
}

function Return({one, clock}: {one: Returned; clock: Clock}) {
  const say = useWords(customerWords);
  const {locale} = useLook();
  const [asking, ask] = useState(false);
  const path = usePath(`/returns/${one.return_id}/cancel`);
  const write = useWrite({onDone: () => ask(false)});
  const {state, items, label_url, send_by, refund} = one;
  const open = state === 'label_ready';
  return (
    <div className="return">
      <Status tone={TONES[state] ?? 'moving'}>{say.maybe(`ret_${state}`) ?? state}</Status>
      <Items items={items} />
      {open && send_by && <p>{say('send_by', {day: dayOf(clock, send_by)})}</p>}
      {refund && refund.amount > 0 && <p>{say('got_back', {amount: moneyIn(locale, refund)})}</p>}
      <div className="row">
        {open && label_url && (
          <a className="ui-button go" href={label_url} target="_blank" rel="noreferrer">
            {say('print_label')}
          </a>
        )}
        {KEEPABLE.has(state) && <Button onClick={() => ask(true)}>{say('keep')}</Button>}
      </div>
      <Confirm
        open={asking}
        title={say('keep_q')}
        deed={say('keep')}
        busy={write.isPending}
        onClose={() => ask(false)}
        onConfirm={() => write.mutate({path, body: {}})}
      >
        <p>{say('keep_then')}</p>
        {write.error && <Refused error={write.error} />}
      </Confirm>
    </div>
  );
}
