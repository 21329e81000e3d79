import type {Client} from '@temporalio/client';
import {Context} from '@temporalio/activity';
import type {Activities} from '../../../activities/index.ts';
import type {Carrier, PaymentGateway} from '../../../activities/ports.ts';
import {ProviderError} from '../../../domain/provider-error.ts';

/** Steps that ask the outside world: only these are left hanging, as by a worker that died or fell behind. */
const OUTSIDE: readonly string[] = ['authorize', 'releaseHolds', 'capture', 'buyLabels', 'buyReturnLabel'];

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

/** What happens at the provider in the very moment a step asks for something. */
export interface Moments {
  aDayPasses(): Promise<void>;
  /** the hold runs out, where another one can be had */
  runsOut(ref: string): Promise<void>;
  /** the provider refuses for good to capture under this key */
  refuses(key: string): boolean;
}

const RUNS_OUT: readonly number[] = [3, 8];

/**
 * The very first hold is made and its answer lost; it is asked for again when the provider has forgotten its key. Some
 * holds run out the moment they are captured. Where a hold is captured part by part, the second request is lost at first.
 */
export function heldUp(real: PaymentGateway, {aDayPasses, runsOut, refuses}: Moments): PaymentGateway {
  let first = true;
  let captures = 0;
  const asked = new Map<string, 'once' | 'lost'>();
  return {
    ...real,
    authorize: async (request) => {
      const hold = await real.authorize(request);
      if (!first) return hold;
      first = false;
      await aDayPasses();
      throw new ProviderError('provider_unreachable', 'the answer was lost', {retryable: true, unknown: true});
    },
    capture: async (ref, ...rest) => {
      if (refuses(rest[2])) throw new ProviderError('processing_error', 'refused', {retryable: false, unknown: false});
      captures += 1;
      if (RUNS_OUT.includes(captures)) await runsOut(ref);
      if (asked.get(ref) === 'once') {
        asked.set(ref, 'lost');
        throw new ProviderError('provider_unreachable', 'the request was lost', {retryable: true, unknown: true});
      }
      const result = await real.capture(ref, ...rest);
      if (!asked.has(ref)) asked.set(ref, 'once');
      return result;
    },
  };
}

/** Whoever buys a label for a parcel that is to come back does not hear of the first one. */
export function waysBackLost(real: Carrier): Carrier {
  const waysBack = new Set<string>();
  return {
    ...real,
    createShipment: async (request) => {
      const shipment = await real.createShipment(request);
      if (request.is_return) waysBack.add(shipment.shipment_ref);
      return shipment;
    },
    buy: async (ref, rate) => {
      const bought = await real.buy(ref, rate);
      if (!waysBack.delete(ref)) return bought;
      throw new ProviderError('provider_unreachable', 'the answer was lost', {retryable: true, unknown: true});
    },
  };
}

/** Every so many signals the engine cannot be reached when one is to be sent. */
const UNREACHABLE_EVERY = 5;

/** The engine as the relay meets it: away for a moment, now and then. */
export function unsteady(client: Client): Client {
  let signals = 0;
  const handle = (...which: Parameters<Client['workflow']['getHandle']>) => {
    const real = client.workflow.getHandle(...which);
    const signal = async (...told: Parameters<typeof real.signal>) => {
      signals += 1;
      if (signals % UNREACHABLE_EVERY === 0) throw new Error('the engine cannot be reached');
      return real.signal(...told);
    };
    return new Proxy(real, {get: (target, name) => (name === 'signal' ? signal : Reflect.get(target, name))});
  };
  const workflow = new Proxy(client.workflow, {
    get: (target, name) => (name === 'getHandle' ? handle : Reflect.get(target, name)),
  });
  return new Proxy(client, {get: (target, name) => (name === 'workflow' ? workflow : Reflect.get(target, name))});
}
