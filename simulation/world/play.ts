import {DEFAULT_POLICY} from '../../domain/policy/policy.ts';
import {Stopped} from '../clock.ts';
import type {Progress} from '../progress.ts';
import type {Crew} from './crew.ts';
import {type Outcome, playOrder} from './order-story.ts';
import type {OrderPlan, World} from './plan.ts';

export interface Played {
  outcomes: Outcome[];
  /** stories that broke off: something was refused or answered that never should be */
  broken: {name: string; sentence: string}[];
  seconds: number;
}

/**
 * Plays all orders of the world: each is sent when it is due, with at most `concurrency` unanswered at a time. Stories
 * that still run when it is `tooLate` count as broken off.
 */
export async function playWorld(
  crew: Crew,
  world: World,
  concurrency: number,
  progress: Progress,
  {tooLate, allSent}: {tooLate?: AbortSignal; allSent?: () => void} = {},
): Promise<Played> {
  const began = Date.now();
  const played: Played = {outcomes: [], broken: [], seconds: 0};
  const gate = createGate(concurrency);
  const over = new Promise<void>((resolve) => tooLate?.addEventListener('abort', () => resolve()));
  const lastEvent = crew.began + lastEnd(world, crew.lostAfter);
  const stories = new Set<Promise<void>>();
  let sent = 0;
  let stopped = false;
  const isTurn = async (plan: OrderPlan) => {
    await crew.clock.until(crew.began + plan.at).catch((error: unknown) => {
      if (!tooLate?.aborted) throw error;
    });
    await Promise.race([gate.enter(), over]);
    return !tooLate?.aborted;
  };
  progress.watch(() => ({
    sent,
    orders: world.plans.length,
    open: stories.size,
    ended: played.outcomes.length,
    seconds: (Date.now() - began) / 1_000,
    secondsLeft: (lastEvent - crew.clock.now()) / crew.clock.speed / 1_000,
    tally: crew.tally,
  }));
  try {
    for (const plan of world.plans) {
      if (!(await isTurn(plan))) {
        played.broken.push({name: plan.name, sentence: 'was never sent'});
        continue;
      }
      sent += 1;
      const story = playOrder(crew, plan, gate.leave)
        .then((outcome) => void played.outcomes.push(outcome))
        .catch((error: unknown) => {
          if (error instanceof Stopped && !tooLate?.aborted) stopped = true;
          else played.broken.push({name: plan.name, sentence: whyBroken(error)});
        })
        .finally(() => stories.delete(story));
      stories.add(story);
    }
    allSent?.();
    await Promise.all(stories);
    if (stopped) throw new Stopped();
  } finally {
    progress.stop();
  }
  played.seconds = (Date.now() - began) / 1_000;
  return played;
}

function whyBroken(error: unknown): string {
  if (error instanceof Stopped) return 'had not come to its end when the time was up';
  return error instanceof Error ? error.message : String(error);
}

/** The last planned moment of any order that is meant to be taken, virtual milliseconds after the start. */
export function lastEnd(world: World, lostAfter = DEFAULT_POLICY.shipping.lost_after): number {
  return world.plans.reduce((last, {at, ending, journey, cancel}) => {
    if (ending === 'invalid' || ending === 'declined' || ending === 'out_of_stock') return Math.max(last, at);
    const end = journey.lost === 'none' ? journey.arrive : journey.hand_over + lostAfter;
    return Math.max(last, at + (ending === 'cancelled' && cancel ? cancel.after : end));
  }, 0);
}

function createGate(places: number): {enter(): Promise<void>; leave(): void} {
  const queue: (() => void)[] = [];
  let free = places;
  return {
    enter: async () => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => queue.push(resolve));
    },
    leave: () => {
      const next = queue.shift();
      if (next) next();
      else free += 1;
    },
  };
}
