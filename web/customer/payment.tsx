import type {Tracking} from '../../api/contract/track.ts';
import {Card} from '../ui/card.tsx';
import {useWords} from '../ui/look.tsx';
import {Money} from '../ui/money.tsx';
import {customerWords} from '../words/customer/index.ts';
import {type Clock, dayOf} from './days.ts';
import {MoneyRows} from './money-rows.tsx';
import {hasEnded} from './story.ts';

/** What is held, charged and given back, and the papers of it. */
export function Payment({view, clock}: {view: Tracking; clock: Clock}) {
  const say = useWords(customerWords);
  const {total, shipments, documents} = view;
  const {held, charged, refunded} = view.payment;
  const toCome = shipments.reduce((sum, {money}) => sum + money.to_be_charged.amount, 0);
  const rows = [
    [say('total'), total] as const,
    ...(charged.amount > 0 ? [[say(hasEnded(view) ? 'charged' : 'charged_so_far'), charged] as const] : []),
    ...(held.amount > 0 ? [[say('held_now'), held] as const] : []),
    ...(refunded.amount > 0 ? [[say('refunded'), refunded] as const] : []),
  ];
  return (
    <Card title={say('money')}>
      <MoneyRows rows={rows} />
      {held.amount > 0 && (
        <p className="soft small">
          {say('held_words')} {shipments.length > 0 && held.amount > toCome && say('held_beyond')}
        </p>
      )}
      {documents.length > 0 && (
        <section className="papers" aria-label={say('documents')}>
          <h3>{say('documents')}</h3>
          <ul>
            {documents.map(({kind, number, amount, made_at, url}) => (
              <li key={number}>
                <a href={url} target="_blank" rel="noreferrer">
                  {say(`d_${kind}`, {number})}
                </a>
                <span className="soft" suppressHydrationWarning>
                  {dayOf(clock, made_at)}
                </span>
                <Money of={amount} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Card>
  );
}
