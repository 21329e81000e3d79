import {send} from '../http.ts';
import type {System} from '../system.ts';

export interface Killing {
  readonly kills: number;
  /** real seconds since the first moment */
  seconds(): number;
  /** No more kills; resolves when the API serves again. */
  stop(): Promise<void>;
}

/**
 * Kills the processes in turn with -9, each time after so many seconds in which the API served: a machine that is slow
 * to start things gets them started all the same.
 */
export function killInTurns(system: System, names: readonly string[], everySeconds: number): Killing {
  const {own} = system;
  if (!own) throw new Error('only a system of our own is killed');
  const began = Date.now();
  let stopped = false;
  let kills = 0;
  const run = async () => {
    for (let turn = 0; !stopped; turn += 1) {
      await untilServing(system, () => stopped);
      await pause(everySeconds * 1_000);
      if (stopped) return;
      own.kill(names[turn % names.length] ?? '');
      kills += 1;
    }
  };
  const running = run();
  return {
    get kills() {
      return kills;
    },
    seconds: () => (Date.now() - began) / 1_000,
    stop: async () => {
      stopped = true;
      await running;
      await untilServing(system, () => false);
    },
  };
}

async function untilServing(system: System, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    const answer = await send({method: 'GET', url: `${system.urls.api}/readyz`}).catch(() => null);
    if (answer?.status === 200) return;
    await pause(50);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
