/** A problem that a person can do something about: told in its own words, without a stack. */
export class Trouble extends Error {}

/** Milliseconds as a person reads them: `0.7 s`, `2 min 5 s`. */
export function duration(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** Progress on one stream: `say` a line, or run a `step` and tell how long it took. */
export function createLog(stream = process.stdout) {
  const say = (line = '') => stream.write(`${line}\n`);
  return {
    say,
    notice: (line) => say(`  ! ${line}`),
    begin: (line) => say(`  … ${line}`),
    done: (line, ms) => say(`  ✓ ${line.padEnd(46)} ${duration(ms).padStart(8)}`),
    async step(line, work) {
      const began = Date.now();
      const result = await work();
      this.done(typeof result === 'string' ? result : line, Date.now() - began);
      return result;
    },
  };
}

export const silent = {
  say() {},
  notice() {},
  begin() {},
  done() {},
  step: (_line, work) => work(),
};

/** Runs a command line program: a Trouble is a sentence and exit code 1, anything else keeps its stack. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Trouble ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}
