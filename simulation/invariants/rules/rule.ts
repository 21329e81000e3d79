import type {Invariant} from '../types.ts';

type More = Pick<Invariant, 'atRest' | 'needs' | 'better'>;

const ruleThatHolds =
  (when: Invariant['when']) =>
  (id: string, meaning: string, reads: string, check: Invariant['check'], more: More = {}): Invariant => ({
    ...{id, meaning, reads, when, check},
    ...more,
  });

/** A rule that holds at any moment; what holds of it only at rest is `more.atRest`. */
export const always = ruleThatHolds('always');

/** A rule that holds when nothing is under way. */
export const quiet = ruleThatHolds('quiet');

/** One rule for what goes different ways; they read one snapshot, and so one after the other. */
export const both =
  (...checks: Invariant['check'][]): Invariant['check'] =>
  async (world) => {
    const found = [];
    for (const check of checks) found.push(...(await check(world)));
    return found;
  };
