export interface Loop {
  stop(): Promise<void>;
  /** there may be something to do now */
  wake(): void;
}

/**
 * Runs `work` again and again: at once while there was something to do, after `idle` milliseconds otherwise. An error
 * is reported and the work tried again later, more slowly each time.
 */
export function startLoop(idle: number, work: () => Promise<number>, onError: (error: unknown) => void): Loop {
  let stopped = false;
  let wakeUp: (() => void) | null = null;
  let failures = 0;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const running = (async () => {
    while (!stopped) {
      try {
        const done = await work();
        failures = 0;
        if (done === 0 && !stopped) await pause(idle);
      } catch (error) {
        failures += 1;
        onError(error);
        if (!stopped) await pause(Math.min(5_000, idle * 2 ** failures));
      }
    }
  })();
  return {
    wake: () => wakeUp?.(),
    stop: async () => {
      stopped = true;
      wakeUp?.();
      await running;
    },
  };
}
