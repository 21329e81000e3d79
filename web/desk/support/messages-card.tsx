import {useState} from 'react';
import {ActDialog, useFault} from '../../ui/act-dialog.tsx';
import {Button} from '../../ui/button.tsx';
import {Card} from '../../ui/card.tsx';
import {Field} from '../../ui/field.tsx';
import {useWords} from '../../ui/look.tsx';
import {nameOfActor} from '../../ui/step-name.ts';
import {When} from '../../ui/when.tsx';
import {actWords} from '../../words/acts/index.ts';
import {orderWords} from '../../words/order/index.ts';
import {supportWords} from '../../words/support/index.ts';
import {useMay} from '../me.ts';
import type {Dossier} from './types.ts';

type Message = Dossier['messages'][number];

/** What the customer was told, and when; a mail that did not arrive is sent again from here. */
export function Messages({order}: {order: Dossier}) {
  const say = useWords(supportWords);
  const [again, sendAgain] = useState<Message | null>(null);
  const may = useMay();
  const {messages, customer} = order;
  const can = may('resendMessage') && customer !== null;
  return (
    <Card title={say('messages')}>
      {messages.length === 0 && <p className="soft">{say('no_messages')}</p>}
      <ul className="support-messages">
        {messages.map((message) => (
          <One key={message.message_id} message={message} onAgain={can ? sendAgain : null} />
        ))}
      </ul>
      {again && <Again order={order} message={again} onClose={() => sendAgain(null)} />}
    </Card>
  );
}

function One({message, onAgain}: {message: Message; onAgain: ((message: Message) => void) | null}) {
  const say = useWords(supportWords);
  const words = useWords(orderWords);
  const acts = useWords(actWords);
  const {template, channel, state, resent} = message;
  const name = words.maybe(`mail_${template}`) ?? template;
  return (
    <li>
      <div>
        <p>
          {name} <span className="soft">{say(channel === 'sms' ? 'by_text' : 'by_mail')}</span>
        </p>
        <p className="soft">
          <Outcome {...message} />
          {resent && <> · {say('sent_again_by', {who: nameOfActor(resent.by)})}</>}
          {resent?.corrected && <>, {say('to_another')}</>}
        </p>
      </div>
      {onAgain && channel === 'email' && (state === 'sent' || state === 'dropped') && (
        <Button kind="quiet" aria-label={`${acts('resend')}: ${name}`} onClick={() => onAgain(message)}>
          {acts('resend')}
        </Button>
      )}
    </li>
  );
}

/** When it went, what it waits for, or why it never did; a refusal of the provider by its own code. */
function Outcome({state, sent_at, due_at, told_by, reason, delivery}: Message) {
  const say = useWords(supportWords);
  if (state === 'dropped') {
    const code = /^refused_(\d+)$/.exec(reason ?? '')?.[1];
    const why = code ? say('not_sent_refused', {code}) : say.maybe(`not_sent_${reason}`);
    return <span className="soft">{why ?? say('not_sent')}</span>;
  }
  const lost = /^(?:undelivered|failed)_?(.*)$/.exec(delivery ?? '');
  if (lost) return <span>{say('not_arrived', {code: lost[1] || '?'})}</span>;
  if (sent_at)
    return (
      <span className="soft">
        <When at={sent_at} exact />
        {told_by && <>, {say('told_together')}</>}
      </span>
    );
  if (state === 'waiting' && due_at)
    return (
      <span className="soft">
        {say('waits_until')} <When at={due_at} exact />
      </span>
    );
  return <span className="soft">{say('sending')}</span>;
}

interface Draft {
  to: string;
  reason: string;
}

function Again({order, message, onClose}: {order: Dossier; message: Message; onClose: () => void}) {
  const acts = useWords(actWords);
  const words = useWords(orderWords);
  const [draft, setDraft] = useState<Draft>({to: '', reason: ''});
  const {message_id, template} = message;
  const to = draft.to.trim();
  const body = {reason: draft.reason.trim(), ...(to !== '' && {to})};
  const path = `/v1/orders/${order.order_id}/messages/${message_id}/resend`;
  return (
    <ActDialog
      orderId={order.order_id}
      currency={order.total.currency}
      title={`${acts('resend')}: ${words.maybe(`mail_${template}`) ?? template}`}
      verb={acts('resend_deed')}
      deed={body.reason === '' ? null : {preview: {resend: {message_id, ...body}}, path, body}}
      onClose={onClose}
    >
      <Address email={order.customer?.email ?? ''} draft={draft} onChange={setDraft} />
      <Field
        label={acts('reason')}
        hint={acts('reason_hint')}
        required
        maxLength={200}
        value={draft.reason}
        onChange={({target}) => setDraft({...draft, reason: target.value})}
      />
    </ActDialog>
  );
}

function Address({email, draft, onChange}: {email: string; draft: Draft; onChange: (draft: Draft) => void}) {
  const acts = useWords(actWords);
  const error = useFault('/to');
  return (
    <Field
      label={acts('resend_to')}
      hint={acts('resend_to_hint', {email})}
      type="email"
      inputMode="email"
      dir="ltr"
      {...(error && {error})}
      value={draft.to}
      onChange={({target}) => onChange({...draft, to: target.value})}
    />
  );
}
