import type {Tracking} from '../../api/contract/track.ts';
import {moneyIn} from '../ui/money.tsx';
import type {Tone} from '../ui/status.tsx';
import type {Say} from '../words/catalogue.ts';
import type {EN} from '../words/customer/en.ts';
import {type Clock, momentOf} from './days.ts';

export type Words = Say<typeof EN>;
export type Shipment = Tracking['shipments'][number];
export type Line = Tracking['lines'][number];

export interface Story {
  tone: Tone;
  title: string;
  next: string;
}

const ENDED = new Set(['delivered', 'cancelled', 'refunded']);
export const hasEnded = ({status}: Pick<Tracking, 'status'>): boolean => ENDED.has(status);

/** Waits that the customer must know of before anything else. */
const WAITS: Readonly<
  Record<string, readonly [Tone, 't_authentication' | 't_method' | 't_review' | 't_renewal' | 't_ops', keyof typeof EN]>
> = {
  customer_authentication: ['wait', 't_authentication', 'n_authentication'],
  payment_method: ['bad', 't_method', 'n_method'],
  fraud_review: ['wait', 't_review', 'n_review'],
  payment_renewal: ['bad', 't_renewal', 'n_renewal'],
  ops: ['wait', 't_ops', 'n_ops'],
};

/** The headline of the page, and what happens next. */
export function storyOf(view: Tracking, say: Words, clock: Clock): Story {
  const wait = view.waiting_on;
  const special = wait && WAITS[wait.name];
  if (special) {
    const [tone, title, next] = special;
    const until =
      wait.deadline && wait.name !== 'ops' ? ` ${say('until', {moment: momentOf(clock, wait.deadline)})}` : '';
    return {tone, title: say(title), next: `${say.maybe(next) ?? ''}${until}`};
  }
  const name = wait?.name ?? 'else';
  const rest = view.status === 'partially_fulfilled' ? say.maybe(`n_rest_${name}`) : null;
  const next = rest ?? say.maybe(`n_${name}`) ?? say('n_else');
  switch (view.status) {
    case 'pending':
    case 'payment_processing':
      return {tone: 'still', title: say('t_pending'), next: say('n_pending')};
    case 'paid':
      return {tone: 'moving', title: say('t_paid'), next: say('n_paid')};
    case 'awaiting_fulfillment':
      return wait?.name === 'stock'
        ? {tone: 'wait', title: say('t_stock'), next}
        : {tone: 'moving', title: say('t_preparing'), next};
    case 'partially_fulfilled':
    case 'fulfilled':
      return {tone: 'moving', title: say(onTheWay(view)), next};
    case 'delivered': {
      const all = liveOf(view).every(({stage}) => stage === 'DELIVERED');
      return {tone: 'good', title: say('t_delivered'), next: say(all ? 'n_delivered' : 'n_delivered_part')};
    }
    default:
      return endOf(view, say, clock.locale);
  }
}

function onTheWay({status, shipments}: Tracking) {
  if (shipments.some(({stage}) => stage === 'DELIVERED')) return 't_part_here';
  return status === 'fulfilled' ? 't_way' : 't_part';
}

function endOf({status, payment: {refunded, charged}}: Tracking, say: Words, locale: string): Story {
  if (status === 'refunded') {
    const back = refunded.amount > 0;
    return {
      tone: 'ended',
      title: say('t_refunded'),
      next: back ? say('n_refunded', {amount: moneyIn(locale, refunded)}) : say('n_lost'),
    };
  }
  const next = charged.amount > 0 ? say('n_cancelled_charged', {amount: moneyIn(locale, charged)}) : say('n_cancelled');
  return {tone: 'ended', title: say('t_cancelled'), next};
}

const TONES: Readonly<Record<string, Tone>> = {
  DELIVERED: 'good',
  BACKORDERED: 'wait',
  EXCEPTION: 'bad',
  RETURN_TO_SENDER: 'bad',
  LOST: 'bad',
  CANCELLED: 'ended',
};
export const toneOf = (stage: string): Tone => TONES[stage] ?? 'moving';

/** A shipment whose parcels are all lost is not merely held up: that is its end. */
export const stageOf = ({stage, parcels}: Shipment): string =>
  parcels.length > 0 && parcels.every(({status}) => status === 'lost') ? 'LOST' : stage;

const DONE: Readonly<Record<string, number>> = {
  ALLOCATED: 1,
  PICKING: 1,
  SHORT_PICKED: 1,
  PICKED: 2,
  PACKED: 3,
  IN_TRANSIT: 3,
  OUT_FOR_DELIVERY: 4,
  DELIVERED: 5,
};
/** Steps behind it, 0 to 5; null when it is not on the line. */
export const stepsOf = (stage: string): number | null => DONE[stage] ?? null;

/** Shipments that were not cancelled. */
export const liveOf = ({shipments}: Tracking): Shipment[] => shipments.filter(({stage}) => stage !== 'CANCELLED');

/** Units that are to come, and those that have. */
export function tallyOf({lines}: Tracking): {n: number; arrived: number} {
  return lines.reduce(
    (sum, {qty, cancelled, delivered}) => ({n: sum.n + qty - cancelled, arrived: sum.arrived + delivered}),
    {n: 0, arrived: 0},
  );
}

/** Why something cannot be done, in the reader's words. */
export const whyNot = (say: Words, code: string | undefined): string => say.maybe(`why_${code}`) ?? say('why_else');
