import type {ReactNode} from 'react';
import {useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {useOwner} from '../../ui/owner.ts';
import {Status} from '../../ui/status.tsx';
import {When} from '../../ui/when.tsx';
import {orderWords} from '../../words/order/index.ts';
import {supportWords} from '../../words/support/index.ts';
import {type Dossier, toneOf} from './types.ts';

/** Whose order it is, how it stands, and what it waits for: until when, and what happens then. Without acts it is the past, which tells its own. */
export function OrderHead({order, acts}: {order: Dossier; acts: ReactNode}) {
  const say = useWords(supportWords);
  const words = useWords(orderWords);
  const {number, customer, status, total, placed_at, run_url, tracking_url} = order;
  return (
    <header className="support-head">
      <div className="row apart">
        <div className="support-title">
          <h1>
            <bdi>{number}</bdi>
          </h1>
          {customer && (
            <p className="support-name" title={customer.name}>
              <bdi>{customer.name}</bdi>
            </p>
          )}
        </div>
        {acts}
      </div>
      <div className="row">
        {acts && <Status tone={toneOf(status)}>{words.maybe(`status_${status}`) ?? status}</Status>}
        {acts && <Money of={total} />}
        <span className="soft">
          {say('placed')} <When at={placed_at} exact />
        </span>
        <a href={tracking_url} target="_blank" rel="noreferrer">
          {say('track')}
        </a>
        {run_url && (
          <a href={run_url} target="_blank" rel="noreferrer">
            {say('run')}
          </a>
        )}
      </div>
      {acts && <Waits order={order} />}
    </header>
  );
}

function Waits({order: {waiting, hold, stuck}}: {order: Dossier}) {
  const say = useWords(supportWords);
  const words = useWords(orderWords);
  const owner = useOwner();
  if (!waiting) return null;
  const what = words.maybe(`waiting_${waiting.name}`) ?? waiting.name;
  return (
    <section className={`support-waits ${stuck.length > 0 || hold ? 'wait' : ''}`}>
      <p className="title">{hold ? say('on_hold', {reason: hold.reason ?? ''}) : say('waits_for', {what})}</p>
      <p>
        <span className="soft">{say('since')}</span> <When at={waiting.since} exact />
        {' · '}
        {waiting.deadline ? (
          <>
            <span className="soft">{say('until')}</span> <When at={waiting.deadline} exact />
          </>
        ) : (
          <span className="soft">{say('no_deadline')}</span>
        )}
        {waiting.after && <>, {words.maybe(`after_${waiting.after}`)}</>}
        {waiting.owner && (
          <>
            {' · '}
            <span className="soft">{say('whose')}:</span> <bdi>{owner(waiting.owner)}</bdi>
          </>
        )}
      </p>
      {stuck.map(({step, code}) => (
        <p key={step}>
          {say('stuck', {step})} <code>{code}</code>
        </p>
      ))}
    </section>
  );
}
