import {ApplicationFailure, WorkflowExecutionAlreadyStartedError} from '@temporalio/common';
import {Execution, type WorkflowFunction} from './execution.ts';
import {activityFailure, childFailure} from './failures.ts';
import type {ActivityCall, ChildStart, Host} from './host.ts';
import type {Faults} from './faults.ts';
import {milliseconds} from './milliseconds.ts';
import type {Scheduler, Task, Timer} from './scheduler.ts';

type Activity = (...args: unknown[]) => Promise<unknown>;

interface Scheduled {
  run: Execution;
  call: ActivityCall;
  attempt: number;
  /** the attempt whose outcome counts; null between attempts */
  task: Task | null;
  limit: Timer | null;
  done: boolean;
}

interface ParentLink {
  run: Execution;
  start: ChildStart;
}

/** What crosses to a workflow or an activity goes through JSON, as in Temporal. */
const copy = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** How much longer than asked for an attempt may wait when nobody works: beyond the life of an idempotency key. */
const OUTAGE = 25 * 3_600_000;

/** A miniature of the Temporal server with one task queue: runs, signals, updates, activities at least once. */
export class Server implements Host {
  readonly executions: Execution[] = [];
  readonly scheduler: Scheduler;
  readonly running = new Set<Scheduled>();
  /** attempts under way, also those nobody waits for any more */
  private readonly attempts = new Set<Task>();
  private readonly faults: Faults;
  private readonly workflows: Readonly<Record<string, WorkflowFunction>>;
  private readonly byId = new Map<string, Execution>();
  private readonly updates = new Map<string, Promise<unknown>>();
  /** hears of every attempt that failed */
  onError: (activity: string, error: unknown) => void = () => undefined;
  private readonly parents = new Map<Execution, ParentLink>();
  private activities: Readonly<Record<string, Activity>> = {};

  constructor(scheduler: Scheduler, faults: Faults, workflows: Readonly<Record<string, WorkflowFunction>>) {
    this.scheduler = scheduler;
    this.faults = faults;
    this.workflows = workflows;
  }

  register(activities: Readonly<Record<string, Activity>>): void {
    this.activities = activities;
  }

  find(id: string): Execution | undefined {
    return this.byId.get(id);
  }

  /** Throws WorkflowExecutionAlreadyStartedError for an id that ran or runs. */
  start(type: string, id: string, args: unknown[]): Execution {
    if (this.byId.has(id)) throw new WorkflowExecutionAlreadyStartedError('already started', id, type);
    return this.begin(type, id, copy(args) as unknown[]);
  }

  private begin(type: string, id: string, args: unknown[], before?: Execution): Execution {
    const workflow = this.workflows[type];
    if (!workflow) throw new Error(`there is no workflow ${type}`);
    const runId = `run-${this.executions.length + 1}`;
    const run = new Execution(this, {id, runId, firstRunId: before?.firstRunId ?? runId, type});
    this.executions.push(run);
    this.byId.set(id, run);
    run.begin(workflow, args);
    return run;
  }

  /** False when there is no open run to hear it. */
  signal(id: string, name: string, args: unknown[]): boolean {
    const run = this.byId.get(id);
    if (!run?.open) return false;
    run.takeSignal(name, copy(args) as unknown[]);
    return true;
  }

  /** The answer of an update; asked again under the same id it is the same one. Undefined without an open run. */
  update(id: string, name: string, args: unknown[], updateId: string): Promise<unknown> | undefined {
    const asked = this.updates.get(`${id} ${updateId}`);
    const answer = asked ?? this.ask(id, name, args, updateId);
    if (!answer) return undefined;
    const task = this.scheduler.current;
    return new Promise((resolve, reject) => {
      answer.then(
        (value) => this.scheduler.handTo(task, `${name} is answered`, resolve, copy(value)),
        (error) => this.scheduler.handTo(task, `${name} is refused`, reject, error),
      );
    });
  }

  private ask(id: string, name: string, args: unknown[], updateId: string): Promise<unknown> | undefined {
    const run = this.byId.get(id);
    if (!run?.open) return undefined;
    const answer = new Promise((resolve, reject) => {
      run.takeUpdate(name, copy(args) as unknown[], {resolve, reject});
    });
    answer.catch(() => undefined);
    this.updates.set(`${id} ${updateId}`, answer);
    return answer;
  }

  startChild(parent: Execution, start: ChildStart): void {
    this.scheduler.add({
      name: `${start.id} is started`,
      task: null,
      run: () => {
        const before = this.byId.get(start.id);
        if (before && (before.open || !start.again)) {
          const error = new WorkflowExecutionAlreadyStartedError('already started', start.id, start.type);
          parent.activate('child refused', () => start.started.reject(error));
          return;
        }
        const run = this.begin(start.type, start.id, copy(start.args) as unknown[]);
        this.parents.set(run, {run: parent, start});
        parent.activate('child started', () => start.started.resolve(run.runId));
      },
    });
  }

