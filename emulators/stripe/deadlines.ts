interface Deadline {
  at: number;
  id: string;
}

/** Ids ordered by time: a binary heap. An id may come due after it has lost its meaning; the taker checks. */
export class Deadlines {
  private readonly heap: Deadline[] = [];

  add(at: number, id: string): void {
    const heap = this.heap;
    let index = heap.push({at, id}) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.time(parent) <= this.time(index)) return;
      this.swap(parent, index);
      index = parent;
    }
  }

  /** The earliest time, or undefined when there is none. */
  next(): number | undefined {
    return this.heap[0]?.at;
  }

  /** Removes and returns the earliest id whose time is `now` or before. */
  takeDue(now: number): string | undefined {
    const first = this.heap[0];
    if (!first || first.at > now) return undefined;
    const last = this.heap.pop();
    if (last && this.heap.length > 0) {
      this.heap[0] = last;
      this.sink();
    }
    return first.id;
  }

  private sink(): void {
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const smaller = this.time(left + 1) < this.time(left) ? left + 1 : left;
      if (this.time(smaller) >= this.time(index)) return;
      this.swap(index, smaller);
      index = smaller;
    }
  }

  private time(index: number): number {
    return this.heap[index]?.at ?? Number.POSITIVE_INFINITY;
  }

  private swap(a: number, b: number): void {
    const [first, second] = [this.heap[a], this.heap[b]];
    if (!first || !second) return;
    this.heap[a] = second;
    this.heap[b] = first;
  }
}
