import type {Scheduler, Task} from './scheduler.ts';

/** What happens at one boundary between a process and the database or a provider. */
export type Fate = 'fine' | 'before' | 'after' | 'hang' | 'hang_after' | 'crash_after';

const FATES: readonly Fate[] = ['before', 'after', 'hang', 'hang_after', 'crash_after'];

export class LostConnection extends Error {
  readonly code = 'ECONNRESET';
  constructor(where: string) {
    super(`the connection was lost at ${where}`);
  }
}

/**
 * Decides at each boundary whether the call goes well: lost before its effect, after it, slow beyond its time limit (and
 * still taking effect later), or its process killed right after it.
 */
export class Faults {
  /** how likely any boundary goes wrong */
  rate = 0;
  /** the name of the one task that faults strike; null for all */
  target: string | null = null;
  /** so many more may happen */
  left = 0;
  readonly fired = new Map<string, number>();
  private readonly scheduler: Scheduler;

  constructor(scheduler: Scheduler) {
    this.scheduler = scheduler;
  }

  decide(task: Task | null): Fate {
    if (!task || this.left <= 0) return 'fine';
    if (this.target !== null && !task.name.startsWith(this.target)) return 'fine';
    if (!this.scheduler.random.chance(this.rate)) return 'fine';
    this.left -= 1;
    const fate = this.scheduler.random.pick(FATES) ?? 'fine';
    this.count(`${task.kind}: ${fate}`);
    return fate;
  }

  count(name: string): void {
    this.fired.set(name, (this.fired.get(name) ?? 0) + 1);
  }

  /**
   * Runs one effect in its turn, with the fate its boundary is dealt. `wire`: a request that no client waits for longer
   * than seconds, so that it is minutes late at the most; a process may be held up for a day.
   */
  async boundary<T>(where: string, effect: () => Promise<T> | T, wire = false): Promise<T> {
    const {scheduler} = this;
    const task = scheduler.current;
    await scheduler.turn(where);
    const fate = this.decide(task);
    if (fate === 'before') throw new LostConnection(where);
    if (fate === 'hang') await this.hang(task, where, wire);
    const result = await effect();
    if (fate === 'after') throw new LostConnection(where);
    if (fate === 'hang_after') await this.hang(task, where, wire);
    if (fate === 'crash_after' && task) await this.crash(task);
    return result;
  }

  /** Longer than any step may take: its attempt is given up and repeated while this one still lives. */
  private async hang(task: Task | null, where: string, wire: boolean): Promise<void> {
    const {scheduler} = this;
    const pause = scheduler.random.pick([70_000, 600_000, wire ? 70_000 : 90_000_000]) ?? 70_000;
    await new Promise<void>((resolve) => {
      scheduler.after(pause, () => scheduler.add({name: `${where}, late`, task, run: resolve}));
    });
  }

  /** The process is gone: nothing after this line happens. */
  private crash(task: Task): Promise<never> {
    this.scheduler.kill([task]);
    return new Promise(() => undefined);
  }
}
