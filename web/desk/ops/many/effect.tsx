import {useLook, useWords} from '../../../ui/look.tsx';
import {moneyIn} from '../../../ui/money.tsx';
import {manyWords} from '../../../words/many/index.ts';
import {orderWords} from '../../../words/order/index.ts';
import type {Act} from './types.ts';

/** What it comes to for all orders together, as sentences. */
export function Effect({act}: {act: Act}) {
  const say = useWords(manyWords);
  const order = useWords(orderWords);
  const {locale} = useLook();
  const {effect, kind} = act;
  if (!effect) return null;
  const money = (amount: number, currency: string) => moneyIn(locale, {amount, currency});
  const mails = Object.entries(effect.mails);
  const sentences = [
    say(`does_${kind}`, {n: effect.orders}),
    ...(effect.units > 0 ? [say('does_units', {n: effect.units})] : []),
    ...effect.money.flatMap(({currency, let_go, back}) => [
      ...(let_go > 0 ? [say('does_let_go', {amount: money(let_go, currency)})] : []),
      ...(back > 0 ? [say('does_back', {amount: money(back, currency)})] : []),
    ]),
    ...(effect.tasks_end > 0 ? [say('does_tasks', {n: effect.tasks_end})] : []),
    ...(effect.parts_begin > 0 ? [say('does_parts', {n: effect.parts_begin})] : []),
    ...(effect.labels_void > 0 ? [say('does_labels', {n: effect.labels_void})] : []),
    ...mails.map(([mail, n]) => say('does_mails', {n, mail: order.maybe(`mail_${mail}`) ?? mail})),
    ...(mails.length === 0 ? [say('does_no_mail')] : []),
  ];
  return (
    <ul className="many-does sum">
      {sentences.map((sentence) => (
        <li key={sentence}>
          <bdi>{sentence}</bdi>
        </li>
      ))}
    </ul>
  );
}
