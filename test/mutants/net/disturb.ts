import {Context} from '@temporalio/activity';
import type {Activities} from '../../../activities/index.ts';

/** Steps that ask the outside world: only these are left hanging, as by a worker that died or fell behind. */
const OUTSIDE: readonly string[] = ['authorize', 'releaseHolds', 'capture', 'buyLabels'];

/** The first hold's answer is lost, and it is asked for again when the provider has forgotten its key. */
const HELD_UP = 1;

/**
 * Every step has trouble on some of its first attempts: it fails before it did anything, it does its work and the answer
 * is lost, or it does its work and answers when it was given up long ago.
 */
export function disturbed(real: Activities, givenUpAfter: number, aDayPasses: () => Promise<void>): Activities {
  const calls = new Map<string, number>();
  const wrapped = Object.entries(real).map(([name, run]) => [
    name,
    async (input: never) => {
      const work = () => (run as (input: never) => Promise<unknown>)(input);
      if (Context.current().info.attempt > 1) return work();
      const call = (calls.get(name) ?? 0) + 1;
      calls.set(name, call);
      if (call % 4 === 2) throw new Error(`${name} fails before it does anything`);
      const result = await work();
      const heldUp = call === HELD_UP && name === 'authorize';
      if (heldUp) await aDayPasses();
      if (call % 4 === 3 || heldUp) throw new Error(`${name} is done, but nobody hears of it`);
      if (call % 8 === 4 && OUTSIDE.includes(name)) await new Promise((resolve) => setTimeout(resolve, givenUpAfter));
      return result;
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}
