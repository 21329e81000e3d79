import {Context} from '@temporalio/activity';
import type {Activities} from '../../../activities/index.ts';
import type {PaymentGateway} from '../../../activities/ports.ts';
import {ProviderError} from '../../../domain/provider-error.ts';

/** Steps that ask the outside world: only these are left hanging, as by a worker that died or fell behind. */
const OUTSIDE: readonly string[] = ['authorize', 'releaseHolds', 'capture', 'buyLabels'];

/** Steps in which orders fight for the same units begin at the same moments. */
const RACING: readonly string[] = ['reservePlan'];
const WAVE = 250;
const nextWave = () => new Promise((resolve) => setTimeout(resolve, WAVE - (Date.now() % WAVE)));

/**
 * Every step has trouble on some of its first attempts: it fails before it did anything, it does its work and the answer
 * is lost, or it does its work and answers when it was given up long ago.
 */
export function disturbed(real: Activities, givenUpAfter: number): Activities {
  const calls = new Map<string, number>();
  const wrapped = Object.entries(real).map(([name, run]) => [
    name,
    async (input: never) => {
      const work = () => (run as (input: never) => Promise<unknown>)(input);
      if (RACING.includes(name)) await nextWave();
      if (Context.current().info.attempt > 1) return work();
      const call = (calls.get(name) ?? 0) + 1;
      calls.set(name, call);
      if (call % 4 === 2) throw new Error(`${name} fails before it does anything`);
      const result = await work();
      if (call % 4 === 3) throw new Error(`${name} is done, but nobody hears of it`);
      if (call % 8 === 4 && OUTSIDE.includes(name)) await new Promise((resolve) => setTimeout(resolve, givenUpAfter));
      return result;
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}

/** The very first hold is made and its answer lost; it is asked for again when the provider has forgotten its key. */
export function heldUp(real: PaymentGateway, aDayPasses: () => Promise<void>): PaymentGateway {
  let first = true;
  return {
    ...real,
    authorize: async (request) => {
      const hold = await real.authorize(request);
      if (!first) return hold;
      first = false;
      await aDayPasses();
      throw new ProviderError('provider_unreachable', 'the answer was lost', {retryable: true, unknown: true});
    },
  };
}
