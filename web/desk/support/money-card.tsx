import {Card} from '../../ui/card.tsx';
import {useWords} from '../../ui/look.tsx';
import {Money} from '../../ui/money.tsx';
import {Status, type Tone} from '../../ui/status.tsx';
import {orderWords} from '../../words/order/index.ts';
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
          <ul className="stack tight">
            {refunds.map((refund) => (
              <Refund key={refund.refund_id} refund={refund} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

const TONES: Readonly<Record<string, Tone>> = {succeeded: 'good', failed: 'bad', rejected: 'ended'};

function Refund({refund: {kind, state, amount, credit_note}}: {refund: Dossier['refunds'][number]}) {
  const words = useWords(orderWords);
  return (
    <li className="row apart">
      <span>
        {words.maybe(`refund_${kind}`) ?? kind} {credit_note && <code className="soft">{credit_note}</code>}
      </span>
      <span className="row">
        <Status tone={TONES[state] ?? 'wait'}>{words.maybe(`refund_is_${state}`) ?? state}</Status>
        <Money of={amount} />
      </span>
    </li>
  );
}
