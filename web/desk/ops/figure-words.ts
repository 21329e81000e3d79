import {useLook} from '../../ui/look.tsx';
import {moneyIn} from '../../ui/money.tsx';
import type {Tone} from '../../ui/status.tsx';
import {lastingIn} from '../../ui/when.tsx';
import type {Kpi} from './types.ts';

/** Writes a value of a figure in its unit; `–` where nothing was measured. */
export function useFigure(currency: string): (unit: Kpi['unit'], value: number | null) => string {
  const {locale} = useLook();
  const percent = new Intl.NumberFormat(locale, {style: 'percent', maximumFractionDigits: 1});
  return (unit, value) => {
    if (value === null) return '–';
    if (unit === 'share') return percent.format(value);
    return unit === 'money' ? moneyIn(locale, {amount: Math.round(value), currency}) : lastingIn(locale, value);
  };
}

/** "Mon, May 4" of a date without a zone. */
export function useDay(): (day: string) => string {
  const {locale} = useLook();
  const format = new Intl.DateTimeFormat(locale, {weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC'});
  return (day) => format.format(new Date(`${day}T00:00:00Z`));
}

/** A change of less than a hundredth is none. */
const NONE = 0.01;

export type Turn = 'better' | 'worse' | 'same';

/** Against as many days before; null where one of them was not measured. */
export function turnOf({
  value,
  before,
  better,
}: Pick<Kpi, 'value' | 'better'> & {before: {value: number | null}}): Turn | null {
  if (value === null || before.value === null) return null;
  const change = value - before.value;
  if (Math.abs(change) <= NONE * Math.abs(before.value)) return 'same';
  return change > 0 === (better === 'up') ? 'better' : 'worse';
}

export const TURN_TONES: Readonly<Record<Turn, Tone>> = {better: 'good', worse: 'bad', same: 'still'};
