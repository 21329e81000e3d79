import {useRef, useState} from 'react';
import {ActDialog} from '../../ui/act-dialog.tsx';
import {Button} from '../../ui/button.tsx';
import {useKeys} from '../../ui/keys.tsx';
import {useWords} from '../../ui/look.tsx';
import {actWords} from '../../words/acts/index.ts';
import {supportWords} from '../../words/support/index.ts';
import {type Act, type Draft, draftOf} from './act.ts';
import {ACTS} from './act-kinds.ts';
import {Fields} from './act-fields.tsx';
import {useMay} from '../me.ts';
import type {Dossier} from './types.ts';

/** What can be done to the order; each is tried out before anybody confirms it. */
export function Acts({order}: {order: Dossier}) {
  const say = useWords(supportWords);
  const words = useWords(actWords);
  const may = useMay();
  const menu = useRef<HTMLDetailsElement>(null);
  const [act, choose] = useState<Act | null>(null);
  const open = () => {
    if (!menu.current) return;
    menu.current.open = true;
    menu.current.querySelector('button')?.focus();
  };
  useKeys([{key: 'a', about: say('key_act'), run: open}]);
  const pick = (one: Act) => {
    if (menu.current) menu.current.open = false;
    choose(one);
  };
  return (
    <>
      <details className="support-acts" ref={menu}>
        <summary className="ui-button go">
          {say('acts')}{' '}
          <span className="keycap" aria-hidden="true">
            a
          </span>
        </summary>
        <ul>
          {ACTS.filter(({when, name}) => when(order) && may(callOf(name))).map((one) => (
            <li key={one.name}>
              <Button kind="quiet" onClick={() => pick(one)}>
                {words(one.name)}
              </Button>
            </li>
          ))}
        </ul>
      </details>
      {act && <Doing key={act.name} act={act} order={order} onClose={() => choose(null)} />}
    </>
  );
}

/** The call that does it: what somebody may not call is not offered. */
function callOf(name: Act['name']): string {
  if (name.startsWith('refund_')) return 'requestRefund';
  if (name.startsWith('return_')) return 'decideReturn';
  if (name === 'approve' || name === 'reject') return 'decideReview';
  if (name === 'resume') return 'resumeOrder';
  return name === 'cancel' ? 'cancelOrder' : 'changeOrder';
}

function Doing({act, order, onClose}: {act: Act; order: Dossier; onClose: () => void}) {
  const words = useWords(actWords);
  const [draft, setDraft] = useState<Draft>(() => draftOf(order));
  const change = (part: Partial<Draft>) => setDraft((before) => ({...before, ...part}));
  return (
    <ActDialog
      orderId={order.order_id}
      currency={order.total.currency}
      title={words(act.name)}
      verb={words(act.verb)}
      danger={act.danger}
      deed={act.deed(draft, order)}
      onClose={onClose}
    >
      <Fields act={act} draft={draft} order={order} onChange={change} />
    </ActDialog>
  );
}
