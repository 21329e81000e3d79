import {useState} from 'react';
import type {Tracking} from '../../api/contract/track.ts';
import {Button} from '../ui/button.tsx';
import {useWrite} from '../ui/data.ts';
import {Confirm} from '../ui/dialog.tsx';
import {useWords} from '../ui/look.tsx';
import {customerWords} from '../words/customer/index.ts';
import {type Clock, dayOf} from './days.ts';
import {usePath} from './path.tsx';
import {Refused} from './refused.tsx';
import type {Line} from './story.ts';

/** Lines that wait for stock, each with what the customer can say to that. */
export function Waits({view, clock}: {view: Tracking; clock: Clock}) {
  return view.lines.map((line) => line.backorder && <Wait key={line.line_id} line={line} clock={clock} />);
}

function Wait({line, clock}: {line: Line; clock: Clock}) {
  const say = useWords(customerWords);
  const [asking, ask] = useState(false);
  const path = usePath('/backorder');
  const write = useWrite({onDone: () => ask(false)});
  const {line_id, name, backorder} = line;
  if (!backorder) return null;
  const answer = (choice: 'wait' | 'cancel') => write.mutate({path, body: {line_id, choice}});
  return (
    <section className="notice" aria-label={name}>
      <p>
        <bdi>
          <strong>{name}</strong>
        </bdi>
        : {say('waits', {n: backorder.qty})}.{' '}
        {backorder.until && say('waits_until', {day: dayOf(clock, backorder.until)})}
      </p>
      {backorder.kept && <p className="soft">{say('waits_kept')}</p>}
      <div className="row">
        {!backorder.kept && (
          <Button busy={write.isPending} onClick={() => answer('wait')}>
            {say('wait_on')}
          </Button>
        )}
        <Button onClick={() => ask(true)}>{say('stop_waiting')}</Button>
      </div>
      <Confirm
        open={asking}
        title={say('stop_waiting_q', {name})}
        deed={say('stop_waiting')}
        danger
        busy={write.isPending}
        onClose={() => ask(false)}
        onConfirm={() => answer('cancel')}
      >
        <p>{say('stop_waiting_then')}</p>
        {write.error && <Refused error={write.error} />}
      </Confirm>
    </section>
  );
}
