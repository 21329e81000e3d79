import {useLook} from './look.tsx';

export interface Amount {
  amount: number;
  currency: string;
}

/** Minor units as people write them: as many to one as the currency has. */
export function moneyIn(locale: string, {amount, currency}: Amount): string {
  const format = new Intl.NumberFormat(locale, {style: 'currency', currency});
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export function Money({of}: {of: Amount}) {
  const {locale} = useLook();
  return <bdi className="ui-money">{moneyIn(locale, of)}</bdi>;
}
