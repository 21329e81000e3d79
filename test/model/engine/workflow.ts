/** Stands in for @temporalio/workflow: what workflows/ import, on the model's scheduler. */
import {
  ActivityFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/common';
import {ContinueAsNew, here, type WorkflowFunction} from './execution.ts';
import type {ActivityOptions} from './host.ts';
import {milliseconds} from './milliseconds.ts';

export {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/common';
export {ContinueAsNew, WorkflowExecutionAlreadyStartedError};

export const ParentClosePolicy = {
  TERMINATE: 'TERMINATE',
  ABANDON: 'ABANDON',
  REQUEST_CANCEL: 'REQUEST_CANCEL',
} as const;
export const WorkflowIdReusePolicy = {
  ALLOW_DUPLICATE: 'ALLOW_DUPLICATE',
  ALLOW_DUPLICATE_FAILED_ONLY: 'ALLOW_DUPLICATE_FAILED_ONLY',
  REJECT_DUPLICATE: 'REJECT_DUPLICATE',
} as const;

interface Definition {
  type: string;
  name: string;
}
const definition = (type: string) => (name: string) => ({type, name});
export const defineSignal = definition('signal');
export const defineUpdate = definition('update');
export const defineQuery = definition('query');

export function setHandler({name}: Definition, handler: ((...args: unknown[]) => unknown) | undefined): void {
  here().setHandler(name, handler);
}

export function condition(holds: () => boolean, timeout?: number | string): Promise<unknown> {
  const ms = timeout === undefined ? undefined : milliseconds(timeout);
  return here().condition(holds, ms);
}

export const allHandlersFinished = () => here().handling === 0;

function proxy(options: ActivityOptions, local: boolean) {
  return new Proxy(
    {},
    {
      get: (_target, name: string) => {
        const start = (...args: unknown[]) => {
          const run = here();
          return new Promise((resolve, reject) => {
            run.host.scheduleActivity(run, {name, args, options, local, resolve, reject});
          });
        };
        return Object.assign(start, {executeWithOptions: (_o: unknown, args: unknown[]) => start(...args)});
      },
    },
  );
}
export const proxyActivities = (options: ActivityOptions) => proxy(options, false);
export const proxyLocalActivities = (options: ActivityOptions) => proxy(options, true);

interface ChildOptions {
  workflowId: string;
  args?: unknown[];
  workflowIdReusePolicy?: string;
}

export async function startChild(workflow: WorkflowFunction | string, options: ChildOptions) {
  const run = here();
  const {workflowId: id, args = []} = options;
  const type = typeof workflow === 'string' ? workflow : workflow.name;
  const again = options.workflowIdReusePolicy === WorkflowIdReusePolicy.ALLOW_DUPLICATE;
  let ended: Promise<unknown> = Promise.resolve();
  const runId = await new Promise<string>((resolve, reject) => {
    ended = new Promise((done, failed) => {
      const child = {id, type, args, again, started: {resolve, reject}, ended: {resolve: done, reject: failed}};
      run.host.startChild(run, child);
    });
    // a child may end before anybody asked for its result
    ended.catch(() => undefined);
  });
  return {
    workflowId: id,
    firstExecutionRunId: runId,
    result: () => ended,
    signal: (signal: Definition, ...rest: unknown[]) => signalOther(id, signal, rest),
  };
}

export async function executeChild(workflow: WorkflowFunction | string, options: ChildOptions): Promise<unknown> {
  return (await startChild(workflow, options)).result();
}

export const getExternalWorkflowHandle = (workflowId: string) => ({
  workflowId,
  signal: (signal: Definition | string, ...args: unknown[]) => signalOther(workflowId, signal, args),
});

async function signalOther(id: string, signal: Definition | string, args: unknown[]): Promise<void> {
  here().host.signal(id, typeof signal === 'string' ? signal : signal.name, args);
}

interface Cancellable {
  stop: (error: unknown) => void;
}

/** Cancels the timers that were started while its function ran, up to that function's first wait. */
export class CancellationScope {
  private static now: CancellationScope | null = null;
  private readonly inside = new Set<Cancellable>();
  consideredCancelled = false;

  run<T>(fn: () => Promise<T>): Promise<T> {
    const outer = CancellationScope.now;
    CancellationScope.now = this;
    try {
      return fn();
    } finally {
      CancellationScope.now = outer;
    }
  }

  cancel(): void {
    this.consideredCancelled = true;
    for (const one of this.inside) one.stop(new CancelledFailure('the scope was cancelled'));
    this.inside.clear();
  }

  /** Null beyond the first wait of a scope's function: nothing here is cancelled then. */
  static innermost(): CancellationScope | null {
    return CancellationScope.now;
  }

  /** The scope of the run as a whole: all that is asked of it is when somebody cancels the run. */
  static current(): {cancelRequested: Promise<never>} {
    return here();
  }

  static nonCancellable<T>(fn: () => Promise<T>): Promise<T> {
    return new CancellationScope().run(fn);
  }

  static cancellable<T>(fn: () => Promise<T>): Promise<T> {
    return new CancellationScope().run(fn);
  }

  hold(one: Cancellable): () => void {
    this.inside.add(one);
    return () => this.inside.delete(one);
  }
}

export function sleep(duration: number | string): Promise<void> {
  const run = here();
  const scope = CancellationScope.innermost();
  return new Promise((resolve, reject) => {
    const stop = run.timer(milliseconds(duration), () => {
      letGo?.();
      resolve();
    });
    const letGo = scope?.hold({
      stop: (error) => {
        stop();
        reject(error);
      },
    });
  });
}

export function isCancellation(error: unknown): boolean {
  if (error instanceof CancelledFailure) return true;
  return (
    (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) &&
    error.cause instanceof CancelledFailure
  );
}

export function workflowInfo() {
  const {id, runId, firstRunId, type, events} = here();
  return {
    workflowId: id,
    runId,
    firstExecutionRunId: firstRunId,
    workflowType: type,
    taskQueue: 'orders',
    historyLength: events,
    historySize: events * 100,
    continueAsNewSuggested: false,
    unsafe: {isReplaying: false, now: Date.now},
  };
}

export function continueAsNew(...args: unknown[]): Promise<never> {
  return Promise.reject(new ContinueAsNew(args));
}
export const makeContinueAsNewFunc = () => continueAsNew;

export const upsertSearchAttributes = () => undefined;
export const setCurrentDetails = () => undefined;
export const patched = () => true;
export const deprecatePatch = () => undefined;
const silent = () => undefined;
export const log = {trace: silent, debug: silent, info: silent, warn: silent, error: silent};
