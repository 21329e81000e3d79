import type {Sla} from '../policy/policy.ts';

export const WAVE_RULES = ['immediate', 'cut_off', 'carrier_pickup', 'priority', 'zone', 'cart'] as const;
export type WaveRule = (typeof WAVE_RULES)[number];

export const WAVE_KINDS = ['single', 'batch', 'zone'] as const;
export type WaveKind = (typeof WAVE_KINDS)[number];

/** By what rule a warehouse releases its pick tasks in waves. Durations in milliseconds. */
export interface WaveTerms {
  /** `immediate`: every task for itself, as soon as it is there, without waves */
  rule: WaveRule;
  kind: WaveKind;
  /** orders that one cart has totes for */
  totes: number;
  /** so long before the cut-off, or the carrier, everything that waits is released */
  lead: number;
  /** when carriers come, `HH:MM` by the clocks of the warehouse */
  pickups: readonly string[];
  /** what is released at once by `priority` */
  urgent: readonly Sla[];
  /** by every rule but `immediate`, nothing waits longer than this */
  max_wait: number;
}

const MINUTE = 60_000;

export const IMMEDIATE: WaveTerms = {
  rule: 'immediate',
  kind: 'batch',
  totes: 8,
  lead: 90 * MINUTE,
  pickups: [],
  urgent: ['SAME_DAY'],
  max_wait: 60 * MINUTE,
};

/** A pick task nobody has begun. */
export interface WaitingTask {
  task_id: string;
  /** since when it is open, milliseconds of the epoch */
  since: number;
  sla: string;
  /** in which its stops are */
  zones: readonly string[];
  /** when somebody took it back out of a wave, milliseconds of the epoch; null: nobody has */
  taken_back: number | null;
}

/**
 * The tasks that are to be released now, in the order given (oldest first). What somebody took back out of a wave is
 * left to people, but for no longer than anything may wait.
 * @param leaves when the next cut-off or carrier comes, as the rule has it, milliseconds of the epoch; null: never
 */
export function releasable(
  terms: WaveTerms,
  waiting: readonly WaitingTask[],
  {now, leaves}: {now: number; leaves: number | null},
): string[] {
  if (terms.rule === 'immediate') return [];
  const ours = waiting.filter(({taken_back}) => taken_back === null || now - taken_back >= terms.max_wait);
  const due = dueByRule(terms, ours, leaves !== null && leaves - now <= terms.lead);
  return ours.filter((task) => due.has(task.task_id) || now - task.since >= terms.max_wait).map((task) => task.task_id);
}

function dueByRule(terms: WaveTerms, waiting: readonly WaitingTask[], leavesSoon: boolean): ReadonlySet<string> {
  const ids = (tasks: readonly WaitingTask[]) => new Set(tasks.map((task) => task.task_id));
  switch (terms.rule) {
    case 'immediate':
      return ids([]);
    case 'cut_off':
    case 'carrier_pickup':
      return ids(leavesSoon ? waiting : []);
    case 'priority':
      return ids(waiting.filter(({sla}) => terms.urgent.some((urgent) => urgent === sla)));
    case 'zone':
      return ids(fullCarts(waiting, terms.totes, ({zones}) => zones.join()));
    case 'cart':
      return ids(fullCarts(waiting, terms.totes, () => ''));
    default:
      return terms.rule satisfies never;
  }
}

/** Of each group as many as fill whole carts, oldest first. */
function fullCarts(
  waiting: readonly WaitingTask[],
  totes: number,
  groupOf: (task: WaitingTask) => string,
): WaitingTask[] {
  const groups = new Map<string, WaitingTask[]>();
  for (const task of waiting) groups.set(groupOf(task), [...(groups.get(groupOf(task)) ?? []), task]);
  return [...groups.values()].flatMap((group) => group.slice(0, group.length - (group.length % totes)));
}
