import type {RunningSystem} from '../../scripts/lib/up.d.mts';
import type {System} from '../system.ts';
import {createForger, type Forged} from './forge.ts';
import type {Network} from './network.ts';
import {stirProviders} from './provider-faults.ts';
import type {Step, Victim} from './schedule.ts';

/** A kill that was carried out: the process was there, and another one took its place. */
export interface Kill {
  victim: Victim;
  /** epoch milliseconds, real */
  at: number;
}

export interface Done {
  kills: Kill[];
  /** by place and kind: how much the bad network struck */
  network: Record<string, number>;
  faults: Record<string, number>;
  forged: Forged;
  /** what could not be carried out, such as the kill of a process that was down already */
  missed: number;
}

export interface Director {
  /** Carries out the schedule; resolves when it is over and everything is well again. */
  run(): Promise<void>;
  /** all orders are sent: nothing keeps the disturbance going beyond its time */
  allSent(): void;
  done(): Done;
}

interface Stage {
  system: System & {own: RunningSystem};
  network: Network;
  steps: readonly Step[];
  seed: number;
  /** real milliseconds after which it may end, if all orders are sent */
  leastMs: number;
  stop: AbortSignal;
  say(line: string): void;
}

/** Does what the schedule says, when it says so. */
export function createDirector({system, network, steps, seed, leastMs, stop, say}: Stage): Director {
  const {own, urls} = system;
  const kills: Kill[] = [];
  let missed = 0;
  let sent = false;
  let faults: Record<string, number> = {};
  const forger = createForger(system);
  const underWay = new Set<Promise<void>>();

  const kill = (victim: Victim) => {
    if (own.pid(victim) === undefined) missed += 1;
    else {
      own.kill(victim);
      kills.push({victim, at: Date.now()});
    }
  };
  const carryOut = async (step: Step) => {
    if (step.do === 'kill') kill(step.victim);
    else if (step.do === 'network') network.spell(step.place, step.weather, step.ms);
    else await forger.send(step.forgery);
  };
  return {
    run: async () => {
      const began = Date.now();
      const calm = await stirProviders([urls.stripe ?? '', urls.carrier ?? ''], seed);
      for (const step of steps) {
        await pause(began + step.at - Date.now(), stop);
        if (stop.aborted) return;
        if (sent && step.at > leastMs) break;
        const work = carryOut(step).catch(() => void (missed += 1));
        underWay.add(work);
        void work.finally(() => underWay.delete(work));
      }
      await Promise.all(underWay);
      faults = await calm();
      say(`  ${kills.length} kills, the last after ${Math.round((Date.now() - began) / 1_000)} s; now all may heal`);
    },
    allSent: () => {
      sent = true;
    },
    done: () => ({
      kills: [...kills],
      network: network.struck(),
      faults,
      forged: forger.result(),
      missed,
    }),
  };
}

export function pause(ms: number, stop?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop?.aborted || ms <= 0) return resolve();
    const end = () => {
      clearTimeout(timer);
      stop?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stop?.addEventListener('abort', end);
  });
}
