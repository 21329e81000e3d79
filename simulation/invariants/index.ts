import {withWorld} from './open-world.ts';
import {INVARIANTS, NOT_YET} from './registry.ts';
import type {Targets, Violation} from './types.ts';

export type {Targets, Violation} from './types.ts';
export type {TemporalView} from './temporal-view.ts';

export interface InvariantReport {
  /** identifiers that were checked in this run */
  checked: string[];
  not_yet: {id: string; row: string}[];
  violations: Violation[];
}

/**
 * Compares our database with the books of the payment provider and the carrier and with Temporal, at one moment.
 * Reads only. Invariants that hold only when nothing is under way are checked when `targets.quiescent` says so.
 * Throws when one of the four cannot be read: an audit that saw half of it says nothing.
 */
export function checkInvariants(targets: Targets): Promise<InvariantReport> {
  return withWorld(targets, async (world) => {
    const due = INVARIANTS.filter((invariant) => invariant.when === 'always' || targets.quiescent);
    const violations: Violation[] = [];
    for (const {id, check} of due) {
      for (const finding of await check(world)) violations.push({id, ...finding});
    }
    return {checked: due.map(({id}) => id), not_yet: NOT_YET.map(({id, row}) => ({id, row})), violations};
  });
}
