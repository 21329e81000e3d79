import {useState} from 'react';
import type {Tracking} from '../../api/contract/track.ts';
import {Button} from '../ui/button.tsx';
import {useWrite} from '../ui/data.ts';
import {Confirm, Dialog} from '../ui/dialog.tsx';
import {useWords} from '../ui/look.tsx';
import {customerWords} from '../words/customer/index.ts';
import {type Clock, dayOf} from './days.ts';
import {Refused} from './refused.tsx';
import type {Shipment} from './story.ts';
import {usePath} from './path.tsx';

/** A shipment that comes later than was promised, and what the customer says to that. */
export function Late({shipment, view, clock}: {shipment: Shipment; view: Tracking; clock: Clock}) {
  const say = useWords(customerWords);
  const [asking, ask] = useState(false);
  const path = usePath('/delay');
  const write = useWrite({onDone: () => ask(false)});
  const answer = (choice: 'accept' | 'refuse') => write.mutate({path, body: {shipment: shipment.position, choice}});
  const {delay} = shipment;
  if (!delay) return null;
  const skus = new Set(shipment.items.map(({sku}) => sku));
  const stoppable = view.lines.some(({sku, cancel}) => skus.has(sku) && cancel.qty > 0);
  return (
    <div className="notice">
      <p>{delay.until === null ? say('late_unknown') : say('late_words', {day: dayOf(clock, delay.until)})}</p>
      {delay.answer && <p className="soft">{say(delay.answer === 'accept' ? 'late_kept' : 'late_no')}</p>}
      <div className="row">
        {delay.answer !== 'accept' && (
          <Button busy={write.isPending} onClick={() => answer('accept')}>
            {say('wait_for_it')}
          </Button>
        )}
        {delay.answer !== 'refuse' && <Button onClick={() => ask(true)}>{say('no_longer')}</Button>}
      </div>
      {!asking && write.error && <Refused error={write.error} />}
      {stoppable ? (
        <Confirm
          open={asking}
          title={say('delay_no_q')}
          deed={say('no_longer')}
          danger
          busy={write.isPending}
          onClose={() => ask(false)}
          onConfirm={() => answer('refuse')}
        >
          <p>{say('delay_no_then')}</p>
          {write.error && <Refused error={write.error} />}
        </Confirm>
      ) : (
        <Dialog open={asking} title={say('delay_no_q')} onClose={() => ask(false)}>
          <p>{say('delay_no_way')}</p>
        </Dialog>
      )}
    </div>
  );
}
