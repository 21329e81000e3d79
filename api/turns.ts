import {Problem} from './errors.ts';

/** Ends a turn; once is enough, more often does no harm. */
export type Leave = () => void;

export interface TurnLimits {
  /** requests that are worked on at the same time in this process */
  atOnce: number;
  /** of these at most so many of the same line */
  ofOneLine: number;
  /** after so many milliseconds a request counts no longer: it waits for something else than this machine */
  slowMs: number;
}

interface Line {
  atWork: number;
  waiting: (() => void)[];
}

/**
 * The requests of one kind in this process, in turns. What is about the same thing stands in one line: a rush there
 * takes neither the database connections nor the engine from everybody else, who pass it.
 */
export class Turns {
  private readonly limits: TurnLimits;
  /** in the order in which their turns come */
  private readonly lines = new Map<string, Line>();
  private atWork = 0;

  constructor(limits: TurnLimits) {
    this.limits = limits;
  }

  /**
   * Does the work when its turn has come; what is about several things stands in the longest of their lines. Nothing is
   * done for a client that has gone meanwhile: it will come again, and stands in the line a second time.
   */
  async take<T>(names: readonly string[], work: () => Promise<T>, gone: () => boolean = () => false): Promise<T> {
    const leave = await this.enter(names);
    try {
      if (gone()) throw new Problem('unavailable', 'the client has gone', {headers: {'Retry-After': '1'}});
      return await work();
    } finally {
      leave();
    }
  }

  private async enter(names: readonly string[]): Promise<Leave> {
    const name = this.longest(names);
    const line = this.lines.get(name) ?? {atWork: 0, waiting: []};
    this.lines.set(name, line);
    if (this.mayGo(line)) this.count(line, 1);
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
    return this.leaving(name, line);
  }

  private longest(names: readonly string[]): string {
    const length = (name: string) => {
      const line = this.lines.get(name);
      return line ? line.atWork + line.waiting.length : 0;
    };
    return names.reduce((a, b) => (length(b) > length(a) ? b : a), names[0] ?? '');
  }

  private mayGo(line: Line): boolean {
    return this.atWork < this.limits.atOnce && line.atWork < this.limits.ofOneLine;
  }

  private count(line: Line, change: 1 | -1): void {
    line.atWork += change;
    this.atWork += change;
  }

  private leaving(name: string, line: Line): Leave {
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      clearTimeout(slow);
      this.count(line, -1);
      if (line.atWork === 0 && line.waiting.length === 0) this.lines.delete(name);
      this.callNext();
    };
    const slow = setTimeout(leave, this.limits.slowMs);
    slow.unref();
    return leave;
  }

  /** One of each line in turn, as long as there is room. */
  private callNext(): void {
    for (const [name, line] of [...this.lines]) {
      const next = this.mayGo(line) ? line.waiting.shift() : undefined;
      if (!next) continue;
      this.lines.delete(name);
      this.lines.set(name, line);
      this.count(line, 1);
      next();
    }
  }
}

/** Whose turn it is, by kind of request. */
export interface TurnsByKind {
  /** in lines by product: the last of a rush are told that nothing is left before they have cost a hold or a run */
  checkouts: Turns;
  /** in lines by order: the engine takes ten updates of one run at a time */
  cancels: Turns;
  /** in lines by task: its scans wait for the same rows anyway */
  scans: Turns;
}

export const createTurns = (): TurnsByKind => ({
  checkouts: new Turns({atOnce: 16, ofOneLine: 2, slowMs: 2_000}),
  cancels: new Turns({atOnce: 16, ofOneLine: 4, slowMs: 2_000}),
  scans: new Turns({atOnce: 6, ofOneLine: 2, slowMs: 2_000}),
});
