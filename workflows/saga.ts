import {CancellationScope} from '@temporalio/workflow';

interface Undo {
  name: string;
  run: () => Promise<unknown>;
}

/**
 * What must be undone when an order ends early. Each undo is registered before its step, addressed by business key and
 * fine with "nothing to undo"; they run last in, first out, shielded from cancellation. The activities behind them are
 * retried until they succeed, so a failed undo stays visible in the run instead of being swallowed.
 */
export class Saga {
  private readonly undos: Undo[] = [];

  register(name: string, run: () => Promise<unknown>): void {
    this.undos.push({name, run});
  }

  async undoAll(): Promise<void> {
    await CancellationScope.nonCancellable(async () => {
      for (let undo = this.undos.pop(); undo; undo = this.undos.pop()) await undo.run();
    });
  }
}
