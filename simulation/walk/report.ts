/** A walk ends here: a step could not be gone, and the next ones begin where it would have ended. */
export class Astray extends Error {}

export interface Report {
  /** One step, told with how long it took. `faults` says what else was wrong meanwhile: then it failed as well. */
  step(name: string, work: () => Promise<void>, faults: () => readonly string[]): Promise<void>;
  /** `12 steps, 0 failed` */
  sum(): string;
  failed(): number;
}

const NAME_WIDTH = 84;

export function createReport(say: (line: string) => void): Report {
  let [steps, failed] = [0, 0];
  return {
    step: async (name, work, faults) => {
      steps += 1;
      const began = performance.now();
      const thrown = await work().then(
        () => null,
        (error: unknown) => error as Error,
      );
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      const wrong = [...(thrown ? [thrown.message] : []), ...faults()];
      if (wrong.length > 0) failed += 1;
      say(`  ${wrong.length === 0 ? '✓' : '✗'} ${name.padEnd(NAME_WIDTH)} ${seconds.padStart(6)} s`);
      for (const fault of wrong) say(`      ${fault}`);
      if (thrown) throw new Astray(name);
    },
    sum: () => `${steps} steps, ${failed} failed`,
    failed: () => failed,
  };
}
