import type {Consequence} from '../../domain/order/consequences.ts';
import type {Say} from '../words/catalogue.ts';
import {actWords} from '../words/acts/index.ts';
import {orderWords} from '../words/order/index.ts';
import {useLook, useWords} from './look.tsx';
import {moneyIn} from './money.tsx';
import {momentIn} from './when.tsx';

/** What an act comes to, as the service's rehearsal of it said. */
export interface Preview {
  version: number;
  possible: boolean;
  refused: {code: string; possible: string}[];
  consequences: Consequence[];
  undo: 'hold' | 'release' | 'quantity' | 'address' | null;
}

type Said = Say<typeof actWords.en>;
type Named = (kind: string, code: string | null) => string;

/** The facts of a preview as sentences. */
export function useConsequences(currency: string): (one: Consequence) => string {
  const {locale} = useLook();
  const say = useWords(actWords);
  const order = useWords(orderWords);
  const named: Named = (kind, code) => order.maybe(`${kind}_${code}`) ?? String(code ?? '').replaceAll('_', ' ');
  const money = (amount: number) => moneyIn(locale, {amount, currency});
  const when = (at: string) => momentIn(locale, at);
  return (one) => sentenceOf(one, {say, named, money, when});
}

interface Words {
  say: Said;
  named: Named;
  money: (amount: number) => string;
  when: (at: string) => string;
}

function sentenceOf(one: Consequence, {say, named, money, when}: Words): string {
  switch (one.kind) {
    case 'status':
      return say('does_status', {to: named('status', one.to)});
    case 'waiting':
      return one.to === null
        ? say('does_waiting_none', {from: named('waiting', one.from)})
        : say('does_waiting', {to: named('waiting', one.to)});
    case 'held_until':
      return one.until === null ? say('does_held_until_none') : say('does_held_until', {until: when(one.until)});
    case 'total':
      return say('does_total', {from: money(one.from), to: money(one.to)});
    case 'hold_more':
    case 'not_charged':
    case 'hold_let_go':
      return say(`does_${one.kind}`, {amount: money(one.amount)});
    case 'money_back':
      return say(one.second_person ? 'does_money_back_second' : 'does_money_back', {amount: money(one.amount)});
    case 'units_cancelled':
    case 'units_added':
      return say(`does_${one.kind}`, {n: one.qty, sku: one.sku});
    case 'part_ends':
    case 'part_begins':
      return say(`does_${one.kind}`, {source: one.source ?? say('nowhere')});
    default:
      return handsOf(one, {say, named, money, when});
  }
}

type OfHands = Exclude<
  Consequence,
  {
    kind:
      | 'status'
      | 'waiting'
      | 'held_until'
      | 'total'
      | 'hold_more'
      | 'not_charged'
      | 'hold_let_go'
      | 'money_back'
      | 'units_cancelled'
      | 'units_added'
      | 'part_ends'
      | 'part_begins';
  }
>;

/** What people and carriers are given to do, and what the customer hears. */
function handsOf(one: OfHands, {say, named}: Words): string {
  switch (one.kind) {
    case 'task_ends':
    case 'task_begins':
      return say(`does_${one.kind}`, {warehouse: one.warehouse, task: say.maybe(`task_${one.task}`) ?? one.task});
    case 'task_shrinks':
      return say('does_task_shrinks', {
        n: one.units,
        warehouse: one.warehouse,
        task: say.maybe(`task_${one.task}`) ?? one.task,
      });
    case 'label_void':
      return say('does_label_void', {tracking: one.tracking_number ?? one.parcel_id});
    case 'label_new':
      return say('does_label_new');
    case 'return':
      return say('does_return', {to: named('return', one.to)});
    case 'message':
      return say('does_message', {template: named('mail', one.template)});
    case 'sent_again': {
      const template = named('mail', one.template);
      return one.to === null ? say('does_sent_again', {template}) : say('does_sent_again_to', {template, to: one.to});
    }
    case 'tried_again':
      return say('does_tried_again', {step: one.step});
  }
}
