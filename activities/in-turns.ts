/**
 * Does something for each, several at once, and takes nothing new when the time is over: never less than the first ones,
 * however slow the machine. The first failure is thrown once those under way have ended.
 */
export async function inTurns<T>(
  all: readonly T[],
  {atOnce, budget}: {atOnce: number; budget: number},
  work: (one: T) => Promise<void>,
): Promise<void> {
  const until = Date.now() + budget;
  const left = [...all];
  let failed: {error: unknown} | null = null;
  const line = async () => {
    do {
      const one = left.shift();
      if (one === undefined) return;
      await work(one).catch((error: unknown) => {
        failed ??= {error};
      });
    } while (failed === null && Date.now() < until);
  };
  await Promise.all(Array.from({length: atOnce}, line));
  if (failed !== null) throw (failed as {error: unknown}).error;
}
