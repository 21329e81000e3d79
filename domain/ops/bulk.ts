import type {Consequence} from '../order/consequences.ts';

export const BULK_KINDS = ['cancel', 'hold', 'release', 'reallocate'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

export const BULK_STATES = ['previewing', 'ready', 'running', 'done', 'stopped', 'dropped'] as const;
export type BulkState = (typeof BULK_STATES)[number];

export const isBulkEnded = (state: BulkState): boolean => ['done', 'stopped', 'dropped'].includes(state);

/** So many orders in one act; more are several acts. */
export const MOST_ORDERS = 5_000;

/** What was shown may be confirmed for so long, milliseconds of the service's time. */
export const SHOWN_FOR = 60 * 60_000;

/** One act of a bulk is one request to its order, however often it is made. */
export const bulkRequestId = (jobId: string, orderId: string): string => `bulk:${jobId}:${orderId}`;

/** Minor units of one currency. */
export interface BulkMoney {
  currency: string;
  /** held, and not taken any more */
  let_go: number;
  back: number;
}

/** What an act makes of orders, in sum. */
export interface BulkEffect {
  orders: number;
  units: number;
  money: BulkMoney[];
  parts_end: number;
  parts_begin: number;
  tasks_end: number;
  labels_void: number;
  /** mails, by template */
  mails: Record<string, number>;
}

export const NO_EFFECT: BulkEffect = {
  orders: 0,
  units: 0,
  money: [],
  parts_end: 0,
  parts_begin: 0,
  tasks_end: 0,
  labels_void: 0,
  mails: {},
};

/** The consequences for one order, as figures that add up. */
export function effectOf(consequences: readonly Consequence[], currency: string): BulkEffect {
  const effect: BulkEffect = {...NO_EFFECT, orders: 1, mails: {}};
  const money: BulkMoney = {currency, let_go: 0, back: 0};
  for (const one of consequences) {
    if (one.kind === 'units_cancelled') effect.units += one.qty;
    else if (one.kind === 'hold_let_go' || one.kind === 'not_charged') money.let_go += one.amount;
    else if (one.kind === 'money_back') money.back += one.amount;
    else if (one.kind === 'part_ends') effect.parts_end += 1;
    else if (one.kind === 'part_begins') effect.parts_begin += 1;
    else if (one.kind === 'task_ends') effect.tasks_end += 1;
    else if (one.kind === 'label_void') effect.labels_void += 1;
    else if (one.kind === 'message') effect.mails[one.template] = (effect.mails[one.template] ?? 0) + 1;
  }
  if (money.let_go + money.back > 0) effect.money = [money];
  return effect;
}

/** Several in sum; currencies stay apart. */
export function addEffects(effects: readonly BulkEffect[]): BulkEffect {
  const sum: BulkEffect = {...NO_EFFECT, mails: {}};
  const money = new Map<string, BulkMoney>();
  for (const effect of effects) {
    for (const name of COUNTS) sum[name] += effect[name];
    for (const {currency, let_go, back} of effect.money) {
      const before = money.get(currency) ?? {currency, let_go: 0, back: 0};
      money.set(currency, {currency, let_go: before.let_go + let_go, back: before.back + back});
    }
    for (const [template, count] of Object.entries(effect.mails)) {
      sum.mails[template] = (sum.mails[template] ?? 0) + count;
    }
  }
  sum.money = [...money.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
  return sum;
}

const COUNTS = ['orders', 'units', 'parts_end', 'parts_begin', 'tasks_end', 'labels_void'] as const;