  /** Ends a run from outside, as a person would. */
  terminate(run: Execution): void {
    run.close('terminated', undefined, null);
  }

  /** True while the very run that started this one would hear of its end. */
  isHeard(run: Execution): boolean {
    return this.parents.get(run)?.run.open === true;
  }

  closed(run: Execution): void {
    for (const scheduled of this.running) if (scheduled.run === run) this.abandon(scheduled);
    const parent = this.parents.get(run);
    if (run.status === 'continued') {
      const next = this.begin(run.type, run.id, copy(run.result) as unknown[], run);
      for (const [name, all] of run.leftSignals()) for (const args of all) next.takeSignal(name, args);
      if (parent) this.parents.set(next, parent);
      return;
    }
    if (!parent?.run.open) return;
    const {ended} = parent.start;
    parent.run.activate(`hears that ${run.id} ended`, () =>
      run.status === 'completed' ? ended.resolve(copy(run.result)) : ended.reject(childFailure(run)),
    );
  }

  scheduleActivity(run: Execution, call: ActivityCall): void {
    const args = copy(call.args) as unknown[];
    const scheduled: Scheduled = {run, call: {...call, args}, attempt: 0, task: null, limit: null, done: false};
    this.running.add(scheduled);
    this.offer(scheduled);
  }

  private offer(scheduled: Scheduled): void {
    if (scheduled.done) return;
    scheduled.attempt += 1;
    const {call, attempt} = scheduled;
    const task: Task = {name: `${call.name}#${attempt}`, kind: 'attempt', begun: false, dead: false};
    scheduled.task = task;
    const limit = milliseconds(call.options.startToCloseTimeout ?? call.options.scheduleToCloseTimeout ?? '60s');
    this.scheduler.add({
      name: `begins for ${scheduled.run.id}`,
      task,
      run: () => {
        task.begun = true;
        this.attempts.add(task);
        scheduled.limit = this.scheduler.after(limit, () => this.failed(scheduled, task, new Error('timed out')));
        this.perform(scheduled, task);
      },
    });
  }

  private perform(scheduled: Scheduled, task: Task): void {
    const {name, args} = scheduled.call;
    const activity = this.activities[name];
    if (!activity) throw new Error(`there is no activity ${name}`);
    activity(...args)
      .finally(() => this.attempts.delete(task))
      .then(
        (result) => this.succeeded(scheduled, task, result),
        (error: unknown) => this.failed(scheduled, task, error),
      );
  }

  private succeeded(scheduled: Scheduled, task: Task, result: unknown): void {
    // the report of an attempt that was given up, or whose worker is gone, is heard by nobody
    if (scheduled.task !== task || scheduled.done) return;
    if (this.faults.decide(task) !== 'fine') return;
    this.abandon(scheduled);
    const {run, call} = scheduled;
    run.activate(`hears of ${call.name}`, () => call.resolve(copy(result)));
  }

  private failed(scheduled: Scheduled, task: Task, error: unknown): void {
    this.onError(scheduled.call.name, error);
    if (scheduled.task !== task || scheduled.done) return;
    scheduled.task = null;
    if (scheduled.limit) this.scheduler.stop(scheduled.limit);
    const {run, call, attempt} = scheduled;
    const {retry = {}} = call.options;
    const final = error instanceof ApplicationFailure && error.nonRetryable === true;
    if (final || (retry.maximumAttempts && attempt >= retry.maximumAttempts)) {
      this.abandon(scheduled);
      run.activate(`hears that ${call.name} failed`, () => call.reject(activityFailure(call.name, error)));
      return;
    }
    const first = milliseconds(retry.initialInterval ?? '1s');
    const most = milliseconds(retry.maximumInterval ?? first * 100);
    const pause = Math.min(most, first * (retry.backoffCoefficient ?? 2) ** Math.min(attempt - 1, 30));
    const outage = this.faults.decide(task) === 'fine' ? 0 : OUTAGE;
    if (outage > 0) this.faults.count('attempt: repeated a day later');
    this.scheduler.after(pause + outage, () => this.offer(scheduled));
  }

  private abandon(scheduled: Scheduled): void {
    scheduled.done = true;
    if (scheduled.limit) this.scheduler.stop(scheduled.limit);
    this.running.delete(scheduled);
  }

  /** Every worker dies: what it was doing is noticed only by its time limits. Returns how many attempts were lost. */
  killWorkers(): number {
    const lost = [...this.attempts];
    this.attempts.clear();
    this.scheduler.kill(lost);
    return lost.length;
  }
}
