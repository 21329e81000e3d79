import {Card, Facts} from '../../ui/card.tsx';
import {useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {supportWords} from '../../words/support/index.ts';
import type {Dossier} from './types.ts';

/** Where the money is: what the bank holds, what was taken, what went back. */
export function MoneyCard({order}: {order: Dossier}) {
  const say = useWords(supportWords);
  const {money, refunds} = order;
  const shown = (['held', 'charged', 'to_be_charged', 'refunded', 'disputed'] as const).filter(
    (name) => name !== 'disputed' || money.disputed.amount > 0,
  );
  return (
    <Card title={say('money')}>
      <dl className="support-sums">
        {shown.map((name) => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd>
              <Money of={money[name]} />
            </dd>
          </div>
        ))}
      </dl>
      {refunds.length > 0 && (
        <>
          <h3>{say('refunds')}</h3>
          <Facts
            facts={refunds.map(({refund_id, kind, state, amount, credit_note}) => [
              `${kind} · ${state.replaceAll('_', ' ')}${credit_note ? ` · ${credit_note}` : ''}`,
              <Money key={refund_id} of={amount} />,
            ])}
          />
        </>
      )}
    </Card>
  );
}
