import {CancelledFailure} from '@temporalio/common';
import type {Host, Waiter} from './host.ts';
import type {Timer} from './scheduler.ts';

export type Status = 'running' | 'completed' | 'failed' | 'continued' | 'terminated';
export type WorkflowFunction = (...args: never[]) => Promise<unknown>;
type Handler = (...args: unknown[]) => unknown;

interface Condition {
  holds: () => boolean;
  resolve: (value: boolean) => void;
  done: boolean;
}

/** Ends this run and starts the next one of the same workflow. */
export class ContinueAsNew extends Error {
  readonly args: unknown[];
  constructor(args: unknown[]) {
    super('continue as new');
    this.args = args;
  }
}

/** One run of one workflow: its handlers, what it waits for, and how it ended. */
export class Execution {
  status: Status = 'running';
  result: unknown;
  failure: unknown = null;
  /** handlers under way */
  handling = 0;
  /** commands and events, roughly as Temporal counts them */
  events = 0;
  readonly id: string;
  readonly runId: string;
  readonly type: string;
  readonly host: Host;
  /** somebody asked to cancel this run */
  readonly cancelRequested: Promise<never>;
  requestCancel: () => void = () => undefined;
  private readonly handlers = new Map<string, Handler>();
  private readonly buffered = new Map<string, unknown[][]>();
  private readonly inbox: (() => void)[] = [];
  private beginning: (() => void) | null = null;
  private readonly answers = new Set<Waiter>();
  private readonly timers = new Set<Timer>();
  private conditions: Condition[] = [];

  readonly firstRunId: string;

  constructor(host: Host, identity: {id: string; runId: string; firstRunId: string; type: string}) {
    this.host = host;
    this.id = identity.id;
    this.runId = identity.runId;
    this.firstRunId = identity.firstRunId;
    this.type = identity.type;
    this.cancelRequested = new Promise((_resolve, reject) => {
      this.requestCancel = () => this.activate('is cancelled', () => reject(new CancelledFailure('cancelled')));
    });
    this.cancelRequested.catch(() => undefined);
  }

  get open(): boolean {
    return this.status === 'running';
  }

  /**
   * Lets `work` happen inside this run, as one step. What was accepted before is heard first, as signals and updates are
   * in a workflow task: so none is left over when the run ends.
   */
  activate(name: string, work: () => void): void {
    this.host.scheduler.add({
      name: `${this.id} ${name}`,
      task: null,
      run: () => {
        if (!this.open) return;
        this.events += 2;
        enter(this);
        this.beginning?.();
        for (let heard = this.inbox.shift(); heard; heard = this.inbox.shift()) heard();
        work();
      },
      settle: () => this.open && this.unblock(),
    });
  }

  /** The run begins with its first step, whatever that is about. */
  begin(workflow: WorkflowFunction, args: unknown[]): void {
    this.beginning = () => {
      this.beginning = null;
      (workflow as (...a: unknown[]) => Promise<unknown>)(...args).then(
        (result) => this.close('completed', result, null),
        (error: unknown) =>
          error instanceof ContinueAsNew
            ? this.close('continued', error.args, null)
            : this.close('failed', undefined, error),
      );
    };
    this.activate('starts', () => undefined);
  }

  close(status: Status, result: unknown, failure: unknown): void {
    if (!this.open) return;
    this.status = status;
    this.result = result;
    this.failure = failure;
    for (const timer of this.timers) this.host.scheduler.stop(timer);
    for (const answer of this.answers) answer.reject(new Error('the run ended before it answered'));
    this.host.closed(this);
  }

  setHandler(name: string, handler: Handler | undefined): void {
    if (!handler) return;
    this.handlers.set(name, handler);
    for (const args of this.buffered.get(name) ?? []) this.callSignal(name, handler, args);
    this.buffered.delete(name);
  }

  takeSignal(name: string, args: unknown[]): void {
    this.inbox.push(() => {
      const handler = this.handlers.get(name);
      if (handler) this.callSignal(name, handler, args);
      else this.buffered.set(name, [...(this.buffered.get(name) ?? []), args]);
    });
    this.activate(`hears ${name}`, () => undefined);
  }

  private callSignal(name: string, handler: Handler, args: unknown[]): void {
    const made = handler(...args);
    if (!(made instanceof Promise)) return;
    this.handling += 1;
    made
      .catch((error: unknown) => this.close('failed', undefined, new Error(`signal ${name} failed: ${String(error)}`)))
      .finally(() => {
        this.handling -= 1;
      });
  }

  takeUpdate(name: string, args: unknown[], answer: Waiter): void {
    this.answers.add(answer);
    this.inbox.push(() => {
      const handler = this.handlers.get(name);
      if (!handler) {
        answer.reject(new Error(`no handler for ${name}`));
        return;
      }
      this.handling += 1;
      Promise.resolve(handler(...args))
        .then(answer.resolve, answer.reject)
        .finally(() => {
          this.answers.delete(answer);
          this.handling -= 1;
        });
    });
    this.activate(`is asked to ${name}`, () => undefined);
  }

  query(name: string): unknown {
    return this.handlers.get(name)?.();
  }

  /** Signals that no handler took yet: the next run of the chain gets them. */
  leftSignals(): [string, unknown[][]][] {
    return [...this.buffered];
  }

  condition(holds: () => boolean, timeout: number | undefined): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const waiting: Condition = {holds, resolve, done: false};
      this.conditions.push(waiting);
      if (timeout !== undefined) {
        this.timer(timeout, () => {
          if (waiting.done) return;
          waiting.done = true;
          resolve(false);
        });
      }
    });
  }

  /** A timer of this run; what it does is delivered like any other event. Returns what stops it. */
  timer(ms: number, fire: () => void): () => void {
    const {scheduler} = this.host;
    let stopped = false;
    const timer = scheduler.after(ms, () => {
      this.timers.delete(timer);
      this.activate('timer', () => {
        if (!stopped) fire();
      });
    });
    this.timers.add(timer);
    return () => {
      stopped = true;
      this.timers.delete(timer);
      scheduler.stop(timer);
    };
  }

  private unblock(): boolean {
    enter(this);
    const ready = this.conditions.filter((c) => !c.done && c.holds());
    this.conditions = this.conditions.filter((c) => !c.done && !ready.includes(c));
    for (const c of ready) {
      c.done = true;
      c.resolve(true);
    }
    return ready.length > 0;
  }
}

let inside: Execution | null = null;

function enter(run: Execution): void {
  inside = run;
}

/** The run whose code is being executed. */
export function here(): Execution {
  if (!inside) throw new Error('this is no workflow');
  return inside;
}
