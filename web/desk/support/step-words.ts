import {useLook, useWords} from '../../ui/look.tsx';
import {moneyIn} from '../../ui/money.tsx';
import {nameOfStep} from '../../ui/step-name.ts';
import {orderWords} from '../../words/order/index.ts';
import {stepWords} from '../../words/steps/index.ts';
import {supportWords} from '../../words/support/index.ts';
import type {Dossier, History} from './types.ts';

type Step = History['steps'][number];

const AMOUNTS: ReadonlySet<string> = new Set(['total_amount', 'held', 'captured', 'refunded']);

/** What a step is called, and what was different after it, in the reader's words. */
export function useStepWords({sub_orders, total}: Dossier) {
  const say = useWords(supportWords);
  const words = useWords(orderWords);
  const steps = useWords(stepWords);
  const {locale, direction} = useLook();
  const arrow = direction === 'rtl' ? '←' : '→';
  const numberOf = (id: string) => sub_orders.findIndex(({sub_order_id}) => sub_order_id === id) + 1;
  const textOf = (what: string, value: unknown): string => {
    if (value === null || value === undefined) return '–';
    if (AMOUNTS.has(what)) return moneyIn(locale, {amount: Number(value), currency: total.currency});
    const kind = {status: 'status', waiting_on: 'waiting'}[what] ?? (what.startsWith('sub_') ? 'stage' : '');
    return words.maybe(`${kind}_${String(value)}`) ?? String(value);
  };
  const nameOf = (what: string): string | null =>
    what.startsWith('sub_') ? say('shipment', {n: numberOf(what)}) : say.maybe(`what_${what}`);
  const titleOf = ({type}: Step): string => nameOfStep(steps, type);
  const changesOf = ({changed}: Step): string[] =>
    changed.flatMap(({what, from, to}) => {
      const name = nameOf(what);
      return name ? [`${name}: ${textOf(what, from)} ${arrow} ${textOf(what, to)}`] : [];
    });
  return {titleOf, changesOf, textOf};
}
