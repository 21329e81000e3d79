/** What is still missing is said in words when the patience, real milliseconds, is over. */
const PATIENCE = Number(process.env['TEST_PATIENCE'] ?? 25_000);
/** Real milliseconds between two looks; many stories side by side look less often. */
const PAUSE = Number(process.env['TEST_PAUSE'] ?? 40);

/** Looks again and again until there is something; the failure names what never came and what was seen last. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  seen: () => Promise<unknown> = async () => 'nothing',
  patience = PATIENCE,
): Promise<T> {
  for (const began = Date.now(); ; ) {
    const found = await look();
    if (found) return found;
    if (Date.now() - began > patience) {
      throw new Error(`waited ${patience / 1000} s in vain for ${what}; last seen: ${JSON.stringify(await seen())}`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
