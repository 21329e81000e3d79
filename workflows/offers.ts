import {condition} from '@temporalio/workflow';
import type {PayVerdict} from './messages.ts';

/** Other methods given for the order, in turn; whoever gave one hears what came of it, however often they ask. */
export class Offers {
  private readonly known = new Set<string>();
  private readonly waiting: string[] = [];
  private readonly answers = new Map<string, PayVerdict>();
  private current: string | null = null;
  private closed = false;
  private readonly onNews: () => void;

  constructor(onNews: () => void) {
    this.onNews = onNews;
  }

  /** A repeat changes nothing. */
  hear(id: string): void {
    if (this.known.has(id)) return;
    this.known.add(id);
    if (this.closed) {
      this.answers.set(id, {kind: 'late'});
      return;
    }
    this.waiting.push(id);
    this.onNews();
  }

  any(): boolean {
    return this.waiting.length > 0;
  }

  /** The next one, which is answered by what comes of it. */
  take(): string | null {
    this.answer({kind: 'late'});
    this.current = this.waiting.shift() ?? null;
    return this.current;
  }

  answer(verdict: PayVerdict): void {
    if (this.current !== null) this.answers.set(this.current, verdict);
    this.current = null;
  }

  async verdictOn(id: string): Promise<PayVerdict> {
    this.hear(id);
    await condition(() => this.answers.has(id));
    return this.answers.get(id) as PayVerdict;
  }

  /** The order is paid: what is still in the queue came too late. */
  drain(): void {
    while (this.take() !== null) this.answer({kind: 'late'});
  }

  /** Nothing is paid any more; nobody is kept waiting. */
  close(): void {
    this.closed = true;
    this.drain();
  }
}
