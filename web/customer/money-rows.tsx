import {type Amount, Money} from '../ui/money.tsx';

/** Sums with what they are. */
export function MoneyRows({rows}: {rows: readonly (readonly [label: string, amount: Amount])[]}) {
  return (
    <dl className="money">
      {rows.map(([label, amount]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <Money of={amount} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
