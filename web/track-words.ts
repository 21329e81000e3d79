import {formatMoment, formatMoney, type Money} from './format.ts';

/** Where a shipment stands, and how it is drawn: along the line, beside it, or at its end. */
export interface StageWords {
  text: string;
  /** steps behind it, 0 to 5; null when it is not on the line */
  done: number | null;
  kind: 'moving' | 'arrived' | 'waiting' | 'trouble' | 'ended';
}

export const STEPS = ['Confirmed', 'Picked', 'Packed', 'On the way', 'Delivered'] as const;

const STAGES: Record<string, StageWords> = {
  ALLOCATED: {text: 'Next in line to be picked', done: 1, kind: 'moving'},
  PICKING: {text: 'Being picked', done: 1, kind: 'moving'},
  SHORT_PICKED: {text: 'Being picked, with a little more searching', done: 1, kind: 'moving'},
  PICKED: {text: 'Being packed', done: 2, kind: 'moving'},
  PACKED: {text: 'Packed, waiting for the carrier', done: 3, kind: 'moving'},
  IN_TRANSIT: {text: 'On the way to you', done: 3, kind: 'moving'},
  OUT_FOR_DELIVERY: {text: 'Out for delivery', done: 4, kind: 'moving'},
  DELIVERED: {text: 'Delivered', done: 5, kind: 'arrived'},
  BACKORDERED: {text: 'Waiting for stock', done: null, kind: 'waiting'},
  EXCEPTION: {text: 'Held up: we are looking into it', done: null, kind: 'trouble'},
  RETURN_TO_SENDER: {text: 'On its way back to us', done: null, kind: 'trouble'},
  LOST: {text: 'Lost on the way, not charged', done: null, kind: 'trouble'},
  CANCELLED: {text: 'Cancelled', done: null, kind: 'ended'},
};

export function stageWords(stage: string): StageWords {
  return STAGES[stage] ?? {text: stage.toLowerCase().replaceAll('_', ' '), done: null, kind: 'waiting'};
}

export interface Story {
  title: string;
  next: string;
  kind: StageWords['kind'];
}

interface Told {
  status: string;
  waiting_on: {name: string; deadline: string | null} | null;
  payment: {charged: Money; refunded: Money};
  /** of its shipments, where they are known */
  stages?: readonly string[];
}

const by = (deadline: string | null) => (deadline === null ? '' : ` by ${formatMoment(deadline)}`);

/** Waits that the customer must know of before anything else. */
const WAITS: Record<string, (deadline: string | null) => Story> = {
  customer_authentication: (deadline) => ({
    title: 'Your bank is asking for you',
    next: `Please confirm the payment with your bank${by(deadline)}. Nothing is sent before that.`,
    kind: 'waiting',
  }),
  payment_method: (deadline) => ({
    title: 'The payment did not go through',
    next: `Please give the shop another way to pay${by(deadline)}. Nothing is sent or kept for you before that.`,
    kind: 'trouble',
  }),
  fraud_review: (deadline) => ({
    title: 'We are looking over your order',
    next: `A person here reads it${by(deadline)}. You need not do anything; nothing has been charged.`,
    kind: 'waiting',
  }),
  payment_renewal: (deadline) => ({
    title: 'Your bank needs you',
    next: `It did not let us hold the money for what is still to come. Please confirm it or give the shop another way to pay${by(deadline)}.`,
    kind: 'trouble',
  }),
  ops: () => ({
    title: 'Something needs a closer look',
    next: 'One of our people is on it. You need not do anything.',
    kind: 'trouble',
  }),
};

const NEXT: Record<string, string> = {
  stock: 'What is missing is on its way to our warehouse. It ships as soon as it is there.',
  supplier: 'Our supplier is getting your items ready.',
  pick: 'Your items are collected from the shelves next.',
  pack: 'Your items are packed next.',
  dispatch: 'The carrier collects your parcel next.',
  carrier: 'The carrier has your parcel. You are charged when it has arrived.',
  driver: 'Our driver takes your parcel on the next run.',
};

/** The headline of the page and what happens next. */
export function storyOf(view: Told): Story {
  const wait = view.waiting_on;
  const special = wait && WAITS[wait.name];
  if (special) return special(wait.deadline);
  const next = (wait && NEXT[wait.name]) ?? 'We will show it here as soon as something happens.';
  switch (view.status) {
    case 'pending':
    case 'payment_processing':
      return {title: 'We have your order', next: 'We are asking your bank. This takes a moment.', kind: 'waiting'};
    case 'paid':
      return {title: 'Your order is confirmed', next: 'We are choosing the warehouse it comes from.', kind: 'moving'};
    case 'awaiting_fulfillment':
      return {
        title: wait?.name === 'stock' ? 'Waiting for stock' : 'We are preparing your order',
        next,
        kind: 'moving',
      };
    case 'partially_fulfilled':
      return {title: 'Part of your order is on its way', next: tally(view.stages ?? []) ?? next, kind: 'moving'};
    case 'fulfilled':
      return {title: 'Your order is on its way', next: tally(view.stages ?? []) ?? next, kind: 'moving'};
    case 'delivered':
      return {title: 'Delivered', next: deliveredWords(view.stages ?? []), kind: 'arrived'};
    default:
      return endOf(view);
  }
}

const ROAD = new Set(['IN_TRANSIT', 'OUT_FOR_DELIVERY']);
const HERE = new Set(['ALLOCATED', 'PICKING', 'SHORT_PICKED', 'PICKED', 'PACKED']);

/** "1 of 3 shipments has arrived, 1 is on its way, 1 waits for stock."; null for a single shipment. */
function tally(stages: readonly string[]): string | null {
  if (stages.length < 2) return null;
  const count = (is: (stage: string) => boolean) => stages.filter(is).length;
  const parts: [number, string, string][] = [
    [count((stage) => stage === 'DELIVERED'), 'has arrived', 'have arrived'],
    [count((stage) => ROAD.has(stage)), 'is on its way', 'are on their way'],
    [count((stage) => HERE.has(stage)), 'is being prepared', 'are being prepared'],
    [count((stage) => stage === 'BACKORDERED'), 'waits for stock', 'wait for stock'],
  ];
  const told = parts.filter(([n]) => n > 0).map(([n, one, many]) => ({n, words: n === 1 ? one : many}));
  const [first, ...rest] = told;
  if (!first) return null;
  const others = rest.map(({n, words}) => `, ${n} ${words}`).join('');
  return `${first.n} of ${stages.length} shipments ${first.words}${others}. Each is charged when it has arrived.`;
}

/** An order counts as delivered when some of it was and nothing more is to come. */
function deliveredWords(stages: readonly string[]): string {
  return stages.every((stage) => stage === 'DELIVERED')
    ? 'Everything has arrived. Thank you for your order.'
    : 'All that could be sent has arrived, and you pay for that alone. Thank you for your order.';
}

function endOf({status, payment}: Told): Story {
  if (status === 'refunded') {
    const back = payment.refunded.amount > 0;
    const next = back
      ? `${formatMoney(payment.refunded)} went back to you.`
      : 'We are sorry: it did not reach you. Nothing was charged, and what was held on your card has been let go.';
    return {title: back ? 'Refunded' : 'You do not pay for this order', next, kind: 'ended'};
  }
  const charged = payment.charged.amount > 0;
  const next = charged
    ? `${formatMoney(payment.charged)} was charged for what was delivered.`
    : 'Nothing was charged. What was held on your card has been let go.';
  return {title: 'This order was cancelled', next, kind: 'ended'};
}
