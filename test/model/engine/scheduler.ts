import {Random} from './random.ts';

/** Something that runs in pieces: an attempt of an activity, a request, a round of the relay. */
export interface Task {
  name: string;
  kind: 'attempt' | 'request' | 'relay';
  begun: boolean;
  /** its process is gone: none of its steps happens any more */
  dead: boolean;
}

export interface Step {
  name: string;
  /** whose step it is; null for the engine's own and the workflows' */
  task: Task | null;
  run: () => void;
  /** called after the step has come to rest; true when it set something going again */
  settle?: () => boolean;
}

export interface Timer {
  at: number;
  seq: number;
  fire: () => void;
  stopped: boolean;
}

const rest = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Virtual time and everything that is ready to happen. One step runs at a time, until nothing of it moves any more; which
 * ready step is next follows from the seed.
 */
export class Scheduler {
  now = 0;
  steps = 0;
  current: Task | null = null;
  readonly random = new Random(0);
  readonly trace: string[] = [];
  tracing = false;
  private ready: Step[] = [];
  private timers: Timer[] = [];
  private seq = 0;

  get idle(): boolean {
    return this.ready.length === 0;
  }

  add(step: Step): void {
    if (step.task?.dead) return;
    this.ready.push(step);
  }

  /** Calls `fire` after so many virtual milliseconds, when the clock gets there. */
  after(ms: number, fire: () => void): Timer {
    this.seq += 1;
    const timer = {at: this.now + Math.max(0, ms), seq: this.seq, fire, stopped: false};
    this.timers.push(timer);
    return timer;
  }

  stop(timer: Timer): void {
    timer.stopped = true;
    this.timers = this.timers.filter((t) => t !== timer);
  }

  /** Waits for this task's turn; everything the caller does up to its next wait is one step. */
  turn(name: string): Promise<void> {
    const task = this.current;
    return new Promise((resolve) => this.add({name, task, run: resolve}));
  }

  /** Hands a result to a task as a step of its own, whoever produced it. */
  handTo<T>(task: Task | null, name: string, resolve: (value: T) => void, value: T): void {
    this.add({name, task, run: () => resolve(value)});
  }

  /** The process of these tasks dies: none of their steps happens any more. */
  kill(tasks: Iterable<Task>): void {
    for (const task of tasks) task.dead = true;
    this.ready = this.ready.filter((step) => !step.task?.dead);
  }

  /** Begins a task; its first step is ready at once. */
  begin(kind: Task['kind'], name: string, work: () => Promise<unknown>): Task {
    const task: Task = {name, kind, begun: false, dead: false};
    this.add({
      name: 'begins',
      task,
      run: () => {
        task.begun = true;
        void work();
      },
    });
    return task;
  }

  /** Runs one of the ready steps; false when there is none. */
  async once(): Promise<boolean> {
    const step = this.take();
    if (!step) return false;
    this.steps += 1;
    this.current = step.task;
    if (this.tracing) this.trace.push(`${this.now} ${step.task ? `${step.task.name}: ` : ''}${step.name}`);
    step.run();
    do await rest();
    while (step.settle?.());
    this.current = null;
    return true;
  }

  private take(): Step | undefined {
    const at = this.random.below(this.ready.length);
    const step = this.ready[at];
    const last = this.ready.pop();
    if (last && step && last !== step) this.ready[at] = last;
    return step;
  }

  /** When the next timer fires; undefined when none is set. */
  nextTimer(): number | undefined {
    let first: Timer | undefined;
    for (const t of this.timers) if (!first || t.at < first.at || (t.at === first.at && t.seq < first.seq)) first = t;
    return first?.at;
  }

  /** Moves the clock to `at` and fires what is due by then, earliest first. */
  moveTo(at: number): void {
    if (at > this.now) this.now = at;
    for (;;) {
      const due = this.timers.filter((t) => t.at <= this.now).sort((a, b) => a.at - b.at || a.seq - b.seq);
      if (due.length === 0) return;
      for (const timer of due) {
        if (timer.stopped) continue;
        this.stop(timer);
        timer.fire();
      }
    }
  }
}
