import type {Schedule} from './schedule.ts';

/** Schedules that once broke an invariant, shrunk; each run begins with them. */
export const FOUND: readonly {name: string; schedule: Schedule}[] = [];
