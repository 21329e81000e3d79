import {ActivityFailure, ApplicationFailure, condition} from '@temporalio/workflow';
import {RECOVERY, type Recovery} from '../domain/policy/policy.ts';
import type {ClockSettings} from './messages.ts';
import type {Steps} from './options.ts';
import {engineWait} from './time.ts';

/** Whose steps they are: an order's, one of its sub-orders', or those of a run beside it. */
export interface Whose {
  order_id: string;
  sub_order_id: string | null;
  workflow_id?: string;
}

/**
 * A step that fails for good does not end the run, which would leave money, stock or labels behind: the order waits for
 * ops under its step's name, and the step is tried again when they say so, or after a while by itself.
 */
export class Insistence {
  private readonly whose: Whose;
  private readonly steps: Steps;
  private readonly clock: ClockSettings;
  private readonly recovery: Recovery;
  private bells = 0;

  constructor(whose: Whose, steps: Steps, clock: ClockSettings, recovery: Recovery | undefined) {
    this.whose = whose;
    this.steps = steps;
    this.clock = clock;
    this.recovery = recovery ?? RECOVERY;
  }

  /** Ops say that what was in the way is gone. */
  ring(): void {
    this.bells += 1;
  }

  /** Every step insisted on. */
  all(): Steps {
    const insisted = Object.entries(this.steps).map(([name, step]) => [
      name,
      (input: never) => this.on(name, () => (step as (i: never) => Promise<unknown>)(input)),
    ]);
    return Object.fromEntries(insisted) as Steps;
  }

  /** Tries until it goes through, with a person's help where needed. `giveUp`: codes that are an answer, not a failure. */
  async on<T>(step: string, attempt: () => Promise<T>, giveUp: (code: string) => boolean = () => false): Promise<T> {
    let stuck = false;
    for (;;) {
      try {
        const result = await attempt();
        if (stuck) await this.steps.clearStuck({...this.whose, step});
        return result;
      } catch (error) {
        const code = codeOf(error);
        if (code === null || giveUp(code)) throw error;
        stuck = true;
        await this.wait(step, code);
      }
    }
  }

  /** What was stuck goes on. */
  async clear(step: string): Promise<void> {
    await this.steps.clearStuck({...this.whose, step});
  }

  /** Says that the step is stuck, until the bell rings or the time for another try has come. */
  async wait(step: string, code: string): Promise<void> {
    const before = this.bells;
    await this.steps.reportStuck({...this.whose, step, code});
    await condition(() => this.bells > before, engineWait(this.clock, this.recovery.stuck_retry));
  }
}

/** The code of a failure that no repeat mends; null for anything else. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof ActivityFailure)) return null;
  const {cause} = error;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'failed') : 'failed';
}
