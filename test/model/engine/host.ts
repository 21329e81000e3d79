import type {Execution} from './execution.ts';
import type {Scheduler} from './scheduler.ts';

/** What a run of a workflow asks of its server. */
export interface Host {
  scheduler: Scheduler;
  scheduleActivity(run: Execution, call: ActivityCall): void;
  startChild(run: Execution, start: ChildStart): void;
  signal(workflowId: string, name: string, args: unknown[]): boolean;
  closed(run: Execution): void;
}

export interface ActivityOptions {
  startToCloseTimeout?: number | string;
  scheduleToCloseTimeout?: number | string;
  retry?: {
    initialInterval?: number | string;
    maximumInterval?: number | string;
    backoffCoefficient?: number;
    maximumAttempts?: number;
  };
}

export interface Waiter<T = unknown> {
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
}

export interface ActivityCall extends Waiter {
  name: string;
  args: unknown[];
  options: ActivityOptions;
  local: boolean;
}

export interface ChildStart {
  id: string;
  type: string;
  args: unknown[];
  /** a closed run of that id may be followed by another */
  again: boolean;
  started: Waiter<string>;
  ended: Waiter;
}
