import {ordersAtRest} from './at-rest.ts';
import {withWorld} from './open-world.ts';
import {INVARIANTS, NOT_YET} from './registry.ts';
import {type Timelines, timelinesOf} from './timeline.ts';
import type {Finding, Invariant, Neighbour, Targets, Violation, World} from './types.ts';

export {type TemporalView, viewThrough} from './temporal-view.ts';
export type {Acknowledged, Marked, Targets, Violation} from './types.ts';

export interface InvariantReport {
  /** identifiers that were checked in this run */
  checked: string[];
  not_yet: {id: string; row: string}[];
  /** what could not be compared because a real neighbour shows no books; `all` of it, or a `part` */
  not_compared: {id: string; neighbour: Neighbour; left_out: 'all' | 'part'}[];
  /** how many orders there are, and of how many it was asked what holds only at rest */
  orders: {all: number; at_rest: number};
  violations: Violation[];
  /** what happened to the orders that something is wrong with */
  timeline: Timelines;
}

/**
 * Compares our database with the books of the payment provider, the carrier and the mail server and with Temporal, at
 * one moment. Reads only. What holds only when nothing is under way is asked of all orders when `targets.quiescent` says
 * so, else of those that have been at rest for long. Throws when one of the sides that are named cannot be read.
 */
export function checkInvariants(targets: Targets): Promise<InvariantReport> {
  return withWorld(targets, async (world) => {
    const missing = missingNeighbours(targets);
    const due = INVARIANTS.filter(({needs = []}) => !needs.some((neighbour) => missing.includes(neighbour)));
    const resting = targets.quiescent ? null : await ordersAtRest(world);
    const violations: Violation[] = [];
    for (const invariant of due) {
      for (const finding of await findingsOf(invariant, world, resting))
        violations.push({id: invariant.id, ...finding});
    }
    return {
      checked: due.map(({id}) => id),
      not_yet: NOT_YET.map(({id, row}) => ({id, row})),
      not_compared: leftOut(missing),
      orders: {all: world.orders.size, at_rest: resting?.size ?? world.orders.size},
      violations,
      timeline: await timelinesOf(world, violations),
    };
  });
}

const missingNeighbours = ({stripeUrl, carrierUrl, mailUrl, smsUrl, supplierUrl}: Targets): Neighbour[] => [
  ...(stripeUrl ? [] : (['stripe'] as const)),
  ...(carrierUrl ? [] : (['carrier'] as const)),
  ...(mailUrl ? [] : (['mail'] as const)),
  ...(smsUrl ? [] : (['sms'] as const)),
  ...(supplierUrl ? [] : (['supplier'] as const)),
];

function leftOut(missing: readonly Neighbour[]): InvariantReport['not_compared'] {
  return INVARIANTS.flatMap(({id, needs = [], better = []}) => [
    ...needs.filter((n) => missing.includes(n)).map((neighbour) => ({id, neighbour, left_out: 'all' as const})),
    ...better.filter((n) => missing.includes(n)).map((neighbour) => ({id, neighbour, left_out: 'part' as const})),
  ]);
}

/** `resting`: numbers of the orders of which more may be asked; null for all. */
async function findingsOf(
  {when, check, atRest}: Invariant,
  world: World,
  resting: ReadonlySet<string> | null,
): Promise<Finding[]> {
  const always = when === 'always' ? await check(world) : [];
  const quiet = when === 'quiet' ? check : atRest;
  if (!quiet || resting?.size === 0) return always;
  const found = await quiet(world);
  return [...always, ...found.filter(({subject}) => resting === null || resting.has(subject))];
}
